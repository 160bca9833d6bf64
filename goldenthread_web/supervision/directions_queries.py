"""Was a worker told what to do first? Allocations of the last weeks, with the direction given or without."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goldenthread.calendar import working_days_between
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.extracts.day import Day, day
from goldenthread_web.supervision.models import Direction
from goldenthread_web.supervision.rules import rules
from goldenthread_web.supervision.workers import NOT_KNOWN, reporting_teams

_COLUMNS = ["allocation_id", "child_id", "team", "worker_id", "role", "started_on", "ended_on"]
LEAD = "social_worker"  # the role that is given a direction


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """A child handed to a worker, who still holds them."""

    key: str
    child_id: str
    team: str
    worker_id: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Handed:
    """An allocation with the direction given for it, if any was."""

    allocation: Allocation
    child: Child
    direction: Direction | None

    @property
    def working_days(self) -> int | None:
        """Working days from the allocation to the direction; none where it was given before."""
        if self.direction is None:
            return None
        given = self.direction.given_on
        return working_days_between(self.allocation.on, given) if given > self.allocation.on else 0

    @property
    def is_in_time(self) -> bool:
        """Whether the direction was given soon enough."""
        limit: int = rules()["directions"]["within_working_days"]
        return self.working_days is not None and self.working_days <= limit


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many allocations of a team have a direction, and how many had it in time."""

    team: str
    allocations: int
    directed: int
    in_time: int


@lru_cache(maxsize=2)
def _allocations(of: Day) -> tuple[Allocation, ...]:
    """Every child handed to a lead social worker since the list goes back, who holds them still."""
    path = of.load.table_path("allocations")
    if path is None:
        return ()
    rows = pq.read_table(path, columns=_COLUMNS)
    since = of.load.as_at_on - timedelta(days=rules()["directions"]["days"])
    is_new = pc.greater_equal(rows["started_on"], pa.scalar(since, pa.date32()))
    is_open = pc.or_kleene(
        pc.is_null(rows["ended_on"]),
        pc.greater(rows["ended_on"], pa.scalar(of.load.as_at_on, pa.date32())),
    )
    rows = rows.filter(pc.and_(pc.fill_null(is_new, False), pc.fill_null(is_open, False)))
    named = reporting_teams(of.load)
    return tuple(
        Allocation(
            key=row["allocation_id"],
            child_id=row["child_id"],
            team=named.get(row["team"], row["team"]),
            worker_id=row["worker_id"],
            on=row["started_on"],
        )
        for row in rows.to_pylist()
        if row["role"] == LEAD and row["worker_id"] not in (None, "", NOT_KNOWN)
    )


def handed(scope: ChildScope, *, worker_id: str = "") -> list[Handed]:
    """The allocations of the last weeks within a scope, the latest first; of one worker where named."""
    found_on = day()
    if found_on is None:
        return []
    children = {one.child_id: one for one in index().by_reference.values()}
    mine = [
        (one, children[one.child_id])
        for one in _allocations(found_on)
        if one.child_id in children
        and children[one.child_id].is_within(scope)
        and (scope.everyone or not scope.teams or one.team in scope.teams)
        and worker_id in ("", one.worker_id)
    ]
    given = _latest(Direction.objects.filter(allocation__in=[one.key for one, _ in mine]))
    made = [Handed(allocation=one, child=child, direction=given.get(one.key)) for one, child in mine]
    return sorted(made, key=lambda one: (one.allocation.on, one.allocation.key), reverse=True)


def shares(found: Iterable[Handed]) -> list[Share]:
    """How many allocations have a direction, by team."""
    by_team: dict[str, list[Handed]] = {}
    for one in found:
        by_team.setdefault(one.allocation.team, []).append(one)
    return [
        Share(
            team=team,
            allocations=len(rows),
            directed=sum(one.direction is not None for one in rows),
            in_time=sum(one.is_in_time for one in rows),
        )
        for team, rows in sorted(by_team.items())
    ]


def _latest(rows: Iterable[Direction]) -> dict[str, Direction]:
    """The latest direction of each allocation; rows come the latest first."""
    found: dict[str, Direction] = {}
    for one in rows:
        found.setdefault(one.allocation, one)
    return found
