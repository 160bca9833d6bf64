"""The worklist of a day: what was last done, what is due next and what is overdue, and for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.settings import Settings, defaults
from goldenthread.standard import table
from goldenthread.worklist.due import due
from goldenthread.worklist.item import Duty, Item
from goldenthread.worklist.items import ITEMS, NotAvailable, available


class State(StrEnum):
    """How urgent a line is."""

    OVERDUE = "overdue"  # it was due before the day of reading
    DUE_SOON = "due_soon"  # it is due within the next few working days
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to be done for a child, or of a worker."""

    item: str
    label: str
    child_id: str | None
    worker_id: str
    team: str
    clock_start: date | None
    last_done: date | None
    next_due: date | None
    working_days_overdue: int | None
    working_days_to_go: int | None
    state: str
    timescale: str
    open: int  # how many of the kind there are; the line is about what is due first
    why: str


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """The lines of a day, the as-at date of the data they come from, and what it cannot tell."""

    on: date
    as_at_on: date
    lines: Sequence[Line]
    not_available: Sequence[NotAvailable]


@dataclass(frozen=True, kw_only=True)
class Only:
    """Which lines are wanted; nothing given: all."""

    items: Sequence[str] | None = None
    team: str | None = None
    worker: str | None = None  # a worker, or the manager of teams, who sees all that is theirs
    state: State | None = None


def worklist(
    load: Loaded,
    on: date,
    settings: Settings,
    *,
    only: Only | None = None,
    compiled_folder: Path | None = None,
) -> Worklist:
    """The worklist of a load as read on a day, which may be after its as-at date."""
    only = only or Only()
    run = Run(load, [Period(on, on, on)], settings, compiled_folder=compiled_folder)
    wanted = [item for code, item in ITEMS.items() if only.items is None or code in only.items]
    duties, missing = available(wanted, run.supplies)
    found: list[Line] = []
    if duties:
        names = [f"{item.code}.{item.duties.index(duty)}" for item, duty in duties]
        rows = run.read(lambda: due(duties), key="worklist:" + ",".join(names))
        told = _Sentences(settings, on)
        found = [told.line(*duties[row["duty"]], row) for row in _filtered(run, rows, only, on).to_pylist()]
    return Worklist(on=on, as_at_on=load.as_at_on, lines=sorted(found, key=_order), not_available=missing)


def _filtered(run: Run, rows: pa.Table, only: Only, on: date) -> pa.Table:
    if only.state is not None:
        rows = rows.filter(pc.field("state") == str(only.state))
    if only.team is not None:
        rows = rows.filter(pc.field("team") == only.team)
    if only.worker is not None:
        managed = pc.field("team").isin(pa.array(_managed(run, only.worker, on), pa.string()))
        rows = rows.filter((pc.field("worker_id") == only.worker) | managed)
    return rows


def _managed(run: Run, worker: str, on: date) -> list[str]:
    """The reporting teams that a worker manages on that day."""
    teams = table("teams").rows.select(
        "team", "reporting_team", "manager_worker_id", "effective_from_on", "effective_to_on"
    )
    return [
        row["reporting_team"] or row["team"]
        for row in run.read(lambda: teams, key="worklist:teams").to_pylist()
        if row["manager_worker_id"] == worker
        and row["effective_from_on"] <= on
        and (row["effective_to_on"] is None or on <= row["effective_to_on"])
    ]


def _order(line: Line) -> tuple[str, str, date, str, int]:
    """By team and worker, the oldest first; what is overdue without a day comes before all others."""
    first = line.next_due or (date.min if line.state == State.OVERDUE else date.max)
    return (line.team, line.worker_id, first, line.child_id or "", list(ITEMS).index(line.item))


class _Sentences:
    """Why each line is there, in words, with the limits the council uses."""

    def __init__(self, settings: Settings, on: date):
        self._limits = {name: _first(settings.value(name)) for name in defaults()}
        self._on = on

    def line(self, item: Item, duty: Duty, row: Mapping[str, object]) -> Line:
        """One row in words."""
        days = {name: row[name] or "a day not recorded" for name in ("clock_start", "last_done", "next_due")}
        words = duty.never if row["last_done"] is None else duty.since
        said = [words.format(**self._limits, **days)]
        if not item.is_information:
            said += self._due(row)
        if row["open"] > 1:
            said.append(f"{row['open'] - 1} more after this one.")
        values = {name: row[name] for name in row if name not in ("item", "duty")}
        return Line(
            item=item.code, label=item.label, timescale=item.timescale, why=" ".join(said), **values
        )

    def _due(self, row: Mapping[str, object]) -> list[str]:
        """When it is due, as a sentence."""
        next_due, overdue, to_go = row["next_due"], row["working_days_overdue"], row["working_days_to_go"]
        if next_due is None:
            return ["It should be there by now."] if row["state"] == State.OVERDUE else []
        if row["state"] == State.OVERDUE:
            ago = "" if overdue is None else f", {_working_days(overdue)} ago"
            return [f"It was due by {next_due}{ago}."]
        if next_due == self._on:
            return ["It is due today."]
        ahead = "" if to_go is None else f", in {_working_days(to_go)}"
        return [f"It is due by {next_due}{ahead}."]


def _working_days(number: int) -> str:
    return f"{number} working day" + ("" if number == 1 else "s")


def _first(value: object) -> object:
    """A list of limits is judged by its first value."""
    return value[0] if isinstance(value, list) and value else value
