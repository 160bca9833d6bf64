"""What is due this morning, and for whom? Read from the day's lists, always through a scope of children."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
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
_PLACED = ["child_id", "team", "worker_id"]
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


@dataclass(frozen=True, kw_only=True)
class Group:
    """The duties of one child, or all duties of one kind."""

    title: str
    reference: str
    worker_id: str
    duties: Sequence[Duty]

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return sum(duty.is_overdue for duty in self.duties)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person wants to see of their list."""

    worker: str = ""
    item: str = ""
    show: str = "now"  # now: overdue and due soon; overdue; new; all
    find: str = ""


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
    placed = day.lines.select(_PLACED)
    return placed.append_column("number", numbers), tuple(duty_of(row) for row in day.lines.to_pylist())


def asked_for(found: Iterable[Duty], asked: Asked) -> list[Duty]:
    """Those of the duties that a person wants to see."""
    return [
        duty
        for duty in found
        if asked.worker in ("", duty.worker_id)
        and asked.item in ("", duty.item)
        and asked.find in duty.child_id
        and _SHOWN[asked.show](duty)
    ]


_SHOWN: dict[str, Callable[[Duty], bool]] = {
    "now": lambda duty: duty.is_overdue or duty.is_soon,
    "overdue": lambda duty: duty.is_overdue,
    "new": lambda duty: duty.is_overdue and duty.is_new,
    "all": lambda duty: True,
}


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


def by_child(found: Iterable[Duty]) -> list[Group]:
    """One group for each child; what is about a worker has groups of its own. Most overdue first."""
    groups: dict[str, list[Duty]] = {}
    for duty in found:
        groups.setdefault(duty.child_id or f"worker {duty.worker_id}", []).append(duty)
    made = [
        Group(
            title=duties[0].child_id or duties[0].worker_id,
            reference=duties[0].reference,
            worker_id=duties[0].worker_id,
            duties=sorted(duties, key=urgency),
        )
        for duties in groups.values()
    ]
    return sorted(made, key=lambda group: (group.duties[0].urgency, -group.overdue, group.title))


def by_duty(found: Iterable[Duty]) -> list[Group]:
    """One group for each kind of duty, in the order of the child's journey as the lines are."""
    groups: dict[str, list[Duty]] = {}
    for duty in found:
        groups.setdefault(duty.label, []).append(duty)
    return [
        Group(title=label, reference="", worker_id="", duties=sorted(duties, key=urgency))
        for label, duties in sorted(groups.items(), key=lambda one: -sum(d.is_overdue for d in one[1]))
    ]


def by_worker(found: Iterable[Duty]) -> list[Group]:
    """One group for each worker, whose list they go through together; who has most overdue comes first."""
    groups: dict[str, list[Duty]] = {}
    for duty in found:
        groups.setdefault(duty.worker_id, []).append(duty)
    made = [
        Group(title=worker, reference="", worker_id=worker, duties=sorted(duties, key=urgency))
        for worker, duties in groups.items()
    ]
    return sorted(made, key=lambda group: (-group.overdue, group.title))


def ordered(groups: list[Group], order: str) -> list[Group]:
    """Groups in another order than the longest overdue first."""
    if order == "most":
        return sorted(groups, key=lambda group: -group.overdue)
    return sorted(groups, key=lambda group: group.title) if order == "number" else groups


@lru_cache(maxsize=2)
def _unallocated(day: Day) -> pa.Table:
    """The children without a worker, wherever they are."""
    return day.watched.filter(pc.equal(day.watched["code"], UNALLOCATED)).select(_PLACED)


@dataclass(frozen=True, kw_only=True)
class InShort:
    """The head of the page, in numbers of duties and children."""

    overdue: int
    children_overdue: int
    new: int
    soon: int
    children: int
    unallocated: int | None  # None: the extract does not say who holds whom


def in_short(day: Day, found: Sequence[Duty], scope: ChildScope, team: str = "") -> InShort:
    """How many duties are overdue, newly so, or due soon; and for how many children.

    `found` are the duties of the day within the scope and of the team.
    """
    overdue = [duty for duty in found if duty.is_overdue]
    held = within(day.held.select(_PLACED), scope, team)
    nobodys = within(_unallocated(day), scope, team)
    is_told = UNALLOCATED not in {one["item"] for one in day.not_available}
    return InShort(
        overdue=len(overdue),
        children_overdue=len({duty.child_id for duty in overdue if duty.child_id}),
        new=sum(duty.is_new for duty in overdue),
        soon=sum(duty.is_soon for duty in found),
        children=pc.count_distinct(held["child_id"]).as_py(),
        unallocated=pc.count_distinct(nobodys["child_id"]).as_py() if is_told else None,
    )


@dataclass(frozen=True, kw_only=True)
class WatchedChild:
    """A child to keep an eye on, with every reason."""

    reference: str
    child_id: str
    team: str
    worker_id: str
    weight: int
    reasons: Sequence[tuple[str, str]]  # title, sentence


def watched(day: Day, scope: ChildScope, of: str, team: str = "") -> list[WatchedChild]:
    """The children on one of the lists to watch (drift, unallocated), the gravest first."""
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
            reasons=[_reason(codes[one["code"]].title, one["why"]) for one in reasons],
        )
        for child, reasons in by_id.items()
        if child
    ]
    return sorted(found, key=lambda one: (-one.weight, one.team, one.child_id))


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
        found.append(one)
    return sorted(found, key=lambda one: (-one["over"], -one["children"], one["teams"], one["worker_id"]))
