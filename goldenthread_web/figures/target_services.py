"""What is written about targets? One person proposes; for a published indicator another approves."""

from datetime import date
from decimal import Decimal

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.figures.models import Target
from goldenthread_web.figures.publications import standing
from goldenthread_web.trail.recording import record


@service(Permission.SET_TARGETS)
def propose_target(
    ref: str,
    *,
    value: Decimal | None,
    tolerance: Decimal | None,
    stretch: Decimal | None,
    owner: str,
    starts_on: date,
    because: str,
    by: User,
) -> Target:
    """Propose a target, or with no value its end. It counts at once for what was never published."""
    if ref not in catalogue():
        raise Refused(f"There is no indicator {ref[:10]}.")
    if Target.objects.filter(ref=ref, is_approved__isnull=True).exists():
        raise Refused("Another target of this indicator waits for a decision: have that decided first.")
    published, _ = standing()
    target = Target.objects.create(
        ref=ref,
        value=value,
        tolerance=tolerance,
        stretch=stretch,
        owner=owner,
        starts_on=starts_on,
        because=because,
        proposed_by=by,
        proposed_at=now(),
        needs_second_person=ref in published,
    )
    changes = {"target": target.pk, "value": "" if value is None else f"{value:f}"}
    changes |= {"starts_on": starts_on.isoformat()}
    record("target.proposed", ("figure", ref), by=by, changes=changes)
    if not target.needs_second_person:
        _decide(target, True, by)
    return target


@service(Permission.APPROVE_SETTINGS)
def decide_target(target: Target, *, is_approved: bool, by: User) -> None:
    """Approve or refuse a target that somebody else proposed."""
    if target.is_approved is not None:
        raise Refused("This target has been decided before.")
    if target.proposed_by_id == by.pk:
        raise Refused("Somebody else must decide on a target that you proposed.")
    _decide(target, is_approved, by)


def _decide(target: Target, is_approved: bool, by: User) -> None:
    target.is_approved, target.decided_by, target.decided_at = is_approved, by, now()
    target.save(update_fields=["is_approved", "decided_by", "decided_at"])
    what = "target.approved" if is_approved else "target.refused"
    record(what, ("figure", target.ref), by=by, changes={"target": target.pk})
