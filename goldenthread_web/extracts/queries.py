"""What do the pages of the extracts show of deliveries and loads?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from goldenthread.standard import standard_tables
from goldenthread.store import LOADS, Load
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.models import LoadRun, MadeLoad, PickUp, RoutineBegun
from goldenthread_web.ui.words import sentence_said, table_said

_FEWEST = 0.7  # of the rows before: less stands out
_SIGN_OF_LIFE = timedelta(minutes=3)
_STAGES = (
    ("Read the files", ("starting", "reading", "combining")),
    ("Check the data", ("checking",)),
    ("Write the load, whole or not at all", ("writing",)),
    ("Work out what people will look at", ("working",)),
)


@dataclass(frozen=True)
class TableRows:
    """How many rows a table has in a load, and had in the one before; None: not supplied."""

    table: str
    rows: int | None
    before: int | None

    @property
    def said(self) -> str:
        """The name of the table in words."""
        return table_said(self.table)

    @property
    def change(self) -> int | None:
        """How many more, or fewer; None where there is nothing to compare with."""
        return None if self.rows is None or self.before is None else self.rows - self.before

    @property
    def stands_out(self) -> bool:
        """Whether over three tenths are gone, or all of it."""
        return bool(self.before) and (self.rows or 0) < _FEWEST * (self.before or 0)


@dataclass(frozen=True)
class Made:
    """A load that a run made, as its page shows it."""

    load: MadeLoad
    tables: list[TableRows]
    files: list[dict[str, Any]]

    @property
    def standing_out(self) -> list[TableRows]:
        """Tables with far fewer rows than before."""
        return [table for table in self.tables if table.stands_out]


@dataclass(frozen=True)
class HistoryLine:
    """One run in the history."""

    run: LoadRun
    loads: list[tuple[MadeLoad, int | None, int | None]]  # rows, and rows of the load before
    is_in_force: bool
    errors: int | None


@dataclass(frozen=True)
class Progress:
    """How far a run is: in words, in steps done of all, and stage by stage."""

    words: str
    done: int
    total: int
    stages: list[dict[str, str]]


def runs_with_loads():  # noqa: ANN201 - a queryset
    """Every run, the newest first, with what its pages show of it."""
    return LoadRun.objects.select_related("delivery", "asked_by").prefetch_related("delivery__files", "loads")


def history_line(run: LoadRun, in_force: Load | None) -> HistoryLine:
    """A run, as the history shows it."""
    made = list(run.loads.all())
    return HistoryLine(
        run=run,
        loads=[(one, total_of(one.rows), total_of(one.rows_before)) for one in made],
        is_in_force=in_force is not None and in_force.folder.name in {one.folder for one in made},
        errors=sum(one.findings.get("error", 0) for one in made) if made else None,
    )


def made_load(made: MadeLoad) -> Made:
    """A load with its standard tables beside those of the load before."""
    tables = [
        TableRows(name, made.rows.get(name), made.rows_before.get(name))
        for name in standard_tables()
        if name in made.rows or name in made.rows_before
    ]
    return Made(made, tables, made.files)


def total_of(rows: Mapping[str, int]) -> int | None:
    """All rows of the standard tables together; None where there are none to speak of."""
    tables = standard_tables()
    counted = [number for name, number in rows.items() if name in tables]
    return sum(counted) if counted else None


def progress_of(run: LoadRun, last_steps: int) -> Progress:
    """How far a run is."""
    at = _stage_of(run)
    stages = []
    for number, (words, _) in enumerate(_STAGES):
        state = "done" if number < at else "next" if number > at else "now"
        if state == "now" and run.is_over:
            state = "failed"
        elif run.state == LoadRun.State.WAITING:
            state = "next"
        stages.append({"text": words, "state": state})
    total = len(_STAGES) - 1 + last_steps
    done = min(at, len(_STAGES) - 1) + (run.stage_done if at == len(_STAGES) - 1 else 0)
    return Progress(_said(run), total if run.state == LoadRun.State.DONE else done, total, stages)


def _stage_of(run: LoadRun) -> int:
    if run.state == LoadRun.State.DONE:
        return len(_STAGES)
    first = run.stage.split(" ")[0]
    return next((number for number, (_, names) in enumerate(_STAGES) if first in names), 0)


def _nobody_works() -> bool:
    """Whether no worker has given a sign of life for some minutes: neither by a load nor by a routine."""
    since = now() - _SIGN_OF_LIFE
    return not (
        LoadRun.objects.filter(state=LoadRun.State.RUNNING, beat_at__gt=since).exists()
        or RoutineBegun.objects.filter(began_at__gt=since).exists()
    )


def _said(run: LoadRun) -> str:
    if run.state == LoadRun.State.WAITING and _nobody_works():
        return "Waiting, and nobody is at work: tell whoever looks after the service that no worker runs."
    if run.state == LoadRun.State.WAITING:
        return "Waiting for its turn."
    if run.state == LoadRun.State.RUNNING:
        again = f" (attempt {run.attempt})" if run.attempt > 1 else ""
        return f"{run.stage[:1].upper()}{run.stage[1:]}{again}."
    if run.state == LoadRun.State.DONE:
        return "The files were loaded, and everything was worked out from them."
    return sentence_said(run.sentence)


def not_picked_up():  # noqa: ANN201 - a queryset
    """What lies in the pick-up folder and was not taken or not removed, with why."""
    return PickUp.objects.exclude(sentence="").order_by("folder")


def last_run() -> LoadRun | None:
    """The run that was over last; None before the first."""
    return LoadRun.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()


def load_in_store(made: MadeLoad) -> Load | None:
    """A load that a run made, if the store still has it."""
    path = settings.INSTALLATION.store / LOADS / made.folder
    return Load(path, made.as_at_on) if path.is_dir() else None
