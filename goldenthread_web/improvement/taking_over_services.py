"""What is written when a workbook is taken over? All of its rows, or none."""

import re
from datetime import date

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.improvement.cycle_services import add_note
from goldenthread_web.improvement.date_services import move_forecast
from goldenthread_web.improvement.models import Action, Objective
from goldenthread_web.improvement.plan_services import (
    add_action,
    add_milestone,
    add_objective,
    change_action,
    set_indicator,
)
from goldenthread_web.improvement.taking_over import Proposal, Proposed
from goldenthread_web.improvement.workbook_reading import as_day, lines
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.programme.models import Component, Theme
from goldenthread_web.trail.recording import record

_OBJECTIVE = re.compile(r"(O?\d+\.\d+)\s+(.+)", re.DOTALL)
_FIELDS = ("text", "intended_impact", "lead_post", "delivery_post", "partner", "cost_line")


@service(Permission.EDIT_PLAN)
def take_over(proposal: Proposal, *, by: User) -> tuple[int, int]:
    """Do what a workbook proposes; how many actions are new, and how many are said otherwise."""
    if proposal.problems:
        raise Refused(f"Nothing was taken over: {proposal.problems[0]}")
    for one in proposal.new:
        _add(one, by)
    for one in proposal.changed:
        _change(one, by)
    counts = {"new": len(proposal.new), "changed": len(proposal.changed)}
    record("plan.taken_over", by=by, changes=counts)
    return len(proposal.new), len(proposal.changed)


@service(Permission.SEE_PLAN)
def note_export(actions: int, *, by: User) -> None:
    """The plan leaves as a file."""
    record("plan.exported", by=by, changes={"actions": actions})


def _add(one: Proposed, by: User) -> None:
    said = one.values
    due_on = date.fromisoformat(said["due_on"])
    action = add_action(
        one.ref,
        objective=_objective(one, by),
        starts_on=min(date.fromisoformat(said["starts_on"]), due_on),
        baseline_due_on=due_on,
        recommendations=_recommendations(said),
        components=_components(said),
        origin=Action.Origin.COUNCIL,
        **{name: said[name] for name in _FIELDS if name in said},
        by=by,
    )
    for line in lines(said.get("indicators", "")):
        ref, _, target = line.partition(":")
        if ref.strip() in catalogue():
            set_indicator(action, ref.strip(), target=target, by=by)
    for line in lines(said.get("milestones", "")):
        text, _, day = line.rpartition("|")
        on = as_day(day, {}) if text else None
        add_milestone(action, text=(text if on else line).strip(), baseline_on=on or due_on, by=by)
    if "forecast_on" in said and said["forecast_on"] != said["due_on"]:
        move_forecast(
            action, to=date.fromisoformat(said["forecast_on"]), because="As the workbook says.", by=by
        )
    _note(action, said, by)


def _change(one: Proposed, by: User) -> None:
    action = Action.objects.get(ref=one.ref)
    said = one.values
    change_action(
        action,
        version=action.version,
        objective=action.objective,
        recommendations=_recommendations(said) if "recommendations" in said else action.recommendations.all(),
        components=_components(said) if "components" in said else action.components.all(),
        **{name: said[name] for name in _FIELDS if name in said},
        by=by,
    )
    action.refresh_from_db()
    for line in lines(said.get("indicators", "")):
        ref, _, target = line.partition(":")
        if ref.strip() in catalogue():
            kept = action.indicators.filter(ref=ref.strip()).first()
            set_indicator(
                action,
                ref.strip(),
                target=target,
                baseline=kept.baseline if kept else "",
                baseline_on=kept.baseline_on if kept else None,
                is_of_impact=kept.is_of_impact if kept else True,
                by=by,
            )
    if "forecast_on" in said:
        move_forecast(
            action, to=date.fromisoformat(said["forecast_on"]), because="As the workbook says.", by=by
        )
    _note(action, said, by)


def _note(action: Action, said: dict[str, str], by: User) -> None:
    """What the workbook says of status and outcome: words, for a status is worked out."""
    words = [said[name] for name in ("status", "outcome") if said.get(name)]
    if words:
        add_note(action, text="\n".join(words), by=by)


def _objective(one: Proposed, by: User) -> Objective:
    """The objective the row names, or the one its reference belongs to; made where there is none."""
    said, theme = one.values, Theme.objects.get(number=int(one.values["theme"]))
    named = _OBJECTIVE.match(said.get("objective", ""))
    parts = one.ref.split(".")
    number = named[1].lstrip("O") if named else f"{theme.number}.{parts[1] if len(parts) > 2 else 0}"
    ref = f"O{number}"
    found = Objective.objects.filter(ref=ref).first()
    if found is not None:
        return found
    text = named[2] if named else said.get("objective") or f"As the plan taken over says under {number}."
    serves = _components(said) or list(theme.components.all())
    return add_objective(ref, theme=theme, text=text, components=serves, by=by)


def _recommendations(said: dict[str, str]) -> list[Recommendation]:
    wanted = said.get("recommendations", "").split("; ")
    return [one for one in Recommendation.objects.all() if one.ref in wanted]


def _components(said: dict[str, str]) -> list[Component]:
    wanted = [one for one in said.get("components", "").split("; ") if one]
    return list(Component.objects.filter(number__in=wanted))
