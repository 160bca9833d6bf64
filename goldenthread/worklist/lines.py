"""The worklist of a day: what was last done, what is due next and what is overdue, and for whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.figures.run import Loaded, Run
from goldenthread.periods import Period
from goldenthread.settings import Settings, defaults
from goldenthread.standard import table
from goldenthread.worklist.due import COLUMNS, due
from goldenthread.worklist.item import Duty, Item
from goldenthread.worklist.items import NotAvailable, available, items

_teams = table("teams").rows.select(
    "team", "reporting_team", "manager_worker_id", "effective_from_on", "effective_to_on"
)


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
class Only:
    """Which lines are wanted; nothing given: all."""

    items: Sequence[str] | None = None
    team: str | None = None
    worker: str | None = None  # a worker, or the manager of teams, who sees all that is theirs
    state: State | None = None


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """What is due as read on a day, the as-at date of the data, and what that data cannot tell."""

    on: date
    as_at_on: date
    rows: pa.Table  # as `due` gives them
    duties: Sequence[tuple[Item, Duty]]
    not_available: Sequence[NotAvailable]
    settings: Settings

    def __len__(self) -> int:
        """The number of lines."""
        return len(self.rows)

    def counts(self) -> dict[State, int]:
        """How many lines are in each state."""
        found = {row["values"]: row["counts"] for row in pc.value_counts(self.rows["state"]).to_pylist()}
        return {state: found.get(str(state), 0) for state in State}

    def lines(self) -> Iterator[Line]:
        """The lines by team and worker, the oldest first, each with why it is there."""
        limits = {name: _first(self.settings.value(name)) for name in defaults()}
        for row in self.rows.drop_columns(["first_on"]).to_pylist():
            item, duty = self.duties[row.pop("duty")]
            yield Line(
                item=item.code,
                label=item.label,
                timescale=item.timescale,
                why=_why(item, duty, row, limits, self.on),
                **row,
            )


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
    wanted = [item for code, item in items().items() if only.items is None or code in only.items]
    duties, missing = available(wanted, run.supplies)
    if duties:
        names = [f"{item.code}.{item.duties.index(duty)}" for item, duty in duties]
        asked = [(lambda: due(duties), "worklist:" + ",".join(names)), (lambda: _teams, "worklist:teams")]
        if only.items is None:  # else it would be compiled for each choice of items
            run.foresee(asked)
        rows, teams = run.read_all(asked, is_last=True)
        rows = _filtered(rows, teams, only, on)
    else:
        rows = pa.table({name: [] for name in COLUMNS})
    return Worklist(
        on=on, as_at_on=load.as_at_on, rows=rows, duties=duties, not_available=missing, settings=settings
    )


def _filtered(rows: pa.Table, teams: pa.Table, only: Only, on: date) -> pa.Table:
    if only.state is not None:
        rows = rows.filter(pc.field("state") == str(only.state))
    if only.team is not None:
        rows = rows.filter(pc.field("team") == only.team)
    if only.worker is not None:
        managed = pc.field("team").isin(pa.array(_managed(teams, only.worker, on), pa.string()))
        rows = rows.filter((pc.field("worker_id") == only.worker) | managed)
    return rows


def _managed(teams: pa.Table, worker: str, on: date) -> list[str]:
    """The reporting teams that a worker manages on that day."""
    return [
        row["reporting_team"] or row["team"]
        for row in teams.to_pylist()
        if row["manager_worker_id"] == worker
        and row["effective_from_on"] <= on
        and (row["effective_to_on"] is None or on <= row["effective_to_on"])
    ]


def _why(item: Item, duty: Duty, row: Mapping[str, Any], limits: Mapping[str, object], on: date) -> str:
    """Why the line is there, in words, with the limits the council uses."""
    days = {name: row[name] or "a day not recorded" for name in ("clock_start", "last_done", "next_due")}
    words = duty.never if row["last_done"] is None else duty.since
    said = [words.format(**limits, **days)]
    if not item.is_information:
        said.append(_by_when(row, on))
    if row["open"] > 1:
        said.append(f"{row['open'] - 1} more after this one.")
    return " ".join(said)


def _by_when(row: Mapping[str, Any], on: date) -> str:
    """When it is due, as a sentence."""
    next_due, overdue, to_go = row["next_due"], row["working_days_overdue"], row["working_days_to_go"]
    if next_due is None:
        return "It should be there by now." if row["state"] == State.OVERDUE else "No date is known for it."
    if row["state"] == State.OVERDUE:
        return f"It was due by {next_due}{_since(overdue)}."
    if next_due == on:
        return "It is due today."
    return f"It is due by {next_due}{_until(to_go)}."


def _since(working_days: int | None) -> str:
    if working_days is None:  # before the calendar begins
        return ""
    return f", {_working_days(working_days)} ago" if working_days else "; no working day has passed since"


def _until(working_days: int | None) -> str:
    if working_days is None:  # after the calendar ends
        return ""
    return f", in {_working_days(working_days)}" if working_days else ", with no working day after today"


def _working_days(number: int) -> str:
    return f"{number} working day" + ("" if number == 1 else "s")


def _first(value: object) -> object:
    """A list of limits is judged by its first value."""
    return value[0] if isinstance(value, list) and value else value
