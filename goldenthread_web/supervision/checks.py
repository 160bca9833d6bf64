"""May this session be written, by this person, on this day? Refused with a sentence where not."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import today
from goldenthread_web.supervision.managing import supervisor_of
from goldenthread_web.supervision.models import Agreement, Session
from goldenthread_web.ui.conflicts import check


def locked(session: Session, version: int, by: User) -> Session:
    """The session as it stands now, held until the end: under way, of this supervisor, as they saw it."""
    found = Session.objects.select_for_update().get(pk=session.pk)
    check_under_way(found)
    check_supervises(found.agreement, by)
    check(found, version)
    return found


def check_under_way(session: Session) -> None:
    """Only a session under way is written."""
    if session.state != Session.State.UNDER_WAY:
        raise Refused("This session is completed: nothing of its record is changed.")


def check_supervises(agreement: Agreement, by: User) -> None:
    """Only whoever supervises today writes."""
    supervisor = supervisor_of(agreement, today())
    if supervisor is None or supervisor.pk != by.pk:
        raise Refused("Only whoever supervises this worker today records their sessions.")


def check_day(agreement: Agreement, held_on: date) -> None:
    """Sessions follow one another, and none lies ahead."""
    if held_on > today():
        raise Refused("This day lies ahead: enter the day on which you meet.")
    if held_on < agreement.starts_on:
        raise Refused("This day is before the agreement: enter another one.")
    completed = agreement.sessions.filter(state=Session.State.COMPLETED)
    last = completed.order_by("-held_on").values_list("held_on", flat=True).first()
    if last is not None and held_on <= last:
        raise Refused(f"The last session was on {last:%-d %B %Y}: enter a later day.")
