"""What do the pages of accounts show? Reads only."""

from dataclasses import dataclass
from datetime import datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.trail.models import Event

RECENT = 10


@dataclass(frozen=True)
class SignIn:
    """One time that a person signed in, and from which address."""

    at: datetime
    address: str


def recent_sign_ins(person: User) -> list[SignIn]:
    """When and from where a person signed in lately, the newest first: so that they notice a stranger."""
    found = Event.objects.filter(by_id=person.pk, what="account.signed_in").order_by("-id")[:RECENT]
    return [SignIn(event.at, event.address) for event in found]
