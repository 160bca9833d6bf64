"""What is written month by month: updates, the freeze, challenge, next steps, notes, versions."""

from datetime import date
from typing import Any

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
from goldenthread_web.improvement.date_services import move_forecast
from goldenthread_web.improvement.models import (
    Action,
    Challenge,
    Cycle,
    NextStep,
    PlanVersion,
    ProgressNote,
    Update,
)
from goldenthread_web.improvement.plan_text import as_it_stands, digest
from goldenthread_web.improvement.standing import standings
from goldenthread_web.programme.models import Decision, Theme
from goldenthread_web.trail.recording import record


@service(Permission.UPDATE_ACTIONS)
def add_note(action: Action, *, text: str, on: date | None = None, by: User) -> ProgressNote:
    """Write a dated note on an action. It is never changed; another one can be written."""
    check_live(action)
    made = _note(action, text, on, by)
    record("action.noted", ("action", action.ref), by=by, changes={"note": made.pk})
    return made


@service(Permission.EDIT_PLAN)
def open_cycle(
    name: str,
    *,
    opened_on: date,
    updates_due_on: date,
    freeze_on: date,
    challenge_on: date,
    board_on: date,
    by: User,
) -> Cycle:
    """Open a month of keeping the plan: from now on every owner owes an update."""
    days = (opened_on, updates_due_on, freeze_on, challenge_on, board_on)
    if list(days) != sorted(days):
        raise Refused("The days follow one another: opened, updates due, frozen, challenged, at the board.")
    said = check_words(name, "which month it is")
    if Cycle.objects.filter(name=said).exists():
        raise Refused(f"There is a cycle {said} already.")
    made = Cycle.objects.create(
        name=said,
        opened_on=opened_on,
        updates_due_on=updates_due_on,
        freeze_on=freeze_on,
        challenge_on=challenge_on,
        board_on=board_on,
    )
    record("cycle.opened", made, by=by, changes={"due": updates_due_on.isoformat()})
    return made


@service(Permission.UPDATE_ACTIONS)
def report(
    cycle: Cycle, action: Action, *, text: str, forecast_on: date, on: date | None = None, by: User
) -> Update:
    """The owner says in a cycle how an action goes on, and when it will be done."""
    check_live(action)
    if cycle.frozen_at is not None:
        raise Refused(f"{cycle.name} is frozen: write a note on the action, and report in the next cycle.")
    if Update.objects.filter(cycle=cycle, action=action).exists():
        raise Refused(f"Action {action.ref} has its update for {cycle.name}: write a note on it.")
    note = _note(action, text, on, by)
    if action.done_on is None and forecast_on != action.forecast_due_on:
        move_forecast(action, to=forecast_on, because=text, on=on, by=by)
    made = Update.objects.create(
        cycle=cycle, action=action, note=note, forecast_on=forecast_on, on=on or today(), by=by
    )
    record("cycle.update_given", ("action", action.ref), by=by, changes={"cycle": cycle.pk})
    return made


@service(Permission.EDIT_PLAN)
def freeze(cycle: Cycle, *, on: date | None = None, by: User) -> Cycle:
    """Keep how every action stands, so that what the board reads stays what it read."""
    if cycle.frozen_at is not None:
        raise Refused(f"{cycle.name} is frozen already.")
    day = check_not_ahead(on or today(), "The day it is frozen")
    if day < cycle.opened_on:
        raise Refused("A cycle cannot be frozen before it is opened.")
    came = set(cycle.updates.values_list("action_id", flat=True))
    cycle.snapshot = {
        one.action.ref: _kept(one.action, one.status.letter, one.status.reasons, one.action.pk in came)
        for one in standings(on=day)
    }
    cycle.frozen_at, cycle.frozen_on, cycle.frozen_by = now(), day, by
    cycle.save(update_fields=["snapshot", "frozen_at", "frozen_on", "frozen_by"])
    record("cycle.frozen", cycle, by=by, changes={"actions": len(cycle.snapshot), "updates": len(came)})
    return cycle


@service(Permission.EDIT_PLAN)
def put_challenge(
    cycle: Cycle, action: Action, *, question: str, on: date | None = None, by: User
) -> Challenge:
    """Put a question to an action once its month is frozen."""
    if cycle.frozen_at is None:
        raise Refused("Freeze the cycle first: what is challenged must stay what it was.")
    made = Challenge.objects.create(
        cycle=cycle,
        action=action,
        question=check_words(question, "what is asked"),
        asked_by=by,
        asked_on=on or today(),
    )
    record("cycle.challenged", ("action", action.ref), by=by, changes={"cycle": cycle.pk})
    return made


@service(Permission.UPDATE_ACTIONS)
def answer_challenge(challenge: Challenge, *, answer: str, on: date | None = None, by: User) -> Challenge:
    """Answer a question that was put to an action."""
    if challenge.answer:
        raise Refused("This question has been answered: put another one.")
    challenge.answer = check_words(answer, "the answer")
    challenge.answered_by, challenge.answered_on = by, on or today()
    challenge.save(update_fields=["answer", "answered_by", "answered_on"])
    changes = {"cycle": challenge.cycle_id}
    record("cycle.challenge_answered", ("action", challenge.action.ref), by=by, changes=changes)
    return challenge


@service(Permission.EDIT_PLAN)
def set_next_step(
    theme: Theme,
    *,
    text: str,
    due_on: date,
    action: Action | None = None,
    on: date | None = None,
    by: User,
) -> NextStep:
    """Set a priority of the next months. The next report must say what became of it."""
    made = NextStep.objects.create(
        theme=theme,
        action=action,
        text=check_words(text, "what comes next"),
        set_on=on or today(),
        due_on=due_on,
    )
    record("next_step.set", made, by=by, changes={"theme": theme.number, "due": due_on.isoformat()})
    return made


@service(Permission.UPDATE_ACTIONS)
def close_next_step(step: NextStep, *, outcome: str, said: str, on: date | None = None, by: User) -> NextStep:
    """Say what became of a priority."""
    if step.outcome:
        raise Refused("What became of it has been said already.")
    words = check_words(said, "what became of it")
    step.outcome, step.outcome_said = NextStep.Outcome(outcome), words
    step.outcome_on = on or today()
    step.save(update_fields=["outcome", "outcome_said", "outcome_on"])
    record("next_step.closed", step, by=by, changes={"outcome": outcome})
    return step


@service(Permission.EDIT_PLAN)
def approve_version(decision: Decision | None, *, summary: str, by: User) -> PlanVersion:
    """Keep the plan as a body approved it. Nothing changes that version afterwards."""
    agreed = check_in_favour(decision, "A version of the plan")
    if PlanVersion.objects.filter(decision=agreed).exists():
        raise Refused("That decision approved another version: each version has its own.")
    snapshot = as_it_stands()
    if not snapshot["actions"]:
        raise Refused("There is no action in the plan yet: there is nothing to approve.")
    latest = PlanVersion.objects.first()
    kept_as = digest(snapshot)
    if latest is not None and latest.digest == kept_as:
        raise Refused(f"Nothing differs from version {latest.number}: it stands as it was approved.")
    made = PlanVersion.objects.create(
        number=latest.number + 1 if latest else 1,
        decision=agreed,
        summary=check_words(summary, "what is new in it"),
        snapshot=snapshot,
        digest=kept_as,
        made_by=by,
        made_at=now(),
    )
    record("plan.version_approved", made, by=by, changes={"decision": agreed.pk, "digest": kept_as})
    return made


def _note(action: Action, text: str, on: date | None, by: User) -> ProgressNote:
    day = check_not_ahead(on or today(), "The day of a note")
    said = check_words(text, "how it goes on")
    return ProgressNote.objects.create(action=action, on=day, text=said, by=by, at=now())


def _kept(action: Action, letter: str, reasons: tuple[str, ...], has_update: bool) -> dict[str, Any]:
    return {
        "text": action.text,
        "lead": action.lead_post,
        "letter": letter,
        "reasons": list(reasons),
        "due": action.baseline_due_on.isoformat(),
        "forecast": action.forecast_due_on.isoformat(),
        "impact": action.impact,
        "has_update": has_update,
    }
