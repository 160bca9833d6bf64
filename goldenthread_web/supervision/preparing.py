"""What should supervision talk about? A sheet made of the worklist: what is overdue, due soon, drifting.

Read within the children whom the reader may see in their own right, as they stand in the load in force.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.populations.placing import NOT_KNOWN
from goldenthread.worklist.watched import watches
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.children import Child
from goldenthread_web.extracts.day import Day, day
from goldenthread_web.supervision.models import Agreement, Direction
from goldenthread_web.supervision.workers import children_for, held_elsewhere
from goldenthread_web.worklist.morning import Duty, duty_of, urgency
from goldenthread_web.worklist.queries import latest_oversight_on

OVERSIGHT = "oversight"  # the duty of the worklist that tells of it
# Duties that an extract tells of supervision. This file is where it is recorded: it says itself what is due.
SUPERVISION = frozenset({"supervision", "supervision_action"})


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """One child of the worker, with what there is to talk about."""

    child: Child
    overdue: tuple[Duty, ...]
    soon: tuple[Duty, ...]
    reasons: tuple[tuple[str, str], ...]  # why the child is watched: title, sentence
    overseen_on: date | None
    direction: Direction | None  # given when the child was handed to the worker, not long ago

    @property
    def is_pressing(self) -> bool:
        """Whether something is overdue or drifting: the others can be gone through quickly."""
        return bool(self.overdue or self.reasons)

    @property
    def weight(self) -> tuple[int, int, str]:
        """What is gravest comes first."""
        return -len(self.overdue), -len(self.reasons), self.child.child_id


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The preparation of one session."""

    on: date
    as_at: date
    until: date  # what is due by then is shown
    children: tuple[Prepared, ...]
    elsewhere: int  # children of the worker whom other teams hold and the reader does not see
    elsewhere_in: tuple[str, ...]  # those teams
    caseload: dict[str, Any] | None

    @property
    def pressing(self) -> list[Prepared]:
        """The children of whom something is overdue, or who drift."""
        return [one for one in self.children if one.is_pressing]

    @property
    def others(self) -> list[Prepared]:
        """The other children."""
        return [one for one in self.children if not one.is_pressing]

    @property
    def overdue(self) -> int:
        """How much is overdue."""
        return sum(len(one.overdue) for one in self.children)

    @property
    def soon(self) -> int:
        """How much is due by the end of the sheet."""
        return sum(len(one.soon) for one in self.children)

    @property
    def watched(self) -> int:
        """How many children are drifting."""
        return sum(bool(one.reasons) for one in self.children)


def sheet(
    agreement: Agreement, scope: ChildScope | None, weeks: int, directions: Iterable[Direction]
) -> Sheet | None:
    """The sheet for the weeks until they meet again; None before anything was loaded.

    `directions` are those given to the worker, the latest first.
    """
    found = day()
    if found is None:
        return None
    children, others = children_for(agreement, scope), held_elsewhere(agreement, scope)
    until = found.on + timedelta(weeks=weeks)
    duties = _duties(found, [one.child_id for one in children])
    reasons = _reasons(found, children)
    here = latest_oversight_on([one.reference for one in children])
    given = {one.reference: one for one in reversed(list(directions))}
    made = [
        Prepared(
            child=one,
            overdue=tuple(duty for duty in duties[one.child_id] if duty.is_overdue),
            soon=tuple(duty for duty in duties[one.child_id] if _is_soon(duty, until)),
            reasons=reasons.get(one.child_id, ()),
            overseen_on=_overseen(duties[one.child_id], here.get(one.reference)),
            direction=given.get(one.reference),
        )
        for one in children
    ]
    return Sheet(
        on=found.on,
        as_at=found.load.as_at_on,
        until=until,
        children=tuple(sorted(made, key=lambda one: one.weight)),
        elsewhere=len(others),
        elsewhere_in=tuple(sorted({team for one in others for team in _teams_of(one, agreement.worker_id)})),
        caseload=_caseload(found, agreement.worker_id),
    )


def _teams_of(child: Child, worker_id: str) -> set[str]:
    """In which teams the worker holds the child."""
    return {
        team for role, team, worker in child.holders if role and worker == worker_id and team != NOT_KNOWN
    }


def overdue_of(children: list[Child]) -> dict[str, int]:
    """How many duties are overdue for each of these children who has one, by keyed reference."""
    found = day()
    if found is None:
        return {}
    named = {one.child_id: one.reference for one in children}
    rows = _of(found.lines, "child_id", list(named))
    late = (row for row in rows if row["state"] == "overdue" and row["item"] not in SUPERVISION)
    return dict(Counter(named[row["child_id"]] for row in late))


def _duties(found: Day, ids: list[str]) -> dict[str, list[Duty]]:
    """The duties for these children, the longest overdue first."""
    made: dict[str, list[Duty]] = defaultdict(list)
    for row in _of(found.lines, "child_id", ids):
        if row["item"] not in SUPERVISION:
            made[row["child_id"]].append(duty_of(row))
    for duties in made.values():
        duties.sort(key=urgency)
    return made


def _reasons(found: Day, children: list[Child]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Why children are watched for drift, by their keyed reference."""
    drift = {code: one.title for code, one in watches().items() if one.list == "drift"}
    named = {one.child_id: one.reference for one in children}
    made: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _of(found.watched, "child_id", list(named)):
        if row["code"] in drift:
            title = drift[row["code"]]
            made[named[row["child_id"]]].append(
                (title, "" if row["why"].rstrip(".") == title else row["why"])
            )
    return {reference: tuple(reasons) for reference, reasons in made.items()}


def _is_soon(duty: Duty, until: date) -> bool:
    return not duty.is_overdue and duty.next_due is not None and duty.next_due <= until


def _overseen(duties: list[Duty], here: date | None) -> date | None:
    """The last management oversight: of the extract, or recorded here since."""
    told = [duty.last_done for duty in duties if duty.item == OVERSIGHT and duty.last_done]
    return max([*told, *([here] if here else [])], default=None)


def _caseload(found: Day, worker_id: str) -> dict[str, Any] | None:
    """What the worker holds as a social worker, else in another role, against the ceiling."""
    rows = _of(found.caseloads, "worker_id", [worker_id])
    return min(rows, key=lambda row: row["role"] != "social_worker") if rows else None


def _of(table: pa.Table, column: str, values: list[str]) -> list[dict[str, Any]]:
    return table.filter(pc.is_in(table[column], pa.array(values, pa.string()))).to_pylist()
