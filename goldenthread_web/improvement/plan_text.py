"""What does the plan say, all of it? Plain values to keep with a version, and what differs between two."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread_web.improvement.models import Action
from goldenthread_web.improvement.queries import actions, objectives

# What an action promises, by the word a reader knows it by. Statuses are no part of a promise.
FIELDS = {
    "objective": "Objective",
    "text": "Action",
    "intended_impact": "Intended impact on children",
    "lead_post": "Accountable lead",
    "delivery_post": "Delivery lead",
    "partner": "Partner agency",
    "starts_on": "Starts",
    "due_on": "Promised for",
    "recommendations": "Recommendations",
    "components": "Components",
    "enablers": "Enablers",
    "indicators": "Indicators",
    "milestones": "Milestones",
    "cost_line": "Cost line",
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs between two versions: what it is of, and both texts; blank: not there."""

    of: str  # Action 2.3.1
    what: str  # a label of FIELDS, or added, removed
    before: str
    after: str


def as_it_stands() -> dict[str, Any]:
    """The plan as promised now: its objectives and live actions by reference. Eight queries."""
    found = actions().prefetch_related(
        "recommendations", "components", "enablers", "indicators", "milestones"
    )
    return {
        "objectives": {
            one.ref: {
                "theme": f"{one.theme.number} {one.theme.title}",
                "text": one.text,
                "components": [component.number for component in one.components.all()],
            }
            for one in objectives()
        },
        "actions": {one.ref: _action(one) for one in found},
    }


def digest(snapshot: Mapping[str, Any]) -> str:
    """The same for the same plan, whatever the order of what was written."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What was added, removed or said otherwise, objectives first, in the order of the plans."""
    found = _compared("Objective", before["objectives"], after["objectives"], {"text": "Objective"})
    return found + _compared("Action", before["actions"], after["actions"], FIELDS)


def _action(one: Action) -> dict[str, Any]:
    # Without enablers it reads as versions did before there were any.
    enablers = [each.number for each in one.enablers.all()]
    return ({"enablers": enablers} if enablers else {}) | {
        "objective": one.objective.ref,
        "text": one.text,
        "intended_impact": one.intended_impact,
        "lead_post": one.lead_post,
        "delivery_post": one.delivery_post,
        "partner": one.partner,
        "starts_on": one.starts_on.isoformat(),
        "due_on": one.baseline_due_on.isoformat(),
        "recommendations": [each.ref for each in one.recommendations.all()],
        "components": [each.number for each in one.components.all()],
        "indicators": [f"{each.ref} {each.target}".strip() for each in one.indicators.all()],
        "milestones": [f"{each.baseline_on.isoformat()} {each.text}" for each in one.milestones.all()],
        "cost_line": one.cost_line,
    }


def _compared(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], fields: Mapping[str, str]
) -> list[Difference]:
    found = []
    for ref in dict.fromkeys((*before, *after)):
        of = f"{kind} {ref}"
        if ref not in after:
            found.append(Difference(of=of, what="Removed", before=before[ref]["text"], after=""))
        elif ref not in before:
            found.append(Difference(of=of, what="Added", before="", after=after[ref]["text"]))
        else:
            found += [
                Difference(
                    of=of,
                    what=label,
                    before=_said(before[ref].get(name)),
                    after=_said(after[ref].get(name)),
                )
                for name, label in fields.items()
                if before[ref].get(name) != after[ref].get(name)
            ]
    return found


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)
