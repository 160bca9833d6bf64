"""Writes of the worklist: what a manager records, and what is looked at."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.children import Child
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist.models import Oversight


@service(Permission.RECORD_OVERSIGHT)
def record_oversight(
    child: Child, *, decided_on: date, decision: str, direction: str, next_on: date, by: User
) -> Oversight:
    """Record what a manager decided about a child of theirs. The case record stays the record."""
    _check_own(child, by)
    oversight = Oversight.objects.create(
        reference=child.reference,
        team=sorted(child.teams)[0] if child.teams else "",
        decided_on=decided_on,
        decision=decision,
        direction=direction,
        next_on=next_on,
        recorded_by=by,
        recorded_at=now(),
    )
    record(
        "oversight.recorded",
        ("child", child.reference),
        by=by,
        changes={"decision": decision, "decided_on": decided_on.isoformat(), "next_on": next_on.isoformat()},
    )
    return oversight


@service(Permission.RECORD_OVERSIGHT)
def mark_copied(child: Child, oversight: Oversight, *, by: User) -> None:
    """Somebody says that the decision about the child now stands in the case record."""
    _check_own(child, by)
    if oversight.reference != child.reference:
        raise Refused("This decision is about another child.")
    if oversight.copied_at is not None:
        raise Refused("This decision was marked as copied to the case record before.")
    oversight.copied_at = now()
    oversight.save(update_fields=["copied_at"])
    record("oversight.copied", ("child", oversight.reference), by=by, changes={"oversight": oversight.pk})


def is_own(child: Child, person: User) -> bool:
    """Whether the person sees the child in their own right, not through emergency access alone."""
    return child.is_own(child_scope(person))


def _check_own(child: Child, person: User) -> None:
    if not is_own(child, person):
        raise Refused("Emergency access is for reading only: record oversight as the child's own manager.")
