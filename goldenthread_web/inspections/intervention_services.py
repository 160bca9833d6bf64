"""What is written of the intervention: conditions, reviews, the rung; and of the help of partners."""

from datetime import date
from decimal import Decimal

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.inspections.frames import ladder, partner_areas
from goldenthread_web.inspections.models import (
    Condition,
    ConditionState,
    Engagement,
    Intervention,
    Review,
    Rung,
)
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.EDIT_PLAN)
def enter_intervention(
    *, title: str, issued_on: date, rung: str, reference: str = "", adviser: str = "", by: User
) -> Intervention:
    """Enter a notice or direction, and the rung of the ladder it stands on."""
    if Intervention.objects.filter(ended_on__isnull=True).exists():
        raise Refused("An intervention is in force: end that one first, or move it on the ladder.")
    if issued_on > today():
        raise Refused("A notice is entered once it was issued: the day lies ahead.")
    made = Intervention.objects.create(
        title=title.strip(), issued_on=issued_on, reference=reference, adviser=adviser
    )
    record("intervention.entered", made, by=by, changes={"issued_on": issued_on.isoformat()})
    _move(made, rung, issued_on, "As it was issued.", by)
    return made


@service(Permission.EDIT_PLAN)
def move_on_ladder(intervention: Intervention, *, rung: str, since_on: date, because: str, by: User) -> Rung:
    """Say that the intervention went up or down the ladder, since when and why."""
    if len(because.strip()) < 10:
        raise Refused("Say in a sentence why it moved, and where that is written.")
    last = intervention.rungs.first()
    if last is not None and since_on < last.since_on:
        raise Refused("It moved after the move before: check the day.")
    if last is not None and last.code == rung:
        raise Refused("It stands on that rung already.")
    if since_on > today():
        raise Refused("A move is entered once it was made: the day lies ahead.")
    return _move(intervention, rung, since_on, because.strip(), by)


@service(Permission.EDIT_PLAN)
def end_intervention(intervention: Intervention, *, ended_on: date, version: int, by: User) -> Intervention:
    """Say that the intervention was lifted, and when."""
    found = Intervention.objects.select_for_update().get(pk=intervention.pk)
    check(found, version)
    if found.ended_on:
        raise Refused("It was lifted before.")
    if not found.issued_on <= ended_on <= today():
        raise Refused("It was lifted after it was issued, and not later than today: check the day.")
    found.ended_on, found.version = ended_on, found.version + 1
    found.save()
    record("intervention.ended", found, by=by, changes={"on": ended_on.isoformat()})
    return found


@service(Permission.EDIT_PLAN)
def add_condition(
    intervention: Intervention, *, number: int, text: str, post: str, due_on: date | None = None, by: User
) -> Condition:
    """Add a condition; it is open until evidence says otherwise."""
    if Condition.objects.filter(intervention=intervention, number=number).exists():
        raise Refused(f"There is a condition {number} already: give it another number.")
    made = Condition.objects.create(
        intervention=intervention, number=number, text=text.strip(), post=post.strip(), due_on=due_on
    )
    record("condition.added", made, by=by, changes={"number": number})
    return made


@service(Permission.EDIT_PLAN)
def set_condition_state(
    condition: Condition, *, state: str, on: date, evidence: str, by: User
) -> ConditionState:
    """Say how a condition stands, and what shows it. What was said before stays beneath."""
    if state not in ConditionState.State.values:
        raise Refused("Choose whether the condition is met, partly met or not met yet.")
    if len(evidence.strip()) < 10:
        raise Refused("Say in a sentence what shows it.")
    if on > today():
        raise Refused("Say how it stands, not how it will: the day lies ahead.")
    last = condition.states.first()
    if last is not None and on < last.on:
        raise Refused("Something later was said about this condition already: check the day.")
    made = ConditionState.objects.create(
        condition=condition,
        state=state,
        on=on,
        evidence=evidence.strip(),
        recorded_by=by,
        recorded_at=now(),
    )
    record("condition.judged", condition, by=by, changes={"state": state, "on": on.isoformat()})
    return made


@service(Permission.EDIT_PLAN)
def plan_review(intervention: Intervention, *, planned_on: date, reviewer: str = "", by: User) -> Review:
    """Put a review with the Department for Education into the calendar."""
    if Review.objects.filter(intervention=intervention, planned_on=planned_on).exists():
        raise Refused("A review is planned for that day already.")
    made = Review.objects.create(intervention=intervention, planned_on=planned_on, reviewer=reviewer)
    record("dfe_review.planned", made, by=by, changes={"on": planned_on.isoformat()})
    return made


@service(Permission.EDIT_PLAN)
def hold_review(
    review: Review,
    *,
    held_on: date,
    reviewer: str,
    said: str,
    source: str,
    next_on: date | None = None,
    by: User,
) -> Review:
    """Write down what was said at a review, where that is written, and when the next one is."""
    if review.held_on:
        raise Refused("What was said at this review is written down already.")
    if held_on > today():
        raise Refused("A review is written down once it was held: the day lies ahead.")
    if not said.strip() or not source.strip():
        raise Refused("Write what was said, and where that is written: a letter, a minute.")
    if next_on and next_on <= held_on:
        raise Refused("The next review comes after this one.")
    review.held_on, review.reviewer = held_on, reviewer.strip()
    review.said, review.source, review.next_on = said.strip(), source.strip(), next_on
    review.save()
    record("dfe_review.held", review, by=by, changes={"on": held_on.isoformat()})
    return review


@service(Permission.EDIT_PLAN)
def keep_engagement(
    engagement: Engagement | None = None,
    *,
    partner: str,
    area: str,
    starts_on: date,
    ends_on: date | None = None,
    visits: int = 0,
    days: Decimal = Decimal(0),
    advice: str = "",
    action_ref: str = "",
    reported_on: date | None = None,
    shared_with_dfe_on: date | None = None,
    version: int | None = None,
    by: User,
) -> Engagement:
    """Enter the help of another council, or what became of it. `version`: as it was read."""
    if area not in partner_areas():
        raise Refused("Choose what the partner helps with from the list.")
    if ends_on and ends_on < starts_on:
        raise Refused("The help ends on or after the day it starts.")
    if shared_with_dfe_on and not reported_on:
        raise Refused("What is shared with the department is a report: give its day.")
    if reported_on and shared_with_dfe_on and shared_with_dfe_on < reported_on:
        raise Refused("A report is shared on or after its day.")
    found = engagement or Engagement()
    if engagement is not None:
        found = Engagement.objects.select_for_update().get(pk=engagement.pk)
        check(found, version)
        found.version += 1
    found.partner, found.area, found.starts_on, found.ends_on = partner.strip(), area, starts_on, ends_on
    found.visits, found.days, found.advice = visits, days, advice.strip()
    found.action_ref, found.reported_on = action_ref.strip(), reported_on
    found.shared_with_dfe_on = shared_with_dfe_on
    found.save()
    what = "engagement.entered" if engagement is None else "engagement.changed"
    record(what, found, by=by, changes={"area": area})
    return found


def _move(intervention: Intervention, rung: str, since_on: date, because: str, by: User) -> Rung:
    if rung not in ladder():
        raise Refused("Choose a rung of the ladder.")
    made = Rung.objects.create(
        intervention=intervention,
        code=rung,
        since_on=since_on,
        because=because,
        recorded_by=by,
        recorded_at=now(),
    )
    record("intervention.moved", intervention, by=by, changes={"rung": rung, "since": since_on.isoformat()})
    return made
