"""What is written of twelve-week plans: deliverables, checkpoints, the weekly note, the close."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.checking import (
    check_indicator,
    check_live,
    check_not_ahead,
    check_words,
)
from goldenthread_web.improvement.evidence_services import add_evidence
from goldenthread_web.improvement.figures_kept import kept
from goldenthread_web.improvement.models import (
    Action,
    Checkpoint,
    Deliverable,
    Evidence,
    FocusTime,
    KeyIndicator,
    TwelveWeekPlan,
    WeeklyNote,
)
from goldenthread_web.improvement.models.twelve_weeks import WEEKS
from goldenthread_web.improvement.rules import rules
from goldenthread_web.inspections.models import Finding
from goldenthread_web.trail.recording import record

MONDAY = 0


@service(Permission.EDIT_PLAN)
def begin(
    *,
    title: str,
    cause: str,
    starts_on: date,
    finding: Finding | None = None,
    follows: TwelveWeekPlan | None = None,
    by: User,
) -> TwelveWeekPlan:
    """Begin twelve weeks on a Monday. What the plan before carried on becomes the first deliverables."""
    if starts_on.weekday() != MONDAY:
        raise Refused("Twelve weeks start on a Monday: choose one.")
    if follows is not None and follows.closed_on is None:
        raise Refused("Close the twelve-week plan before it first: what is carried on comes from there.")
    latest = TwelveWeekPlan.objects.first()
    made = TwelveWeekPlan.objects.create(
        number=latest.number + 1 if latest else 1,
        title=check_words(title, "what the twelve weeks are for"),
        cause=check_words(cause, "what made them needed"),
        starts_on=starts_on,
        finding=finding,
        follows=follows,
    )
    for one in follows.deliverables.filter(outcome=Deliverable.Outcome.CARRIED) if follows else ():
        Deliverable.objects.create(
            plan=made,
            action=one.action,
            text=one.text,
            lead_post=one.lead_post,
            week_due=WEEKS // 2,
            place=made.deliverables.count() + 1,
            carried_from=one,
        )
    record("twelve_weeks.begun", made, by=by, changes={"from": starts_on.isoformat()})
    return made


@service(Permission.EDIT_PLAN)
def add_deliverable(
    plan: TwelveWeekPlan, *, action: Action, text: str, lead_post: str, week_due: int, by: User
) -> Deliverable:
    """Say what will be there by the end of a week, for an action of the plan; so many are open at most."""
    _check_open(plan)
    check_live(action)
    if not 1 <= week_due <= WEEKS:
        raise Refused("A deliverable is due in week 1 to 12.")
    limit = rules().wip_limit
    if plan.deliverables.filter(done_on__isnull=True).count() >= limit:
        raise Refused(f"{limit} deliverables are open: finish or leave out one before you add another.")
    made = Deliverable.objects.create(
        plan=plan,
        action=action,
        text=check_words(text, "what will be there"),
        lead_post=check_words(lead_post, "which post leads"),
        week_due=week_due,
        place=plan.deliverables.count() + 1,
    )
    record("twelve_weeks.deliverable_added", made, by=by, changes={"action": action.ref, "week": week_due})
    return made


@service(Permission.UPDATE_ACTIONS)
def finish_deliverable(deliverable: Deliverable, *, on: date, result: str, by: User) -> Evidence:
    """A deliverable is there: what came of it stands as evidence at the action it was drawn from."""
    _check_open(deliverable.plan)
    check_not_ahead(on, "The day it was done")
    if deliverable.done_on is not None:
        raise Refused("It is done already.")
    made = add_evidence(
        deliverable.action,
        kind=Evidence.Kind.DELIVERABLE,
        text=check_words(result, "what came of it"),
        result=Evidence.Result.FOR,
        about_on=on,
        by=by,
    )
    deliverable.done_on, deliverable.evidence = on, made
    deliverable.save(update_fields=["done_on", "evidence"])
    changes = {"action": deliverable.action.ref, "evidence": made.pk}
    record("twelve_weeks.deliverable_done", deliverable, by=by, changes=changes)
    return made


@service(Permission.EDIT_PLAN)
def watch_indicator(
    plan: TwelveWeekPlan, ref: str, *, target: str, cadence: str = "monthly", by: User
) -> KeyIndicator:
    """Watch an indicator: its figure of week 0 is frozen, and its target of week 12 said."""
    _check_open(plan)
    check_indicator(ref)
    if plan.key_indicators.filter(ref=ref).exists():
        raise Refused(f"{ref} is watched already.")
    found = kept([ref], on=plan.starts_on - timedelta(days=1)).get(ref)
    if found is None:
        raise Refused(f"There is no figure of {ref} for week 0: load it first.")
    made = KeyIndicator.objects.create(
        plan=plan,
        ref=ref,
        baseline=asdict(found),
        target=check_words(target, "where it is to be in week 12"),
        cadence=cadence,
    )
    record("twelve_weeks.indicator_watched", plan, by=by, changes={"indicator": ref})
    return made


@service(Permission.EDIT_PLAN)
def hold_checkpoint(
    plan: TwelveWeekPlan, week: int, *, decided: str, held_on: date | None = None, by: User
) -> Checkpoint:
    """Every second week: keep the figures and the deliverables as they stand, and what was decided."""
    _check_open(plan)
    if week % 2 or not 2 <= week <= WEEKS:
        raise Refused("Checkpoints are held every second week: 2, 4, 6, 8, 10 and 12.")
    if plan.checkpoints.filter(week=week).exists():
        raise Refused(f"The checkpoint of week {week} has been held.")
    day = check_not_ahead(held_on or today(), "The checkpoint")
    if day < plan.starts_on:
        raise Refused("The twelve weeks have not begun on that day.")
    made = Checkpoint.objects.create(
        plan=plan,
        week=week,
        held_on=day,
        figures={ref: asdict(found) for ref, found in kept(_watched(plan), on=day).items()},
        deliverables=_deliverables_at(plan, week, day),
        decided=check_words(decided, "what was decided"),
        by=by,
    )
    record("twelve_weeks.checkpoint_held", made, by=by, changes={"plan": plan.number, "week": week})
    return made


@service(Permission.VERIFY_IMPACT)
def write_weekly_note(plan: TwelveWeekPlan, *, text: str, on: date | None = None, by: User) -> WeeklyNote:
    """The director's note of a week."""
    _check_open(plan)
    if by.role != "director":
        raise Refused("The weekly note is the director's of children's services.")
    day = check_not_ahead(on or today(), "The day of a note")
    week = plan.week_of(day)
    if week == 0:
        raise Refused("The twelve weeks have not begun yet.")
    made = WeeklyNote.objects.create(
        plan=plan, week=week, text=check_words(text, "how the week went"), on=day, by=by
    )
    record("twelve_weeks.noted", made, by=by, changes={"plan": plan.number, "week": week})
    return made


@service(Permission.EDIT_PLAN)
def sum_up_halfway(plan: TwelveWeekPlan, *, text: str, on: date | None = None, by: User) -> TwelveWeekPlan:
    """The summary of week 6, with the figures as they stand."""
    _check_open(plan)
    day = check_not_ahead(on or today(), "The summary")
    if plan.week_of(day) < WEEKS // 2:
        raise Refused("Half-way is week 6: it has not come yet.")
    if plan.midpoint_on is not None:
        raise Refused("The half-way summary has been written.")
    plan.midpoint, plan.midpoint_on = check_words(text, "how it stands half-way"), day
    found = kept(_watched(plan), on=day)
    plan.midpoint_figures = {ref: asdict(one) for ref, one in found.items()}
    plan.save(update_fields=["midpoint", "midpoint_on", "midpoint_figures"])
    record("twelve_weeks.summed_up", plan, by=by, changes={"week": plan.week_of(day)})
    return plan


@service(Permission.EDIT_PLAN)
def close(
    plan: TwelveWeekPlan,
    *,
    outcomes: Mapping[int, tuple[str, str]],
    learning: str,
    on: date | None = None,
    by: User,
) -> TwelveWeekPlan:
    """Close twelve weeks: of every open deliverable carried or dropped and why, and what was learnt.

    `outcomes`: by key of the deliverable, a code of Deliverable.Outcome and the reason.
    """
    _check_open(plan)
    day = check_not_ahead(on or today(), "The close")
    for one in plan.deliverables.all():
        if one.done_on is not None:
            one.outcome = Deliverable.Outcome.ACHIEVED
        else:
            said, because = outcomes.get(one.pk, ("", ""))
            if said not in (Deliverable.Outcome.CARRIED, Deliverable.Outcome.DROPPED):
                raise Refused(f"Say of “{one.text}” whether it is carried to the next plan or dropped.")
            one.outcome = Deliverable.Outcome(said)
            one.outcome_because = check_words(because, f"why “{one.text}” was not achieved")
        one.save(update_fields=["outcome", "outcome_because"])
    plan.closed_on, plan.learning = day, check_words(learning, "what was learnt")
    plan.version += 1
    plan.save(update_fields=["closed_on", "learning", "version"])
    record("twelve_weeks.closed", plan, by=by, changes={"number": plan.number})
    return plan


@service(Permission.EDIT_PLAN)
def set_focus_time(
    action: Action,
    *,
    team: str,
    on: date,
    task: str,
    plan: TwelveWeekPlan | None = None,
    result: str = "",
    by: User,
) -> FocusTime:
    """Give a team time out of the office for one task of improvement."""
    check_live(action)
    made = FocusTime.objects.create(
        action=action,
        plan=plan,
        team=check_words(team, "which team"),
        on=on,
        task=check_words(task, "what for"),
        result=result.strip(),
    )
    record("focus_time.set", made, by=by, changes={"action": action.ref, "on": on.isoformat()})
    return made


@service(Permission.UPDATE_ACTIONS)
def say_focus_result(focus: FocusTime, *, result: str, by: User) -> FocusTime:
    """Say what came of a team's time."""
    focus.result = check_words(result, "what came of it")
    focus.save(update_fields=["result"])
    record("focus_time.result_said", focus, by=by, changes={"action": focus.action.ref})
    return focus


def _check_open(plan: TwelveWeekPlan) -> None:
    if plan.closed_on is not None:
        raise Refused(f"{str(plan).capitalize()} is closed: nothing is added to it.")


def _watched(plan: TwelveWeekPlan) -> list[str]:
    return list(plan.key_indicators.values_list("ref", flat=True))


def _deliverables_at(plan: TwelveWeekPlan, week: int, day: date) -> dict[str, int]:
    found = list(plan.deliverables.all())
    due = [one for one in found if one.week_due <= week]
    done = [one for one in found if one.done_on is not None and one.done_on <= day]
    return {
        "all": len(found),
        "due": len(due),
        "done": len(done),
        "late": sum(one not in done for one in due),
    }
