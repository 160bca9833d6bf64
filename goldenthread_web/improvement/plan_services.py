"""What is written of the plan itself: objectives, actions, their indicators and milestones."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.checking import check_indicator, check_live, check_ref, check_words
from goldenthread_web.improvement.models import Action, ActionIndicator, Disposition, Milestone, Objective
from goldenthread_web.inspections.letter_services import note_answer
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.programme.models import Component, Enabler, Theme
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

# What a form may say of an action besides what every action must have.
MORE = frozenset(
    {
        "origin", "lead", "delivery_post", "delivery_lead", "partner", "confidence", "cost_line",
        "outside_decision", "outside_body", "outside_due_on", "outside_decided_on",
        "is_expected_to_worsen_first", "place",
    }
)  # fmt: skip


@service(Permission.EDIT_PLAN)
def add_objective(
    ref: str, *, theme: Theme, text: str, components: Iterable[Component], place: int | None = None, by: User
) -> Objective:
    """Add an objective to a theme; it serves at least one component of a good service."""
    check_ref(ref)
    if Objective.objects.filter(ref=ref).exists():
        raise Refused(f"There is an objective {ref} already: give this one another reference.")
    serves = _components(components)
    made = Objective.objects.create(
        ref=ref,
        theme=theme,
        text=check_words(text, "what will be true"),
        place=Objective.objects.count() + 1 if place is None else place,
    )
    made.components.set(serves)
    record("objective.added", ("objective", ref), by=by, changes={"theme": theme.number})
    return made


@service(Permission.EDIT_PLAN)
def change_objective(
    objective: Objective, *, version: int, theme: Theme, text: str, components: Iterable[Component], by: User
) -> Objective:
    """Say an objective otherwise. Raises SavedMeanwhile if somebody else did so first."""
    stored = Objective.objects.select_for_update().get(pk=objective.pk)
    check(stored, version)
    serves = _components(components)
    stored.theme, stored.text = theme, check_words(text, "what will be true")
    stored.version += 1
    stored.save()
    stored.components.set(serves)
    record("objective.changed", ("objective", stored.ref), by=by, changes={"version": stored.version})
    return stored


@service(Permission.EDIT_PLAN)
def add_action(
    ref: str,
    *,
    objective: Objective,
    text: str,
    intended_impact: str,
    lead_post: str,
    starts_on: date,
    baseline_due_on: date,
    recommendations: Iterable[Recommendation] = (),
    components: Iterable[Component] = (),
    enablers: Iterable[Enabler] = (),
    by: User,
    **more: Any,
) -> Action:
    """Promise something. The day promised is the first forecast too; both are kept from here on."""
    check_ref(ref)
    if Action.objects.filter(ref=ref).exists():
        raise Refused(f"There is an action {ref} already: give this one another reference.")
    _check_days(starts_on, baseline_due_on)
    made = Action(
        ref=ref,
        objective=objective,
        starts_on=starts_on,
        baseline_due_on=baseline_due_on,
        forecast_due_on=baseline_due_on,
        place=more.pop("place", None) or Action.objects.count() + 1,
    )
    _put(made, {"text": text, "intended_impact": intended_impact, "lead_post": lead_post} | more)
    made.save()
    made.recommendations.set(recommendations)
    made.components.set(components)
    made.enablers.set(enablers)
    record("action.added", ("action", ref), by=by, changes={"due": baseline_due_on.isoformat()})
    return made


@service(Permission.EDIT_PLAN)
def change_action(
    action: Action,
    *,
    version: int,
    objective: Objective,
    recommendations: Iterable[Recommendation],
    components: Iterable[Component],
    enablers: Iterable[Enabler] | None = None,
    by: User,
    **said: Any,
) -> Action:
    """Say an action otherwise. Its days are moved by `date_services` alone, never here.

    `enablers`: None leaves them as they are. Raises SavedMeanwhile if somebody else changed it first.
    """
    stored = Action.objects.select_for_update().get(pk=action.pk)
    check(stored, version)
    stored.objective = objective
    _put(stored, said)
    stored.version += 1
    stored.save()
    stored.recommendations.set(recommendations)
    stored.components.set(components)
    if enablers is not None:
        stored.enablers.set(enablers)
    record("action.changed", ("action", stored.ref), by=by, changes={"version": stored.version})
    return stored


@service(Permission.EDIT_PLAN)
def withdraw_action(action: Action, *, because: str, by: User, on: date | None = None) -> None:
    """Promise it no longer; it stays to be read, with the reason. Findings it answered are open again."""
    check_live(action)
    words = check_words(because, "why it is withdrawn")
    action.withdrawn_on, action.withdrawn_because = on or today(), words
    action.version += 1
    action.save(update_fields=["withdrawn_on", "withdrawn_because", "version"])
    record("action.withdrawn", ("action", action.ref), by=by)
    for answered in Disposition.objects.filter(action=action).select_related("finding"):
        note_answer(answered.finding, on=None, by=by)


@service(Permission.EDIT_PLAN)
def set_indicator(
    action: Action,
    ref: str,
    *,
    target: str = "",
    baseline: str = "",
    baseline_on: date | None = None,
    is_of_impact: bool = True,
    by: User,
) -> ActionIndicator:
    """Say by which indicator an action is tested, where that stood and where it is to go."""
    check_indicator(ref)
    if baseline and baseline_on is None:
        raise Refused("Say on which day the indicator stood at its baseline.")
    found, _ = ActionIndicator.objects.update_or_create(
        action=action,
        ref=ref,
        defaults={
            "target": target.strip(),
            "baseline": baseline.strip(),
            "baseline_on": baseline_on,
            "is_of_impact": is_of_impact,
        },
    )
    record("action.indicator_set", ("action", action.ref), by=by, changes={"indicator": ref})
    return found


@service(Permission.EDIT_PLAN)
def drop_indicator(action: Action, ref: str, *, by: User) -> None:
    """Test an action by an indicator no longer."""
    gone, _ = ActionIndicator.objects.filter(action=action, ref=ref).delete()
    if not gone:
        raise Refused(f"Action {action.ref} is not tested by {ref}.")
    record("action.indicator_dropped", ("action", action.ref), by=by, changes={"indicator": ref})


@service(Permission.EDIT_PLAN)
def add_milestone(
    action: Action, *, text: str, baseline_on: date, forecast_on: date | None = None, by: User
) -> Milestone:
    """Promise a step of an action for a day, which is its first forecast too."""
    check_live(action)
    if baseline_on < action.starts_on:
        raise Refused("A milestone cannot be due before its action starts.")
    made = Milestone.objects.create(
        action=action,
        text=check_words(text, "what will be there"),
        baseline_on=baseline_on,
        forecast_on=forecast_on or baseline_on,
        place=action.milestones.count() + 1,
    )
    changes = {"action": action.ref, "due": baseline_on.isoformat()}
    record("milestone.added", made, by=by, changes=changes)
    return made


def _put(action: Action, said: dict[str, Any]) -> None:
    """Write what was said of an action on it, once it is right."""
    needed = {
        "text": "what will be done",
        "intended_impact": "what will be better for children: an action without it is a task",
        "lead_post": "which post answers for it",
    }
    for name, what in needed.items():
        if name in said:
            setattr(action, name, check_words(said[name], what))
    unknown = set(said) - set(needed) - MORE
    if unknown:
        raise TypeError(f"Not of an action: {sorted(unknown)}")
    for name in MORE & set(said):
        setattr(action, name, said[name])
    if action.outside_decision and not action.outside_body:
        raise Refused("Say who must make the decision that the action waits for.")
    if action.outside_decision and not (action.outside_due_on or action.outside_decided_on):
        raise Refused("Say when that decision is expected: without a day nobody sees that it is late.")


def _components(components: Iterable[Component]) -> list[Component]:
    found = list(components)
    if not found:
        raise Refused("Name at least one component of a good service that the objective serves.")
    return found


def _check_days(starts_on: date, due_on: date) -> None:
    if due_on < starts_on:
        raise Refused("An action cannot be due before it starts.")
