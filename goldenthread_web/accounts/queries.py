"""What do the pages of accounts show? Reads only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from goldenthread_web.accounts.models import RoleProposal, User
from goldenthread_web.trail.models import Event

RECENT = 10
_OF_EVERY_DAY = ("account.signed_in", "account.signed_out", "account.session_ended")


@dataclass(frozen=True)
class SignIn:
    """One time that a person signed in, and from which address."""

    at: datetime
    address: str


def recent_sign_ins(person: User) -> list[SignIn]:
    """When and from where a person signed in lately, the newest first: so that they notice a stranger."""
    found = Event.objects.filter(by_id=person.pk, what="account.signed_in").order_by("-id")[:RECENT]
    return [SignIn(event.at, event.address) for event in found]


class State(StrEnum):
    """What an account is."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


def people(*, role: str = "", state: str = "", words: str = "") -> QuerySet[User]:
    """Accounts, filtered; `is_waiting` says whether a proposal waits for a decision."""
    waiting = RoleProposal.objects.filter(person=OuterRef("pk"), decided_at__isnull=True)
    found = User.objects.select_related("unit").annotate(is_waiting=Exists(waiting))
    if role:
        found = found.filter(role=role)
    if state:
        found = found.filter(
            {
                State.OPEN: Q(is_active=True),
                State.WAITING: Q(is_waiting=True),
                State.CLOSED: Q(is_active=False, is_waiting=False),
            }.get(State(state), Q())
        )
    if words:
        found = found.filter(Q(title__icontains=words) | Q(email__icontains=words))
    return found


def state_of(person: User) -> State:
    """What a person's account is; needs `is_waiting` of `people`."""
    if person.is_active:
        return State.OPEN
    return State.WAITING if person.is_waiting else State.CLOSED  # type: ignore[attr-defined]


def proposals() -> QuerySet[RoleProposal]:
    """Proposed roles: those that wait first, the longest waiting on top; then the latest decided."""
    found = RoleProposal.objects.select_related("person__unit", "unit", "proposed_by", "decided_by")
    return found.order_by(F("decided_at").desc(nulls_first=True), "proposed_at")


def history_of(person: User, most: int = 50) -> list[Event]:
    """What was done to an account, the newest first."""
    found = Event.objects.filter(about_kind="user", about_key=str(person.pk))
    return list(found.exclude(what__in=_OF_EVERY_DAY).order_by("-id")[:most])
