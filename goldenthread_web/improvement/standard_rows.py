"""What do figures read of the plan? Its actions, and what became of the inspectors' recommendations."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from goldenthread_web.config.clock import london
from goldenthread_web.improvement.models import Action, DateChange, Deliverable, Evidence
from goldenthread_web.improvement.queries import versions
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.inspections.queries import recommendations as every_recommendation
from goldenthread_web.trail.queries import Asked, events

_SAID_AT_RISK = ("A", "R")  # a status said by hand


def plan_actions() -> Iterator[dict[str, Any]]:
    """Every action of the plan and every deliverable of a twelve-week plan, withdrawn ones too.

    An action whose promised day a body moved has a row for each day promised, in the plan while it was.
    """
    actions = {one.pk: one for one in _actions()}
    added = _added_on()
    for one in actions.values():
        yield from _by_promise({**_of_plan(one), "added_on": added.get(one.ref)}, one.date_changes.all())
    for deliverable in Deliverable.objects.select_related("plan", "evidence"):
        yield _of_twelve_weeks(deliverable, actions[deliverable.action_id])


def recommendations() -> Iterator[dict[str, Any]]:
    """The recommendations of every inspection that was published: the figure says which is in force.

    One is closed on the day the last action that answers it was done, and verified on the day from which
    each of those actions has evidence that somebody else confirmed. Without an action it is neither.
    """
    answering: dict[int, list[Action]] = {}
    for action in _actions().filter(withdrawn_on__isnull=True):
        for answered in action.recommendations.all():
            answering.setdefault(answered.pk, []).append(action)
    for one in every_recommendation().filter(inspection__published_on__isnull=False):
        actions = answering.get(one.pk, [])
        yield {
            "recommendation_id": _recommendation_id(one),
            "source": str(one.inspection),
            "published_on": one.inspection.published_on,
            "closed_on": _last([action.done_on for action in actions]),
            "verified_on": _last([_confirmed_on(action) for action in actions]),
        }


def _actions() -> "QuerySet[Action]":
    return Action.objects.select_related("objective__theme").prefetch_related(
        "components",
        "objective__components",
        "recommendations__inspection",
        "stage_aims__stage",
        "evidence",
        "embeddings",
        Prefetch(
            "date_changes", DateChange.objects.filter(which="baseline", milestone=None).order_by("at", "pk")
        ),
    )


def _by_promise(row: dict[str, Any], moved: Iterable[DateChange]) -> Iterator[dict[str, Any]]:
    """The rows of an action: each day promised while it was in force, the one of now last."""
    since = row["added_on"]
    for change in moved:
        if since is None or since < change.on:
            until = {"due_on": change.before, "added_on": since, "withdrawn_on": change.on}
            yield {**row, "action_id": f"{row['action_id']} until {change.on.isoformat()}", **until}
            since = change.on
    yield {**row, "added_on": since}


def _of_plan(action: Action) -> dict[str, Any]:
    return {
        "action_id": f"plan:{action.ref}",
        "kind": "plan",
        **_belonging(action),
        "owner": action.lead_post,
        "due_on": action.baseline_due_on,
        "status": _status(action),
        "withdrawn_on": action.withdrawn_on,
        "completed_on": action.done_on,
        "evidence_verified_on": _confirmed_on(action),
        "reopened_on": _fell_back_on(action),
    }


def _of_twelve_weeks(deliverable: Deliverable, action: Action) -> dict[str, Any]:
    """A deliverable that was carried on was promised and is not done; one that was dropped is withdrawn."""
    status = "open" if deliverable.done_on is None else "complete"
    if deliverable.outcome == Deliverable.Outcome.DROPPED:
        status = "withdrawn"
    pieces = [] if deliverable.evidence is None else [deliverable.evidence]
    return {
        "action_id": f"twelve_week:{deliverable.plan.number}.{deliverable.place}:{deliverable.pk}",
        "kind": "twelve_week",
        **_belonging(action),
        "owner": deliverable.lead_post,
        "due_on": deliverable.plan.week_ends_on(deliverable.week_due),
        "status": status,
        "added_on": deliverable.plan.starts_on,
        "withdrawn_on": deliverable.plan.closed_on if status == "withdrawn" else None,
        "completed_on": deliverable.done_on,
        "evidence_verified_on": _verified_on(pieces),
    }


def _belonging(action: Action) -> dict[str, Any]:
    """What an action answers, serves and belongs to; of several the first."""
    answered = sorted(action.recommendations.all(), key=lambda one: (one.inspection_id, one.number))
    served = sorted(action.components.all() or action.objective.components.all(), key=lambda one: one.number)
    stages = sorted((aim.stage for aim in action.stage_aims.all()), key=lambda one: one.number)
    return {
        "recommendation_id": _recommendation_id(answered[0]) if answered else None,
        "theme": str(action.objective.theme),
        "component": str(served[0]) if served else None,
        "stage": str(stages[0]) if stages else None,
    }


def _added_on() -> dict[str, date]:
    """Since when each action is in the plan: since the first version that holds it was approved.

    One that no version holds yet is in it since somebody added it; while there is no version, it always was.
    """
    found: dict[str, date] = {}
    for version in versions().order_by("number"):
        for ref in version.snapshot["actions"]:
            found.setdefault(ref, version.decision.decided_on)
    if found:
        for ref, moment in events(Asked(what="action.added")).values_list("about_key", "at"):
            found.setdefault(ref, london(moment).date())
    return found


def _status(action: Action) -> str:
    """Where it stands as somebody says it; how it goes otherwise follows from its days."""
    if action.withdrawn_on is not None:
        return "withdrawn"
    if action.done_on is not None:
        return "complete"
    is_at_risk = action.override in _SAID_AT_RISK or bool(action.blocked_because)
    return "at_risk" if is_at_risk else "open"


def _recommendation_id(one: Recommendation) -> str:
    return f"{one.inspection.starts_on:%Y-%m}-{one.ref}"


def _confirmed_on(action: Action) -> date | None:
    """The first day on which somebody else confirmed evidence of it: a piece, or that it is embedded."""
    awarded = [one.awarded_on for one in action.embeddings.all()]
    return min(filter(None, [_verified_on(action.evidence.all()), *awarded]), default=None)


def _verified_on(pieces: Iterable[Evidence]) -> date | None:
    moments = [one.verified_at for one in pieces if one.verified_at is not None]
    return london(min(moments)).date() if moments else None


def _fell_back_on(action: Action) -> date | None:
    """The day on which it was said to be embedded no longer, unless it is again."""
    awards = sorted(action.embeddings.all(), key=lambda one: (one.awarded_at, one.pk))
    return awards[-1].reverted_on if awards else None


def _last(days: list[date | None]) -> date | None:
    """The last of some days, where each is known."""
    known = [day for day in days if day is not None]
    return max(known) if days and len(known) == len(days) else None
