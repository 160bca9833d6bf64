"""What is written of break-glass: opened, refused for being too often, looked at afterwards."""

import hashlib

from django.urls import reverse

from goldenthread_web.accounts.emergencies import (
    FINDINGS,
    LASTS,
    MOST,
    SHORTEST_EXPLANATION,
    is_at_limit,
    reasons,
)
from goldenthread_web.accounts.models import EmergencyAccess, User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.accounts.telling import tell
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record

_WATCHERS = ("data_protection_officer", "head_of_service")
# Said of a child who is not there and of one whom the person may not see: it tells nobody which it was.
NO_SUCH_CHILD = "There is no child with that id in the load in force: check the id in the case system."
_TOO_MANY = (
    f"You opened {MOST} children in an emergency within the hour, which is the most that is given; "
    "the data protection officer was told. Speak to your head of service."
)


def ask(reference: str, *, reason: str, explanation: str, by: User) -> EmergencyAccess:
    """Open one child for 60 minutes. Refused, and told to those who watch over it, when it is too often."""
    if by.may(Permission.BREAK_GLASS) and is_at_limit(by):
        note_too_many(by=by)
        raise Refused(_TOO_MANY)
    return open_emergency(reference, reason=reason, explanation=explanation, by=by)


@service(Permission.BREAK_GLASS)
def open_emergency(reference: str, *, reason: str, explanation: str, by: User) -> EmergencyAccess:
    """Open one child to one person: for a reason, for 60 minutes, to read only."""
    said = " ".join(explanation.split())
    if reason not in reasons():
        raise Refused("Say why it is an emergency: choose one of the reasons.")
    if len(said) < SHORTEST_EXPLANATION:
        raise Refused(f"Say in your own words what happened, in {SHORTEST_EXPLANATION} characters or more.")
    moment = now()
    # One person's requests wait for each other, so that two at once do not both find one left.
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if is_at_limit(by):
        raise Refused(_TOO_MANY)
    if reference in child_scope(by).barred:
        raise Refused(NO_SUCH_CHILD)
    if by.emergencies.filter(reference=reference, ends_at__gt=moment).exists():
        raise Refused("You have this child open already: see the top of the page.")
    opened = EmergencyAccess.objects.create(
        person=by,
        reference=reference,
        reason=reason,
        explanation=said,
        opened_at=moment,
        ends_at=moment + LASTS,
    )
    record(
        "emergency.opened",
        ("child", reference),
        by=by,
        reason=reason,
        changes={"emergency": opened.pk, "explanation": hashlib.sha256(said.encode()).hexdigest()},
    )
    tell(
        _WATCHERS,
        what="emergency.opened",
        subject="Emergency access was used",
        sentence="Somebody opened a child who is not on their list. See who and why, and judge it:",
        path=reverse("accounts:emergencies"),
    )
    return opened


@service(None)
def note_too_many(*, by: User) -> None:
    """Note that somebody asked for more than is given, and tell those who watch over it."""
    record("emergency.too_many", by, by=by)
    tell(
        _WATCHERS,
        what="emergency.too_many",
        subject="Emergency access was asked for too often",
        sentence="Somebody asked for it more often than is given and was refused. See what they opened:",
        path=reverse("accounts:emergencies"),
    )


@service(Permission.REVIEW_BREAK_GLASS)
def review(emergency: EmergencyAccess, *, finding: str, by: User) -> None:
    """Say whether an emergency access was justified; once, and never one's own."""
    if finding not in FINDINGS:
        raise Refused("Say whether it was justified or not.")
    if emergency.person_id == by.pk:
        raise Refused("You cannot judge your own emergency access: somebody else must.")
    if emergency.reviewed_at is not None:
        raise Refused("This was judged before; a finding stands.")
    emergency.reviewed_at, emergency.reviewed_by, emergency.finding = now(), by, finding
    emergency.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    record(
        "emergency.reviewed",
        ("child", emergency.reference),
        by=by,
        changes={"emergency": emergency.pk, "finding": finding},
    )
