"""What is written of the mails about concerns: whether each went out."""

from collections.abc import Mapping
from datetime import datetime

from goldenthread_web.accounts.protecting import service
from goldenthread_web.concerns.clocks import counted
from goldenthread_web.concerns.models import NoticeMail
from goldenthread_web.trail.recording import record


@service(None)
def note_mails(tried: Mapping[int, bool], *, at: datetime, by: None) -> None:
    """Note for each notice whether its mail went out."""
    rows = [NoticeMail(notice_id=one, tried_at=counted(at), is_sent=sent) for one, sent in tried.items()]
    NoticeMail.objects.bulk_create(rows)
    sent = sum(tried.values())
    what = "notice.sent" if sent == len(tried) else "notice.not_sent"
    record(what, ("notice", "concern.raised"), by=by, changes={"to": len(tried), "sent": sent})
