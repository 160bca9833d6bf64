"""What is worked out once a load is in force, so that the first person on a page does not wait for it?"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyarrow.parquet as pq

from goldenthread.store import Load
from goldenthread_web.accounts import services as accounts
from goldenthread_web.config.clock import today
from goldenthread_web.extracts import day, found_wrong
from goldenthread_web.extracts.current import current, local_settings
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
    """Make the teams and services of people what the load says."""
    path = load.table_path("teams")
    rows = [] if path is None else pq.read_table(path).to_pylist()
    accounts.take_over_units(rows, by=by)


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
    if load is not None:
        prepare(load, lambda stage, done, total: None)
