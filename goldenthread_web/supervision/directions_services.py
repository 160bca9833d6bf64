"""What is written when a child is handed to a worker: what to do first, by when."""

from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import now, today
from goldenthread_web.extracts.children import index
from goldenthread_web.supervision.directions_queries import Handed
from goldenthread_web.supervision.models import Direction
from goldenthread_web.supervision.rules import rules
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist.services import is_own


@service(Permission.DIRECT_ALLOCATIONS)
def give_direction(
    handed: Handed,
    *,
    given_on: date,
    first: str,
    first_by_on: date,
    first_visit_by_on: date,
    recorded_at: datetime | None = None,
    by: User,
) -> Direction:
    """Record what the worker is to do first, by when, and by when they first visit. The latest counts."""
    allocation = handed.allocation
    child = index().child(handed.child.reference, child_scope(by))
    if not is_own(child, by):
        raise Refused("Emergency access is for reading only: the child’s own manager gives the direction.")
    if len(first.strip()) < rules()["shortest_reason"]:
        raise Refused("Say in a sentence what the worker is to do first, and why.")
    if given_on > today():
        raise Refused("This day lies ahead: enter the day on which you gave the direction.")
    if first_by_on < given_on or first_visit_by_on < allocation.on:
        raise Refused("What is to be done first, and the first visit, come after the direction.")
    made = Direction.objects.create(
        allocation=allocation.key,
        reference=child.reference,
        team=allocation.team,
        worker_id=allocation.worker_id,
        allocated_on=allocation.on,
        given_on=given_on,
        first=first.strip(),
        first_by_on=first_by_on,
        first_visit_by_on=first_visit_by_on,
        given_by=by,
        recorded_at=recorded_at or now(),
    )
    record(
        "direction.given",
        ("child", child.reference),
        by=by,
        changes={"given_on": given_on.isoformat(), "first_by_on": first_by_on.isoformat()},
    )
    return made
