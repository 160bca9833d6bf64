"""Who is between two services, and was each picked up?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.worklist.steps import PICKED_UP_WITHIN, Step
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.extracts.day import Day
from goldenthread_web.worklist.morning import within


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A child handed from one service to another, as the page says it."""

    reference: str
    child_id: str
    direction: str  # up, down
    left_on: date
    reason: str
    team: str
    worker_id: str
    picked_up_on: date | None
    working_days: int | None
    is_lost: bool


def board(day: Day, scope: ChildScope, team: str = "") -> Sequence[Handed]:
    """Children stepped up or down in the last twelve months, the latest first."""
    return [_handed(Step(**row), day) for row in within(day.steps, scope, team).to_pylist()]


def _handed(step: Step, day: Day) -> Handed:
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
    )


__all__ = ["PICKED_UP_WITHIN", "Handed", "board"]
