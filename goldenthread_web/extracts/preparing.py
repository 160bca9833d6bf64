"""What is worked out once a load is in force, so that the first person on a page does not wait for it?"""

import fcntl
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.ingest.local_extracts.rules import RULES
from goldenthread.store import Load
from goldenthread_web.accounts import services as accounts
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.stretches import stretches
from goldenthread_web.config.clock import today
from goldenthread_web.extracts import day, found_wrong
from goldenthread_web.extracts.current import current, local_settings
from goldenthread_web.extracts.found_wrong import NOT_KNOWN
from goldenthread_web.extracts.named_calls import named_call

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Step:
    """One thing that is worked out after a load."""

    words: str
    calls: str


@cache
def steps() -> tuple[Step, ...]:
    """The steps, in order, from after_load.toml."""
    data = tomllib.loads((files("goldenthread_web.extracts") / "after_load.toml").read_text("utf-8"))
    return tuple(Step(**entry) for entry in data["step"])


def prepare(load: Load, tell: Tell) -> list[str]:
    """Take every step for the load in force; the words of those whose app is not there."""
    tell("working out after whoever is at it", 0, len(steps()))
    with alone(is_waiting=True):
        return _take_steps(load, tell)


def _take_steps(load: Load, tell: Tell) -> list[str]:
    lacking = []
    for number, step in enumerate(steps()):
        tell(f"working out {step.words}", number, len(steps()))
        call = named_call(step.calls)
        if call is None:
            lacking.append(step.words)
        else:
            call(load, by=None)
    return lacking


def take_over_units(load: Load, *, by: None) -> None:
    """Make the teams and services of people what the load says, where they are not so already."""
    path = load.table_path("teams")
    rows = [] if path is None else pq.read_table(path).to_pylist()
    rows = rows or _teams_that_hold(load)
    if not _are_taken_over(rows):
        accounts.take_over_units(rows, by=by)


def _teams_that_hold(load: Load) -> list[dict[str, Any]]:
    """Teams as rows, where the files list none (an Annex A alone does not): those that hold a child today."""
    names = day.of(load, today(), local_settings()).held["team"].unique().to_pylist()
    return [
        {
            "team": name,
            "reporting_team": name,
            "service": NOT_KNOWN,
            "effective_from_on": RULES.earliest,
            "effective_to_on": None,
        }
        for name in sorted(set(names) - {None, NOT_KNOWN})
    ]


def _are_taken_over(rows: list[dict[str, Any]]) -> bool:
    wanted = {(one.kind, one.name, one.service, one.starts_on, one.ends_on) for one in stretches(rows)}
    held = set(Unit.objects.values_list("kind", "name", "service", "starts_on", "ends_on"))
    going_on = {unit for unit in held - wanted if unit[4] is None or unit[4] >= today()}
    return bool(wanted) and wanted <= held and not going_on


def work_out_day(load: Load, *, by: None) -> None:
    """What is due today and who holds whom."""
    day.of(load, today(), local_settings())


def work_out_quality(load: Load, *, by: None) -> None:
    """What is wrong, by team and worker."""
    found_wrong.of(load, local_settings())


def prepare_today(*, by: None) -> None:
    """Take the steps anew for a new day or changed settings, before anybody comes.

    Each step knows what it did before and does nothing where nothing changed.
    """
    load = current()
    if load is None:
        return
    with alone(is_waiting=False) as is_free:
        if is_free:
            _take_steps(load, lambda stage, done, total: None)


@contextmanager
def alone(*, is_waiting: bool) -> Iterator[bool]:
    """Be the only one who works things out, in whichever process; False where somebody else is at it."""
    path = settings.INSTALLATION.folder / "working-out.lock"
    with path.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | (0 if is_waiting else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
