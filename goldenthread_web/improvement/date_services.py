"""What is written of days: forecasts, baselines moved by a body, what is done, trouble, status by hand."""

from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.improvement.checking import (
    check_in_favour,
    check_live,
    check_not_ahead,
    check_words,
)
from goldenthread_web.improvement.models import Action, DateChange, Milestone
from goldenthread_web.improvement.standing import standing
from goldenthread_web.improvement.status import BY_HAND, WORDS, is_better
from goldenthread_web.programme.models import Decision
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.UPDATE_ACTIONS)
def move_forecast(
    action: Action,
    *,
    to: date,
    because: str,
    milestone: Milestone | None = None,
    on: date | None = None,
    by: User,
) -> DateChange:
    """Expect an action, or one of its milestones, on another day. The day promised stays as it was."""
    check_live(action)
    row = milestone or action
    if row.done_on is not None:
        raise Refused("It is done: there is nothing left to forecast.")
    before = milestone.forecast_on if milestone else action.forecast_due_on
    if to == before:
        raise Refused("That is the day expected already.")
    made = _change(action, milestone, DateChange.Which.FORECAST, before, to, because, None, on, by)
    if milestone:
        milestone.forecast_on = to
        milestone.version += 1
        milestone.save(update_fields=["forecast_on", "version"])
    else:
        action.forecast_due_on = to
        action.version += 1
        action.save(update_fields=["forecast_due_on", "version"])
    _record_move("action.forecast_moved", action, before, to, by)
    return made


@service(Permission.EDIT_PLAN)
def move_baseline(
    action: Action,
    *,
    to: date,
    because: str,
    decision: Decision | None,
    milestone: Milestone | None = None,
    on: date | None = None,
    by: User,
) -> DateChange:
    """Promise another day, as a body decided. The day first promised stays in the history."""
    check_live(action)
    agreed = check_in_favour(decision, "Another day promised")
    if to < action.starts_on:
        raise Refused("An action cannot be due before it starts.")
    before = milestone.baseline_on if milestone else action.baseline_due_on
    if to == before:
        raise Refused("That is the day promised already.")
    made = _change(action, milestone, DateChange.Which.BASELINE, before, to, because, agreed, on, by)
    if milestone:
        milestone.baseline_on = milestone.forecast_on = to
        milestone.version += 1
        milestone.save(update_fields=["baseline_on", "forecast_on", "version"])
    else:
        action.baseline_due_on = action.forecast_due_on = to
        action.version += 1
        action.save(update_fields=["baseline_due_on", "forecast_due_on", "version"])
    _record_move("action.baseline_moved", action, before, to, by)
    return made


@service(Permission.UPDATE_ACTIONS)
def finish_milestone(milestone: Milestone, *, on: date, by: User) -> Milestone:
    """A milestone is reached."""
    check_not_ahead(on, "The day it was done")
    if milestone.done_on is not None:
        raise Refused("This milestone is done already.")
    milestone.done_on = on
    milestone.version += 1
    milestone.save(update_fields=["done_on", "version"])
    changes = {"action": milestone.action.ref, "late": milestone.slippage}
    record("milestone.done", milestone, by=by, changes=changes)
    return milestone


@service(Permission.UPDATE_ACTIONS)
def finish_action(action: Action, *, on: date, by: User) -> Action:
    """An action is done: every milestone is, and there is evidence. Whether it helps is tested after."""
    check_live(action)
    check_not_ahead(on, "The day it was done")
    if action.done_on is not None:
        raise Refused(f"Action {action.ref} is done already.")
    still_open = action.milestones.filter(done_on__isnull=True).count()
    if still_open:
        raise Refused(f"{still_open} of its milestones are open: finish them first.")
    if not action.evidence.exists():
        raise Refused("There is no evidence that it was done: add it first.")
    action.done_on = on
    action.version += 1
    action.save(update_fields=["done_on", "version"])
    record("action.done", ("action", action.ref), by=by, changes={"on": on.isoformat()})
    return action


@service(Permission.EDIT_PLAN)
def sign_off(action: Action, *, decision: Decision | None, by: User) -> Action:
    """A body took note that an action is done."""
    agreed = decision
    if agreed is None:
        raise Refused("Name the decision by which a body signed it off.")
    if action.done_on is None:
        raise Refused(f"Action {action.ref} is not done: there is nothing to sign off yet.")
    action.sign_off = agreed
    action.version += 1
    action.save(update_fields=["sign_off", "version"])
    record("action.signed_off", ("action", action.ref), by=by, changes={"decision": agreed.pk})
    return action


@service(Permission.UPDATE_ACTIONS)
def report_trouble(
    action: Action,
    *,
    version: int,
    blocked_because: str = "",
    escalation: str = "",
    recovery: str = "",
    decision: Decision | None = None,
    by: User,
) -> Action:
    """Say what blocks an action, whom it was escalated to, how it recovers, and who agreed to that."""
    stored = Action.objects.select_for_update().get(pk=action.pk)
    check(stored, version)
    check_live(stored)
    if decision is not None:
        check_in_favour(decision, "A new plan for an action that is off track")
    stored.blocked_because = blocked_because.strip()
    stored.escalation = escalation.strip()
    stored.recovery = recovery.strip()
    stored.recovery_decision = decision
    stored.version += 1
    stored.save()
    what = "action.blocked" if stored.blocked_because else "action.recovery_said"
    record(what, ("action", stored.ref), by=by, changes={"version": stored.version})
    return stored


@service(Permission.EDIT_PLAN)
def say_status(action: Action, letter: str, *, because: str = "", on: date | None = None, by: User) -> Action:
    """Say another delivery status than is worked out; blank: take back what was said.

    A worse one may be said at once, a better one with a reason. Done and embedded must be shown.
    """
    check_live(action)
    day = on or today()
    worked_out = standing(action, on=day).status
    was = worked_out.worked_out
    if letter and letter not in BY_HAND:
        raise Refused(
            "Only on track, at risk and off track can be said by hand; done and embedded are shown."
        )
    if letter and was not in BY_HAND:
        raise Refused(f"It is {WORDS[was].lower()}: no other status can be said.")
    if letter and letter == was:
        raise Refused("That is the status worked out already.")
    if letter and is_better(letter, was) and not because.strip():
        raise Refused("A better status than is worked out needs a reason.")
    action.override, action.override_of = letter, was if letter else ""
    action.override_because = because.strip() if letter else ""
    action.override_by, action.override_on = (by, day) if letter else (None, None)
    action.version += 1
    action.save()
    changes = {"from": was, "to": letter or was}
    record("action.status_said", ("action", action.ref), by=by, changes=changes)
    return action


def _change(
    action: Action,
    milestone: Milestone | None,
    which: str,
    before: date,
    after: date,
    because: str,
    decision: Decision | None,
    on: date | None,
    by: User,
) -> DateChange:
    return DateChange.objects.create(
        action=action,
        milestone=milestone,
        which=which,
        before=before,
        after=after,
        because=check_words(because, "why the day moves"),
        decision=decision,
        by=by,
        at=now(),
        on=on or today(),
    )


def _record_move(what: str, action: Action, before: date, after: date, by: User) -> None:
    changes = {"from": before.isoformat(), "to": after.isoformat()}
    record(what, ("action", action.ref), by=by, changes=changes)
