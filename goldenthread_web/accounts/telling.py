"""Who is told by e-mail that something happened? A sentence and a link; never a child, never a name."""

import logging
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from goldenthread_web.accounts.models import User
from goldenthread_web.trail.recording import record

LOG = logging.getLogger(__name__)


def tell(roles: Iterable[str], *, what: str, subject: str, sentence: str, path: str) -> None:
    """Write to everybody who holds one of the roles, once what happened is safely written.

    That nobody could be reached undoes nothing: it is an Event, and stands on the pages of those who review.
    """
    people = User.objects.filter(role__in=list(roles), is_active=True)
    to = sorted(people.values_list("email", flat=True))
    transaction.on_commit(partial(_send, to, what, subject, f"{sentence}\n\n{address(path)}\n"))


def tell_person(person: User, *, what: str, subject: str, sentence: str, path: str) -> None:
    """Write to one person."""
    transaction.on_commit(partial(_send, [person.email], what, subject, f"{sentence}\n\n{address(path)}\n"))


def address(path: str) -> str:
    """The whole address of a page, as people reach the service."""
    scheme = "https" if settings.INSTALLATION.uses_https else "http"
    host = settings.INSTALLATION.hosts[0] if settings.INSTALLATION.hosts else "localhost"
    return f"{scheme}://{host}{path}"


def _send(to: list[str], what: str, subject: str, text: str) -> None:
    sent = sum(_reaches(one, what, subject, text) for one in to)
    counts = {"to": len(to), "sent": sent}
    record("notice.sent" if sent else "notice.not_sent", ("notice", what), by=None, changes=counts)


def _reaches(one: str, what: str, subject: str, text: str) -> bool:
    """One message each, so that nobody learns who else is told."""
    try:
        return bool(EmailMessage(subject, text, to=[one]).send())
    except OSError as problem:  # every failure of a mail server is one
        LOG.error("A notice of %s could not be sent.", what, exc_info=problem)
        return False
