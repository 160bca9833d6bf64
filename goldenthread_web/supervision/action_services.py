"""What is written of actions between sessions: done, or answered by the supervisor's manager."""

from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.supervision.models import Action, CarriedAnswer
from goldenthread_web.supervision.queries import standing_of
from goldenthread_web.supervision.reading import Followed, file_of
from goldenthread_web.supervision.rules import choices, rules
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(None)
def report_done(action: Action, *, version: int, done_on: date, by: User) -> Action:
    """The worker or the supervisor says that it is done; the next session still looks at it."""
    standing = standing_of(by, action.session.agreement)
    if not (standing.is_supervisor or standing.is_supervisee):
        raise Refused("Only the worker or the supervisor says that it is done.")
    found = Action.objects.select_for_update().get(pk=action.pk)
    check(found, version)
    if found.state != Action.State.OPEN:
        raise Refused(f"{found.ref} is not open any more.")
    if not action.session.held_on <= done_on <= today():
        raise Refused("Choose a day since the session in which it was agreed, and not after today.")
    found.state, found.done_on = Action.State.DONE, done_on
    found.version += 1
    found.save()
    record("supervision.action_done", found, by=by, changes={"done_on": done_on.isoformat()})
    return found


@service(Permission.SUPERVISE)
def answer_carried(
    action: Action,
    *,
    version: int,
    answer: str,
    text: str,
    by_on: date | None = None,
    answered_on: date | None = None,
    answered_at: datetime | None = None,
    by: User,
) -> CarriedAnswer:
    """The supervisor's manager says what happens with an action that was carried again and again."""
    if not standing_of(by, action.session.agreement).is_manager:
        raise Refused("Only the supervisor’s manager answers for an action that was carried.")
    found = Action.objects.select_for_update().get(pk=action.pk)
    check(found, version)
    followed = _followed(found)
    if not followed.is_with_manager:
        raise Refused(f"{found.ref} does not wait for an answer.")
    if answer not in choices("answers") or len(text.strip()) < rules()["shortest_reason"]:
        raise Refused("Choose what happens, and say it in a sentence.")
    on = answered_on or today()
    if answer == "another_day" and (by_on is None or by_on <= on):
        raise Refused("Choose the day ahead by which it is done.")
    made = found.answers.create(
        answer=answer,
        text=text.strip(),
        by_on=by_on if answer == "another_day" else None,
        answered_on=on,
        carried=followed.times_carried,
        answered_by=by,
        answered_at=answered_at or now(),
    )
    _follow(found, answer, on)
    record("supervision.carried_answered", found, by=by, changes={"answer": answer, "carried": made.carried})
    return made


def _followed(action: Action) -> Followed:
    file = file_of(action.session.agreement)
    return next(one for one in file.actions if one.action.pk == action.pk)


def _follow(action: Action, answer: str, on: date) -> None:
    """What the answer makes of the action."""
    if answer == "taken_over":
        action.owner = Action.Owner.MANAGER
    elif answer == "stop":
        action.state, action.closed_on = Action.State.STOPPED, on
    action.version += 1
    action.save()
