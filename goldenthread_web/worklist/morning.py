"""What is due this morning, and for whom? Read from the day's lists, always through a scope of children."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from goldenthread.worklist.watched import watches
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.children import index, unbarred
from goldenthread_web.extracts.day import Day

UNALLOCATED = "unallocated"  # both the list to watch and its one reason
SOON = 10  # working days: what is "due in the next 10"
NOT_KNOWN = "not known"
STANDINGS = {  # of the children of a worker, each under the first that holds; all others are in need
    "looked_after": "looked after",
    "protected": "on a protection plan",
    "leaving_care": "leaving care",
}
PLACED = ["child_id", "team", "worker_id"]
urgency = attrgetter("urgency")  # the order of a list: what has waited longest first
# When something is due, as the library ends its sentences: a list shows it beside them.
_BY_WHEN = re.compile(r" ?It (?:was|is) due by \d{4}-\d{2}-\d{2}[^.]*\.")


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing to be done for a child, or of a worker, as the page says it."""

    reference: str  # blank: it is about the worker
    child_id: str
    item: str
    label: str
    team: str
    worker_id: str
    clock_start: date | None
    last_done: date | None
    next_due: date | None
    working_days: int | None  # until due; negative: overdue
    is_overdue: bool
    is_soon: bool  # due in the next SOON working days
    is_new: bool  # it was not overdue when the working day before was read
    open: int
    why: str

    @cached_property
    def said(self) -> str:
        """When it is due, what was done, and why: rendered once, as it is the same for whoever sees it."""
        return mark_safe(render_to_string("worklist/duty.html.jinja", {"duty": self}))  # noqa: S308 (escaped there)

    @cached_property
    def line(self) -> str:
        """Its line in the list of one child: rendered once as well."""
        return mark_safe(render_to_string("worklist/duty_line.html.jinja", {"duty": self}))  # noqa: S308

    @cached_property
    def urgency(self) -> tuple[bool, int, str]:
        """What is overdue without a day comes first, then the longest overdue; undated duties last."""
        if self.is_overdue:
            return False, -(10**6) if self.working_days is None else self.working_days, self.child_id
        return True, 10**6 if self.working_days is None else self.working_days, self.child_id


def within(table: pa.Table, scope: ChildScope, team: str = "") -> pa.Table:
    """The rows of a list that the scope covers: by team, by child, or the worker's own."""
    table = unbarred(table, scope)
    mask = pc.equal(table["team"], team) if team else None
    if not scope.everyone:
        mine = pc.is_in(table["team"], pa.array(sorted(scope.teams), pa.string()))
        if (scope.worker_id or scope.references) and "child_id" in table.column_names:
            ids = index().ids_within(scope)
            mine = pc.or_kleene(mine, pc.is_in(table["child_id"], pa.array(sorted(ids), pa.string())))
        if scope.worker_id:
            mine = pc.or_kleene(mine, pc.equal(table["worker_id"], scope.worker_id))
        mask = mine if mask is None else pc.and_(mask, mine)
    return table if mask is None else table.filter(mask)  # where the row does not say, it is left out


def duties(day: Day, scope: ChildScope) -> list[Duty]:
    """The duties of a day that the scope covers."""
    lines, every = _said(day)
    return [every[number] for number in within(lines, scope)["number"].to_pylist()]


def duties_of(day: Day, child_id: str) -> list[Duty]:
    """Every open duty for one child, whoever's it is; the caller has found the child within a scope."""
    return [duty_of(row) for row in day.lines.filter(pc.equal(day.lines["child_id"], child_id)).to_pylist()]


@lru_cache(maxsize=2)
def _said(day: Day) -> tuple[pa.Table, tuple[Duty, ...]]:
    """The lines of a day with a number each, and by number what the page says of them: whoever's they are."""
    numbers = pa.array(range(day.lines.num_rows), pa.int32())
    placed = day.lines.select(PLACED)
    return placed.append_column("number", numbers), tuple(duty_of(row) for row in day.lines.to_pylist())


def duty_of(row: Mapping[str, Any]) -> Duty:
    """A row of the lines as the page says it."""
    overdue, to_go = row["working_days_overdue"], row["working_days_to_go"]
    child = row["child_id"] or ""
    return Duty(
        reference=reference(child) if child else "",
        child_id=child,
        item=row["item"],
        label=row["label"],
        team=row["team"],
        worker_id=row["worker_id"],
        clock_start=row["clock_start"],
        last_done=row["last_done"],
        next_due=row["next_due"],
        working_days=-overdue if overdue is not None else to_go,
        is_overdue=row["state"] == "overdue",
        is_soon=to_go is not None and to_go <= SOON,
        is_new=row["is_new"],
        open=row["open"],
        why=_BY_WHEN.sub("", row["why"]),
    )


@dataclass(frozen=True, kw_only=True)
class WatchedChild:
    """A child to keep an eye on, with every reason."""

    reference: str
    child_id: str
    team: str
    worker_id: str
    weight: int
    days: int  # of the reason that has lasted longest
    reasons: Sequence[tuple[str, str]]  # title, sentence


def watched(day: Day, scope: ChildScope, of: str, team: str = "") -> list[WatchedChild]:
    """The children on one of the lists to watch (drift, unallocated): the gravest, then the longest first."""
    codes = {code: watch for code, watch in watches().items() if watch.list == of}
    rows = within(day.watched, scope, team)
    rows = rows.filter(pc.is_in(rows["code"], pa.array(sorted(codes), pa.string())))
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        by_id.setdefault(row["child_id"], []).append(row)
    found = [
        WatchedChild(
            reference=reference(child),
            child_id=child,
            team=reasons[0]["team"],
            worker_id=reasons[0]["worker_id"],
            weight=sum(codes[one["code"]].weight for one in reasons),
            days=max(one["days"] or 0 for one in reasons),
            reasons=[_reason(codes[one["code"]].title, one["why"]) for one in reasons],
        )
        for child, reasons in by_id.items()
        if child
    ]
    return sorted(found, key=lambda one: (-one.weight, -one.days, one.team, one.child_id))


def _reason(title: str, why: str) -> tuple[str, str]:
    """A reason's title and its sentence; no sentence where it says the same again."""
    return title, "" if why.rstrip(".") == title else why


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A contact that waits for a decision."""

    reference: str
    child_id: str
    received_at: datetime
    hours: int | None  # None: the extract holds no time of day
    working_days: int | None
    source: str
    team: str
    worker_id: str
    is_beyond_limit: bool


def contacts_waiting(day: Day, scope: ChildScope, team: str = "") -> list[Waiting]:
    """Contacts without a decision, the oldest first."""
    rows = within(day.contacts, scope, team)
    return [
        Waiting(
            reference=reference(row["child_id"]) if row["child_id"] else "",
            child_id=row["child_id"] or "",
            received_at=row["received_at"],
            hours=row["hours"],
            working_days=row["working_days"],
            source=row["source"] or "",
            team=row["team"],
            worker_id=row["worker_id"],
            is_beyond_limit=bool(row["is_beyond_limit"]),
        )
        for row in rows.to_pylist()
    ]


def _weighted(row: Mapping[str, int]) -> Decimal | None:
    """What the children of a worker count for by the council's weights; None where it weighs none."""
    weights = settings.INSTALLATION.caseload_weights
    if not weights:
        return None
    return sum((row[name] * Decimal(str(weights.get(name, 1))) for name in (*STANDINGS, "others")), Decimal())


def caseloads(day: Day, scope: ChildScope, team: str = "") -> list[dict[str, Any]]:
    """What each worker holds in each role, the furthest over their ceiling first. Workers, not children.

    Whoever holds children of several of the teams is one line; the ceiling is for all of theirs.
    """
    by_worker: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in within(day.caseloads, scope, team).to_pylist():
        by_worker.setdefault((row["worker_id"], row["role"]), []).append(row)
    found = []
    for rows in by_worker.values():
        one = rows[0] | {"here": sum(row["here"] for row in rows)}
        one["teams"] = [row["team"] for row in sorted(rows, key=lambda row: (-row["here"], row["team"]))]
        one["over"] = max(one["children"] - one["ceiling"], 0) if one["ceiling"] is not None else 0
        one["others"] = one["children"] - sum(one[name] for name in STANDINGS)
        one["weighted"] = _weighted(one)
        found.append(one)
    return sorted(found, key=lambda one: (-one["over"], -one["children"], one["teams"], one["worker_id"]))
