"""What is written when a workbook is taken over? All of its rows, or none."""

import re
from datetime import date
from typing import Any

from django.db.models import TextChoices

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.improvement.cycle_services import add_note
from goldenthread_web.improvement.date_services import finish_milestone, move_forecast, report_trouble
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
from goldenthread_web.programme.models import Component, Enabler, Theme
from goldenthread_web.trail.recording import record

_OBJECTIVE = re.compile(r"(O?\d+\.\d+)\s+(.+)", re.DOTALL)
_INDICATOR = re.compile(
    r"(?P<ref>[^:]*):?(?P<target>.*?)(?: \(from (?P<baseline>.+?)(?: on (?P<day>\d{4}-\d{2}-\d{2}))?\))?"
)
_FIELDS = ("text", "intended_impact", "lead_post", "delivery_post", "partner", "cost_line")
_CHOICES: dict[str, type[TextChoices]] = {"origin": Action.Origin, "confidence": Action.Confidence}
_TROUBLE = ("blocked_because", "escalation", "recovery")


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
        components=_numbered(Component, said, "components"),
        enablers=_numbered(Enabler, said, "enablers"),
        **{"origin": Action.Origin.COUNCIL} | _said_of(said),
        by=by,
    )
    _set_indicators(action, said, by)
    for line in lines(said.get("milestones", "")):
        _add_milestone(action, line, due_on, by)
    _move(action, said, by)
    _note(action, said, by)


def _change(one: Proposed, by: User) -> None:
    action = Action.objects.get(ref=one.ref)
    said = one.values
    change_action(
        action,
        version=action.version,
        objective=action.objective,
        recommendations=_recommendations(said) if "recommendations" in said else action.recommendations.all(),
        components=_numbered(Component, said, "components")
        if "components" in said
        else action.components.all(),
        enablers=_numbered(Enabler, said, "enablers") if "enablers" in said else None,
        **_said_of(said),
        by=by,
    )
    action.refresh_from_db()
    _set_indicators(action, said, by)
    _move(action, said, by)
    _note(action, said, by)


def _said_of(said: dict[str, str]) -> dict[str, str]:
    """What is written on the action itself."""
    chosen = {
        name: next(value for value, label in choices.choices if label == said[name])
        for name, choices in _CHOICES.items()
        if name in said
    }
    return {name: said[name] for name in _FIELDS if name in said} | chosen


def _set_indicators(action: Action, said: dict[str, str], by: User) -> None:
    """Each line is a reference, a target and where it stood: CIN-02: 95% (from 61% on 2017-04-30)."""
    for line in lines(said.get("indicators", "")):
        found = _INDICATOR.fullmatch(line)
        if found is None or found["ref"].strip() not in catalogue():
            continue
        ref, kept = found["ref"].strip(), action.indicators.filter(ref=found["ref"].strip()).first()
        baseline, day = found["baseline"] or "", found["day"]
        if not day:  # without its day it is no baseline; one that is kept stays
            baseline, day = (kept.baseline, kept.baseline_on) if kept else ("", None)
        set_indicator(
            action,
            ref,
            target=found["target"].strip(),
            baseline=baseline,
            baseline_on=date.fromisoformat(day) if isinstance(day, str) else day,
            is_of_impact=kept.is_of_impact if kept else True,
            by=by,
        )


def _add_milestone(action: Action, line: str, due_on: date, by: User) -> None:
    """Its words, and behind a bar the day promised; then the day it was done, or another expected."""
    text, _, day = line.partition(" | ")
    promised, _, then = day.partition(" | ")
    on = as_day(promised, {})
    if on is None:
        add_milestone(action, text=line, baseline_on=due_on, by=by)
        return
    what, _, when = then.partition(" ")
    later = as_day(when, {})
    made = add_milestone(
        action, text=text, baseline_on=on, forecast_on=later if what == "expected" else None, by=by
    )
    if what == "done" and later is not None:
        finish_milestone(made, on=later, by=by)


def _move(action: Action, said: dict[str, str], by: User) -> None:
    """Another day expected; what stands in its way."""
    if "forecast_on" in said and date.fromisoformat(said["forecast_on"]) != action.forecast_due_on:
        to = date.fromisoformat(said["forecast_on"])
        move_forecast(action, to=to, because="As the workbook says.", by=by)
    if any(name in said for name in _TROUBLE):
        trouble = {name: said.get(name, getattr(action, name)) for name in _TROUBLE}
        agreed = action.recovery_decision
        report_trouble(action, version=action.version, decision=agreed, **trouble, by=by)


def _note(action: Action, said: dict[str, str], by: User) -> None:
    """What the workbook says of status and outcome: words, for a status is worked out."""
    words = [said[name] for name in ("progress", "status", "outcome") if said.get(name)]
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
    serves = _numbered(Component, said, "components") or list(theme.components.all())
    return add_objective(ref, theme=theme, text=text, components=serves, by=by)


def _recommendations(said: dict[str, str]) -> list[Recommendation]:
    wanted = said.get("recommendations", "").split("; ")
    return [one for one in Recommendation.objects.all() if one.ref in wanted]


def _numbered(what: type[Component] | type[Enabler], said: dict[str, str], name: str) -> list[Any]:
    wanted = [one for one in said.get(name, "").split("; ") if one]
    return list(what.objects.filter(number__in=wanted))
