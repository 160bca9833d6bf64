"""What is written of a session while it is under way, and of its record afterwards: copied, agreed."""

from collections.abc import Mapping
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.supervision.checks import check_day, check_supervises, check_under_way, locked
from goldenthread_web.supervision.models import Agreement, Discussion, Draft, Session
from goldenthread_web.supervision.queries import standing_of
from goldenthread_web.trail.recording import record

LONGEST_DRAFT = 200_000  # characters


@service(Permission.SUPERVISE)
def begin_session(agreement: Agreement, *, kind: str, held_on: date, by: User) -> Session:
    """Begin the record of a session: it opens with what was to be done since the last one."""
    check_supervises(agreement, by)
    check_day(agreement, held_on)
    if agreement.sessions.filter(state=Session.State.UNDER_WAY).exists():
        raise Refused("A session of this worker is under way: complete it first.")
    if held_on < agreement.kept_since_on:
        raise Refused("Sessions of that time were written elsewhere: enter it as one from paper.")
    session = agreement.sessions.create(
        supervisor=by, kind=Session.Kind(kind), held_on=held_on, begun_at=now()
    )
    record("supervision.begun", session, by=by, changes={"kind": kind, "held_on": held_on.isoformat()})
    return session


@service(Permission.SUPERVISE)
def keep_draft(session: Session, *, fields: Mapping[str, str], by: User) -> Draft:
    """Keep what is typed, so that a session that ends loses nothing. Only who writes it sees it."""
    check_under_way(session)
    check_supervises(session.agreement, by)
    if sum(len(name) + len(value) for name, value in fields.items()) > LONGEST_DRAFT:
        raise Refused("This is too long to be kept: shorten it.")
    draft, _ = Draft.objects.update_or_create(
        session=session, kept_by=by, defaults={"fields": dict(fields), "kept_at": now()}
    )
    record("supervision.draft_kept", session, by=by)
    return draft


@service(Permission.SUPERVISE)
def drop_session(session: Session, *, version: int, by: User) -> Session:
    """The session did not take place: what was written of it goes."""
    found = locked(session, version, by)
    found.drafts.all().delete()
    found.state = Session.State.DROPPED
    found.version += 1
    found.save()
    record("supervision.dropped", found, by=by)
    return found


@service(None)
def mark_copied(discussion: Discussion, *, by: User) -> None:
    """The supervisor or the worker says that a decision now stands in the child's record."""
    standing = standing_of(by, discussion.session.agreement)
    if not (standing.is_supervisor or standing.is_supervisee):
        raise Refused("Only the supervisor or the worker says that it is in the child’s record.")
    found = Discussion.objects.select_for_update().get(pk=discussion.pk)
    if found.copied_at is not None:
        raise Refused("This decision was marked as copied to the child’s record before.")
    found.copied_at, found.copied_by = now(), by
    found.save(update_fields=["copied_at", "copied_by"])
    record("supervision.copied", ("child", found.reference), by=by, changes={"session": found.session_id})


@service(Permission.SEE_OWN_SUPERVISION)
def agree_to_record(session: Session, *, by: User) -> None:
    """The worker has read the record of a session and says that it is right."""
    if not standing_of(by, session.agreement).is_supervisee:
        raise Refused("Only the worker who was supervised agrees to the record.")
    found = Session.objects.select_for_update().get(pk=session.pk)
    if not found.is_completed or found.agreed_at is not None:
        raise Refused("There is nothing to agree to: it is not completed, or you agreed before.")
    found.agreed_at = now()
    found.save(update_fields=["agreed_at"])
    record("supervision.record_agreed", found, by=by)
