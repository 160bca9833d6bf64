"""What is written of sessions opened for a case audit of supervision files."""

from datetime import date, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.supervision.models import Opening, Session
from goldenthread_web.supervision.queries import standing_of
from goldenthread_web.supervision.rules import rules
from goldenthread_web.trail.recording import record


def may_open(person: User) -> bool:
    """Whether the rules let this person open a session to somebody else."""
    return person.may(Permission.SUPERVISE) and person.role in rules()["opening"]["roles"]


@service(Permission.SUPERVISE)
def open_session(
    session: Session, *, person: User, case_audit: str, reason: str, ends_on: date, by: User
) -> Opening:
    """Open one session to one person for a case audit, for a reason, until a day."""
    if not may_open(by):
        raise Refused("Only the head of service opens a session for a case audit.")
    if not session.is_completed:
        raise Refused("Only a completed session can be read for a case audit.")
    if person.pk == by.pk or not person.may(Permission.AUDIT_CASES):
        raise Refused("Choose somebody else who looks at cases for case audits.")
    if standing_of(person, session.agreement).may_read:
        raise Refused("This person reads the session anyway, and so cannot look at it for a case audit.")
    if len(reason.strip()) < rules()["shortest_reason"]:
        raise Refused("Say in a sentence why the session is opened.")
    longest = rules()["opening"]["longest_days"]
    if not today() <= ends_on <= today() + timedelta(days=longest):
        raise Refused(f"Choose a last day within the next {longest} days.")
    made = session.openings.create(
        person=person,
        case_audit=case_audit.strip(),
        reason=reason.strip(),
        starts_on=today(),
        ends_on=ends_on,
        opened_by=by,
        opened_at=now(),
    )
    record(
        "supervision.opened",
        session,
        by=by,
        changes={"person": person.pk, "ends_on": ends_on.isoformat()},
    )
    return made


@service(Permission.SUPERVISE)
def withdraw_opening(opening: Opening, *, by: User) -> None:
    """The session is no longer open to that person."""
    if not may_open(by):
        raise Refused("Only the head of service closes what was opened for a case audit.")
    found = Opening.objects.select_for_update().get(pk=opening.pk)
    if found.withdrawn_at is not None:
        raise Refused("This was closed before.")
    found.withdrawn_at = now()
    found.save(update_fields=["withdrawn_at"])
    record("supervision.closed", found.session, by=by, changes={"person": found.person_id})
