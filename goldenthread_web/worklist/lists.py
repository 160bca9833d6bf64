"""Which list is made of the duties of a morning: for whom, what of them, in which groups and order?

A list is opened again and again and stays the same all morning: what a scope is shown of a day is worked out
once and kept with the day. Who may see what is asked anew each time: that is the scope.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.day import Day
from goldenthread_web.worklist.morning import PLACED, UNALLOCATED, Duty, duties, urgency, within

_KEPT = 32  # lists of one day: of a large council one may name thousands of children
Choice = tuple[str, str]  # the value of a filter, and its words


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person wants to see of their list."""

    worker: str = ""
    item: str = ""
    show: str = "now"  # now: overdue and due soon; overdue; new; all
    find: str = ""
    by: str = "child"  # child, duty, worker
    order: str = "longest"  # longest, most, number


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
class InShort:
    """The head of the page, in numbers of duties and children."""

    overdue: int
    children_overdue: int
    new: int
    soon: int
    children: int
    others: int  # children with something open whom nobody here holds, such as those of closed cases
    unallocated: int | None  # None: the extract does not say who holds whom


@dataclass(frozen=True, eq=False, kw_only=True)
class Mine:
    """What is due of the children and workers that a scope covers, of one team or of all."""

    duties: tuple[Duty, ...]
    in_short: InShort

    @cached_property
    def items(self) -> list[Choice]:
        """The kinds of duties there are."""
        return sorted({(duty.item, duty.label) for duty in self.duties if duty.item}, key=lambda one: one[1])

    @cached_property
    def workers(self) -> list[Choice]:
        """The workers who have something to do."""
        return [(one, one) for one in sorted({duty.worker_id for duty in self.duties if duty.worker_id})]


def teams(day: Day, scope: ChildScope) -> list[str]:
    """The teams with something to do that the scope covers."""
    return _lists(day).teams(scope)


def mine(day: Day, scope: ChildScope, team: str) -> Mine:
    """What is due of a day within the scope and of the team; blank: of every team."""
    return _lists(day).mine(scope, team)


def groups(day: Day, scope: ChildScope, team: str, asked: Asked) -> list[Group]:
    """The groups of the list that was asked for, in the order that was asked for."""
    return _lists(day).groups(scope, team, asked)


class _Lists:
    """The lists of one day, each worked out when it is first asked for."""

    def __init__(self, day: Day) -> None:
        every = lru_cache(maxsize=_KEPT)(lambda scope: tuple(duties(day, scope)))

        def teams(scope: ChildScope) -> list[str]:
            return sorted({duty.team for duty in every(scope) if duty.team})

        def mine(scope: ChildScope, team: str) -> Mine:
            found = tuple(duty for duty in every(scope) if team in ("", duty.team))
            return Mine(duties=found, in_short=in_short(day, found, scope, team))

        def groups(scope: ChildScope, team: str, asked: Asked) -> list[Group]:
            found = asked_for(self.mine(scope, team).duties, asked)
            return ordered(GROUPED[asked.by](found), asked.order)

        self.teams = lru_cache(maxsize=_KEPT)(teams)
        self.mine = lru_cache(maxsize=_KEPT)(mine)
        self.groups = lru_cache(maxsize=_KEPT)(groups)


@lru_cache(maxsize=2)
def _lists(day: Day) -> _Lists:
    return _Lists(day)


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


GROUPED = {"child": by_child, "duty": by_duty, "worker": by_worker}


def ordered(groups: list[Group], order: str) -> list[Group]:
    """Groups in another order than the longest overdue first."""
    if order == "most":
        return sorted(groups, key=lambda group: -group.overdue)
    return sorted(groups, key=lambda group: group.title) if order == "number" else groups


@lru_cache(maxsize=2)
def _unallocated(day: Day) -> pa.Table:
    """The children without a worker, wherever they are."""
    return day.watched.filter(pc.equal(day.watched["code"], UNALLOCATED)).select(PLACED)


def in_short(day: Day, found: Sequence[Duty], scope: ChildScope, team: str = "") -> InShort:
    """How many duties are overdue, newly so, or due soon; and for how many children.

    `found` are the duties of the day within the scope and of the team.
    """
    overdue = [duty for duty in found if duty.is_overdue]
    held = set(within(day.held.select(PLACED), scope, team)["child_id"].to_pylist()) - {None}
    nobodys = within(_unallocated(day), scope, team)
    is_told = UNALLOCATED not in {one["item"] for one in day.not_available}
    return InShort(
        overdue=len(overdue),
        children_overdue=len({duty.child_id for duty in overdue if duty.child_id}),
        new=sum(duty.is_new for duty in overdue),
        soon=sum(duty.is_soon for duty in found),
        children=len(held),
        others=len({duty.child_id for duty in found if duty.child_id} - held),
        unallocated=pc.count_distinct(nobodys["child_id"]).as_py() if is_told else None,
    )
