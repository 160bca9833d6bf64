"""What is written about accounts: made, given a role by two people, closed, let in again."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from goldenthread_web.accounts.invitations import path_for
from goldenthread_web.accounts.models import RoleProposal, Unit, User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission, Reach, roles
from goldenthread_web.accounts.telling import tell, tell_person
from goldenthread_web.config.clock import now, today
from goldenthread_web.trail.recording import record

_APPROVERS = ("director", "data_protection_officer")
# Whom a command may make on the machine itself: those who then make and approve everybody else.
FIRST = ("administrator", *_APPROVERS)


@service(Permission.MANAGE_PEOPLE)
def make_account(
    *,
    email: str,
    title: str,
    role: str,
    unit: Unit | None = None,
    worker_id: str = "",
    ends_on: date | None = None,
    by: User,
) -> User:
    """A closed account and the proposal to open it with a role: another person approves."""
    person = _made(email, title, role)
    record("account.made", person, by=by)
    propose_role(person, role=role, unit=unit, worker_id=worker_id, ends_on=ends_on, by=by)
    return person


@service(None)
def make_first_account(*, email: str, title: str, role: str, by: None = None) -> User:
    """An account for those who make and approve the others; only a command on the machine asks for it."""
    if role not in FIRST:
        raise Refused(f"A command makes {', '.join(FIRST)} only: the others are proposed and approved.")
    person = _made(email, title, role)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("account.made", person, by=by, changes={"role": role, "how": "command"})
    return person


def _made(email: str, title: str, role: str) -> User:
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise Refused("There is an account with this e-mail address already: open that one.")
    return User.objects.create(
        email=address,
        title=title.strip(),
        role=role,
        is_active=False,
        password=make_password(None),
        created_at=now(),
    )


@service(Permission.MANAGE_PEOPLE)
def propose_role(
    person: User, *, role: str, unit: Unit | None, worker_id: str, ends_on: date | None, by: User
) -> RoleProposal:
    """Propose what a person may do; it counts once somebody else has approved it."""
    if person == by:
        raise NotForYourself("You cannot propose a role for yourself: another administrator must.")
    _refuse_misfit(role, unit, worker_id, ends_on)
    if person.proposals.filter(decided_at__isnull=True).exists():
        raise Refused("A proposal for this person waits for a decision already: have that decided first.")
    proposal = RoleProposal.objects.create(
        person=person,
        role=role,
        unit=unit,
        worker_id=worker_id.strip(),
        ends_on=ends_on,
        proposed_by=by,
        proposed_at=now(),
    )
    changes = {"proposal": proposal.pk, "role": [person.role, role], "unit": unit.pk if unit else None}
    record("role.proposed", person, by=by, changes=changes)
    tell(
        _APPROVERS,
        what="role.proposed",
        subject="A role waits for approval",
        sentence="A role was proposed for somebody and counts once one of you approves it:",
        path=reverse("accounts:proposals"),
    )
    return proposal


def _refuse_misfit(role: str, unit: Unit | None, worker_id: str, ends_on: date | None) -> None:
    """What the role needs to see anybody, and what it must not have."""
    held = roles().get(role)
    if held is None:
        raise Refused("There is no such role: choose one of the list.")
    kind = {Reach.TEAM: Unit.Kind.TEAM, Reach.SERVICE: Unit.Kind.SERVICE}.get(held.reach)
    if kind is not None and (unit is None or unit.kind != kind or not unit.is_open(today())):
        raise Refused(f"{held.title}: choose the {kind} that the person answers for.")
    if held.reach is Reach.OWN and not worker_id.strip():
        raise Refused(f"{held.title}: give the person's worker key, as it stands in the extracts.")
    if held.is_time_boxed and ends_on is None:
        raise Refused(f"{held.title}: say on which day the account ends.")
    if ends_on is not None and ends_on < today():
        raise Refused("The account would have ended already: give a later day.")


@service(Permission.APPROVE_ROLES)
def decide(proposal: RoleProposal, *, is_approved: bool, by: User) -> None:
    """Approve or refuse a proposed role: never one's own, and never what one proposed."""
    person = proposal.person
    if by == person or by == proposal.proposed_by:
        raise NotForYourself("Somebody else must decide on this: you proposed it, or it is about you.")
    if proposal.decided_at is not None:
        raise Refused("This was decided before.")
    _refuse_misfit(proposal.role, proposal.unit, proposal.worker_id, proposal.ends_on)
    proposal.is_approved, proposal.decided_by, proposal.decided_at = is_approved, by, now()
    proposal.save(update_fields=["is_approved", "decided_by", "decided_at"])
    if not is_approved:
        record("role.refused", person, by=by, changes={"proposal": proposal.pk, "role": proposal.role})
        return
    was, opens = person.role, not person.is_active
    person.role, person.unit, person.worker_id = proposal.role, proposal.unit, proposal.worker_id
    person.ends_on = proposal.ends_on
    if opens:
        person.is_active, person.opened_at = True, now()
    person.session_number += 1
    person.save(
        update_fields=["role", "unit", "worker_id", "ends_on", "is_active", "opened_at", "session_number"]
    )
    record("role.approved", person, by=by, changes={"proposal": proposal.pk, "role": [was, person.role]})
    if opens and not person.has_usable_password():
        _send_link(person)


@service(Permission.MANAGE_PEOPLE)
def close_account(person: User, *, by: User) -> None:
    """Close an account at once and end its sessions."""
    if person == by:
        raise NotForYourself("You cannot close your own account: another administrator must.")
    if not person.is_active:
        raise Refused("This account is closed already.")
    person.is_active = False
    person.session_number += 1
    person.save(update_fields=["is_active", "session_number"])
    record("account.closed", person, by=by, reason="administrator")


@service(Permission.MANAGE_PEOPLE)
def send_link(person: User, *, by: User) -> None:
    """Send the person a link with which they set a new password, once."""
    if person == by:
        raise NotForYourself("You cannot send yourself a link: change your password under My account.")
    if not person.is_active or not settings.LOCAL_ACCOUNTS or settings.DEMO:
        raise Refused("Only an open account of this service itself has a password.")
    record("account.link_sent", person, by=by)
    _send_link(person)


@service(Permission.MANAGE_PEOPLE)
def remove_second_factor(person: User, *, by: User) -> None:
    """For somebody who lost their authenticator app: they set up another one when they next sign in."""
    if person == by:
        raise NotForYourself("You cannot remove your own second factor here: another administrator must.")
    removed, _ = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise Refused("This account has no second factor.")
    person.session_number += 1
    person.save(update_fields=["session_number"])
    record("account.second_factor_removed", person, by=by)


@service(None)
def set_password_by_link(*, password: str, by: User) -> None:
    """Set the password with the link; the link is used up by it."""
    by.set_password(password)
    by.session_number += 1
    by.save(update_fields=["password", "session_number"])
    record("account.password_set", by, by=by)


def _send_link(person: User) -> None:
    if not settings.LOCAL_ACCOUNTS or settings.DEMO:
        return
    tell_person(
        person,
        what="account.link",
        subject="Set your password for Golden Thread",
        sentence="An account was made or renewed for you. Set your password with this link; it works once, "
        "for three days:",
        path=path_for(person),
    )
