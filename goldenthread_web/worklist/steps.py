"""Who is between two services, and was each picked up?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.worklist.steps import PICKED_UP_WITHIN, Step
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.day import Day
from goldenthread_web.worklist.morning import within

COUNTED = ("in_time", "late", "waiting", "lost")  # what may have become of a step


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A child handed from one service to another, as the page says it."""

    reference: str
    child_id: str
    direction: str  # up, down
    left_on: date
    reason: str | None
    team: str
    worker_id: str
    picked_up_on: date | None
    working_days: int | None
    is_lost: bool
    is_again: bool  # the child was stepped more than once in these months

    @property
    def state(self) -> str:
        """One of COUNTED."""
        if self.picked_up_on is not None:
            return "in_time" if (self.working_days or 0) <= PICKED_UP_WITHIN else "late"
        return "lost" if self.is_lost else "waiting"


def board(day: Day, scope: ChildScope, team: str = "") -> Sequence[Handed]:
    """Children stepped up or down in the last twelve months, the latest first."""
    often = _often(day)
    return [_handed(Step(**row), day, often) for row in within(day.steps, scope, team).to_pylist()]


def step_counts(day: Day) -> dict[str, dict[str, int]]:
    """How many steps of all there were in each direction, and what became of them."""
    found = {direction: dict.fromkeys(("all", *COUNTED), 0) for direction in ("up", "down")}
    for row in day.steps.to_pylist():
        one = _handed(Step(**row), day, Counter())
        found[one.direction]["all"] += 1
        found[one.direction][one.state] += 1
    return found


def _often(day: Day) -> Counter[str]:
    """How often each child was stepped, in whichever team."""
    return Counter(day.steps["child_id"].to_pylist())


def _handed(step: Step, day: Day, often: Counter[str]) -> Handed:
    return Handed(
        reference=reference(step.child_id),
        child_id=step.child_id,
        direction=step.direction,
        left_on=step.left_on,
        reason=step.reason,
        team=step.team,
        worker_id=step.worker_id,
        picked_up_on=step.picked_up_on,
        working_days=step.working_days,
        is_lost=step.is_lost(day.load.as_at_on),
        is_again=often[step.child_id] > 1,
    )


__all__ = ["COUNTED", "PICKED_UP_WITHIN", "Handed", "board", "step_counts"]
