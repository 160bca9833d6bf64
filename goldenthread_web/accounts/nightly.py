"""What is put in order each night: dormant accounts, ended sessions, and whether the trail is whole."""

import logging

from django.urls import reverse

from goldenthread_web.accounts.admitting import is_dormant
from goldenthread_web.accounts.arriving import SessionStore
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.sign_in_services import close_dormant
from goldenthread_web.accounts.telling import tell
from goldenthread_web.config.clock import now
from goldenthread_web.trail.chain import Verdict, verify
from goldenthread_web.trail.recording import record

LOG = logging.getLogger(__name__)


def close_dormant_accounts(*, by: None = None) -> int:
    """Close the accounts that nobody used for long; how many there were."""
    moment = now()
    dormant = [person for person in User.objects.filter(is_active=True) if is_dormant(person, moment)]
    for person in dormant:
        close_dormant(person, by=by)
    return len(dormant)


def clear_ended_sessions(*, by: None = None) -> None:
    """Remove sessions that are too old to be good for anything."""
    SessionStore.clear_expired()


def verify_trail(*, by: None = None, expected: str | None = None) -> Verdict:
    """Verify the whole trail, and tell the data protection officer if it is broken."""
    found = verify(expected)
    changes = {"events": found.events, "broken": found.first_broken, "head": found.head}
    record("trail.verified", by=by, changes=changes)
    if found.first_broken is not None:
        LOG.critical("The trail is broken at Event %s.", found.first_broken)
        tell(
            ("data_protection_officer", "director"),
            what="trail.broken",
            subject="The trail is broken",
            sentence=f"Something was changed or removed, at Event {found.first_broken}. Look at once:",
            path=reverse("trail:chain"),
        )
    return found
