"""How does a mail about a concern go out? A sentence and a link: never a child, a team or a name."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.core.mail import EmailMessage, get_connection

from goldenthread_web.accounts.telling import address
from goldenthread_web.concerns.mail_services import note_mails
from goldenthread_web.concerns.models import Notice
from goldenthread_web.ui.words import moment_said

LOG = logging.getLogger(__name__)
SECONDS = 10  # a mail server that does not answer holds nobody up for longer
SUBJECT = "An immediate concern waits for your answer"


def send(notices: Iterable[int], *, at: datetime) -> None:
    """Write to whoever these notices tell, and note for each whether that went well.

    No transaction is open meanwhile: a slow mail server keeps nobody from writing.
    """
    rows = Notice.objects.filter(pk__in=list(notices), person__isnull=False)
    tried = {notice.pk: _reaches(notice) for notice in rows.select_related("concern", "person")}
    if tried:
        note_mails(tried, at=at, by=None)


def _reaches(notice: Notice) -> bool:
    """A failing mail server never undoes the notice: it stands on the screen, and says that no mail went."""
    concern = notice.concern
    text = (
        f"Somebody fears for a child now. Open it and acknowledge it by "
        f"{moment_said(concern.acknowledge_by)}.\n\n{address(concern.get_absolute_url())}\n"
    )
    try:
        connection = get_connection(timeout=SECONDS)
        return bool(EmailMessage(SUBJECT, text, to=[notice.person.email], connection=connection).send())
    except OSError as problem:  # every failure of a mail server is one
        LOG.error("A notice of an immediate concern could not be sent.", exc_info=problem)
        return False
