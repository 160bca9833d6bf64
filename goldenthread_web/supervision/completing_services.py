"""What is written when a session is completed, or entered from paper: reviews, actions, decisions."""

from collections.abc import Sequence
from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.supervision.about_children import named, scope_of, words
from goldenthread_web.supervision.checks import check_day, check_supervises, locked
from goldenthread_web.supervision.models import Action, Agreement, Review, Session
from goldenthread_web.supervision.reading import file_of
from goldenthread_web.supervision.rules import choices, rules
from goldenthread_web.supervision.said import Discussed, NewAction, Reviewed, Said
from goldenthread_web.supervision.workers import children_for
from goldenthread_web.trail.recording import record

SHORT = 60  # characters of an action, where several are named in one sentence


@service(Permission.SUPERVISE)
def complete_session(
    session: Session, *, version: int, said: Said, completed_at: datetime | None = None, by: User
) -> Session:
    """Complete a session. Refused while an action of an earlier one has no outcome."""
    found = locked(session, version, by)
    if found.kind == Session.Kind.ONE_TO_ONE:
        _check_each_has_outcome(found, said, by)
    if said.next_on is not None and said.next_on <= found.held_on:
        raise Refused("The next session must be after this one.")
    counts = _write_all(found, said, by=by)
    _complete(found, said, completed_at or now(), by)
    found.drafts.all().delete()
    record("supervision.completed", found, by=by, changes=counts)
    return found


@service(Permission.SUPERVISE)
def enter_from_paper(
    agreement: Agreement,
    *,
    held_on: date,
    kind: str,
    said: Said,
    supervisor: User | None = None,
    completed_at: datetime | None = None,
    by: User,
) -> Session:
    """Enter a session held before supervision was recorded here, with what it did and did not review."""
    check_supervises(agreement, by)
    check_day(agreement, held_on)
    if held_on >= agreement.kept_since_on:
        raise Refused("Since then sessions are recorded here: begin it as a session, not from paper.")
    session = agreement.sessions.create(
        supervisor=supervisor or by,
        kind=Session.Kind(kind),
        held_on=held_on,
        is_from_paper=True,
        begun_at=now(),
    )
    counts = _write_all(session, said, by=by)
    _complete(session, said, completed_at or now(), by)
    record("supervision.entered_from_paper", session, by=by, changes=counts)
    return session


def _complete(session: Session, said: Said, at: datetime, by: User) -> None:
    for name, text in said.notes.items():
        setattr(session, name, text.strip())
    session.next_on = said.next_on
    session.state = Session.State.COMPLETED
    session.completed_at, session.completed_by = at, by
    session.version += 1
    session.save()


def _check_each_has_outcome(session: Session, said: Said, by: User) -> None:
    told = {one.action for one in said.reviews}
    prior = [one.action for one in file_of(session.agreement).prior(session)]
    lacking = [one for one in prior if one.pk not in told]
    if lacking:
        seen = named({one.reference for one in lacking}, scope_of(by))
        listed = ", ".join(f"{one.ref} ({words(one, seen, SHORT)})" for one in lacking)
        raise Refused(f"Before this session can be completed, say what became of {listed}.")


def _write_all(session: Session, said: Said, *, by: User) -> dict[str, int]:
    """Reviews, actions and decisions, all or none; how much of each there was."""
    mine = _children(session, said, by)
    made = [_set(session, number, one, mine) for number, one in enumerate(said.actions, start=1)]
    prior = {one.action.pk: one.action for one in file_of(session.agreement).prior(session)}
    for one in said.reviews:
        if one.action not in prior:
            raise Refused("One of these actions has an outcome already: open the session again.")
        _review(prior[one.action], one, session, prior, made, by)
    for told in said.discussions:
        _discuss(session, told, mine)
    return {
        "reviewed": len(said.reviews),
        "not_done": sum(one.outcome == Review.Outcome.NOT_DONE for one in said.reviews),
        "actions": len(made),
        "children": len(said.discussions),
    }


def _children(session: Session, said: Said, by: User) -> set[str]:
    """The children whom this session may be about: the worker's own, whom the supervisor may see."""
    wanted = {one.reference for one in (*said.discussions, *said.actions) if one.reference}
    if not wanted:
        return set()
    mine = {one.reference for one in children_for(session.agreement, scope_of(by))}
    if wanted - mine:
        raise Refused("Choose children whom this worker holds and whom you may see.")
    return mine


def _set(session: Session, number: int, one: NewAction, mine: set[str]) -> Action:
    if one.kind not in choices("action_kinds") or not one.text.strip():
        raise Refused("Say of each action what is to be done, and of which kind it is.")
    if one.due_on < session.held_on:
        raise Refused("An action is due on the day of the session or later.")
    if one.kind == "child" and one.reference not in mine:
        raise Refused("Choose the child whom the action is for.")
    return session.actions.create(
        number=number,
        kind=one.kind,
        reference=one.reference,
        text=one.text.strip(),
        owner=Action.Owner(one.owner),
        due_on=one.due_on,
    )


def _review(
    action: Action,
    one: Reviewed,
    session: Session,
    prior: dict[int, Action],
    made: Sequence[Action],
    by: User,
) -> None:
    outcome = Review.Outcome(one.outcome)
    if outcome == Review.Outcome.DONE:
        _done(action, one.done_on, session)
    elif outcome == Review.Outcome.NOT_DONE:
        if len(one.reason.strip()) < rules()["shortest_reason"]:
            raise Refused(f"Say in a sentence why {action.ref} is not done: it is carried on.")
        action.state, action.done_on = Action.State.OPEN, None
    else:
        action.superseded_by = _replacement(action, one.replaced_by, prior, made)
        action.state, action.done_on = Action.State.SUPERSEDED, None
        action.closed_on = session.held_on
    action.version += 1
    action.save()
    Review.objects.create(
        action=action,
        session=session,
        outcome=outcome,
        reason=one.reason.strip() if outcome == Review.Outcome.NOT_DONE else "",
        recorded_by=by,
        recorded_at=now(),
    )


def _done(action: Action, done_on: date | None, session: Session) -> None:
    if done_on is None or not action.session.held_on <= done_on <= session.held_on:
        raise Refused(f"Say on which day {action.ref} was done: between the two sessions.")
    action.state, action.done_on = Action.State.DONE, done_on


def _replacement(action: Action, said: str, prior: dict[int, Action], made: Sequence[Action]) -> Action:
    """The action that replaces this one: one carried on from before, or one of the new ones."""
    where, _, number = said.partition(":")
    if number.isdecimal():
        if where == "new" and int(number) < len(made):
            return made[int(number)]
        other = prior.get(int(number)) if where == "action" else None
        if other is not None and other.pk != action.pk and other.state == Action.State.OPEN:
            return other
    raise Refused(f"Say which action replaces {action.ref}: one of the new ones, or one that is carried on.")


def _discuss(session: Session, told: Discussed, mine: set[str]) -> None:
    if told.decision not in choices("decisions") or not told.direction.strip():
        raise Refused("Say of each child what was decided, and the direction that was given.")
    if told.reference not in mine:
        raise Refused("Choose children whom this worker holds and whom you may see.")
    session.discussions.create(
        reference=told.reference, decision=told.decision, direction=told.direction.strip()
    )
