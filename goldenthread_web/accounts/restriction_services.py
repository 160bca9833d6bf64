"""What is written of restricted children: one person proposes, another decides; each is an Event."""

from collections.abc import Collection

from django.urls import reverse

from goldenthread_web.accounts.models import Restriction, User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.restrictions import in_force, reasons
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.telling import tell
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record

_DECIDERS = ("head_of_service", "director", "data_protection_officer")


@service(Permission.RESTRICT_CHILDREN)
def propose_restriction(reference: str, *, reason: str, viewers: Collection[User], by: User) -> Restriction:
    """Propose that only these people see a child. It counts at once, and is never wider than what counted."""
    if reason not in reasons():
        raise Refused("Say why the child is restricted: choose one of the reasons.")
    for person in viewers:
        if not person.is_active or not person.held_role.sees_children:
            raise Refused(f"{person.email} has no open account that sees children: take it off the list.")
    return _propose(reference, Restriction.Kind.RESTRICT, reason, viewers, by)


@service(Permission.RESTRICT_CHILDREN)
def propose_lifting(reference: str, *, by: User) -> Restriction:
    """Propose that a child is no longer restricted. Nothing changes until somebody else approves it."""
    if not in_force(reference).exists():
        raise Refused("This child is not restricted, so there is nothing to lift.")
    return _propose(reference, Restriction.Kind.LIFT, "", (), by)


def _propose(
    reference: str, kind: Restriction.Kind, reason: str, viewers: Collection[User], by: User
) -> Restriction:
    if Restriction.objects.filter(reference=reference, decided_at__isnull=True).exists():
        raise Refused("A proposal for this child waits for a decision: have that decided first.")
    made = Restriction.objects.create(
        reference=reference, kind=kind, reason=reason, proposed_by=by, proposed_at=now()
    )
    made.viewers.set(viewers)
    changes = {
        "restriction": made.pk,
        "kind": str(kind),
        "people": sorted(person.pk for person in viewers),
    }
    record("restriction.proposed", ("child", reference), by=by, reason=reason, changes=changes)
    tell(
        _DECIDERS,
        what="restriction.proposed",
        subject="A restriction waits for a decision",
        sentence="Who may see a child is to change. Somebody other than who proposed it must decide:",
        path=reverse("accounts:restrictions"),
    )
    return made


@service(Permission.APPROVE_RESTRICTIONS)
def decide_restriction(restriction: Restriction, *, is_approved: bool, by: User) -> None:
    """Approve or refuse what somebody else proposed, for a child to whom one is not related."""
    if restriction.proposed_by_id == by.pk:
        raise NotForYourself("Somebody else must decide on this: you proposed it.")
    if by.relations.filter(reference=restriction.reference, withdrawn_at__isnull=True).exists():
        raise NotForYourself("Somebody else must decide on this: you are related to the child.")
    # Two people who decide at once wait for each other.
    waiting = Restriction.objects.select_for_update().get(pk=restriction.pk)
    if waiting.decided_at is not None:
        raise Refused("This was decided before.")
    moment = now()
    if is_approved:
        in_force(waiting.reference).update(ended_at=moment)
    waiting.is_approved, waiting.decided_by, waiting.decided_at = is_approved, by, moment
    if not is_approved or waiting.kind == Restriction.Kind.LIFT:
        waiting.ended_at = moment
    waiting.save(update_fields=["is_approved", "decided_by", "decided_at", "ended_at"])
    what = "restriction.approved" if is_approved else "restriction.refused"
    changes = {"restriction": waiting.pk, "kind": waiting.kind}
    record(what, ("child", waiting.reference), by=by, reason=waiting.reason, changes=changes)
