"""Reads of the plan: objectives, actions, milestones, versions, cycles, next steps."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from goldenthread_web.improvement.models import (
    Action,
    ActionIndicator,
    Cycle,
    Disposition,
    Embedding,
    Evidence,
    GateReview,
    Milestone,
    NextStep,
    Objective,
    PlanVersion,
    ProgressNote,
    Stage,
    TwelveWeekPlan,
)


def objectives() -> "QuerySet[Objective]":
    """The objectives in the order of the plan, each with its theme and components."""
    return Objective.objects.select_related("theme").prefetch_related("components")


def actions() -> "QuerySet[Action]":
    """Every action that is still promised, in the order of the plan, with its objective and theme."""
    return all_actions().filter(withdrawn_on__isnull=True)


def all_actions() -> "QuerySet[Action]":
    """Every action, also those withdrawn. `pieces`: how much evidence each has."""
    found = Action.objects.select_related("objective__theme", "lead", "delivery_lead", "impact_by")
    return found.annotate(pieces=pieces_of())


def pieces_of() -> Subquery:
    """How many pieces of evidence an action has, as part of the query that reads it."""
    found = Evidence.objects.filter(action=OuterRef("pk")).order_by().values("action")
    return Subquery(found.annotate(count=Count("pk")).values("count"))


def action(ref: str) -> Action | None:
    """The action of a reference; None: there is none."""
    agreed = ("sign_off__body", "recovery_decision__body")
    return all_actions().select_related(*agreed).filter(ref=ref).first()


def milestones(*, from_on: date | None = None, to: date | None = None) -> "QuerySet[Milestone]":
    """Milestones of live actions by the day they are expected, between two days where they are named.

    A milestone that is done counts on the day it was done.
    """
    found = Milestone.objects.select_related("action__objective__theme").filter(
        action__withdrawn_on__isnull=True
    )
    if from_on is not None:
        found = found.filter(Q(done_on__gte=from_on) | Q(done_on__isnull=True, forecast_on__gte=from_on))
    if to is not None:
        found = found.filter(Q(done_on__lte=to) | Q(done_on__isnull=True, forecast_on__lte=to))
    return found.order_by("forecast_on", "action__ref", "place", "id")


def next_steps(*, on: date | None = None) -> "QuerySet[NextStep]":
    """Priorities set so far, by theme and day; up to a day where one is named."""
    found = NextStep.objects.select_related("theme", "action")
    return found if on is None else found.filter(set_on__lte=on)


def notes_of_days(since: date, to: date) -> "QuerySet[ProgressNote]":
    """What was written of each live action in some days, the latest last, with the `action_ref`."""
    found = ProgressNote.objects.filter(on__range=(since, to), action__withdrawn_on__isnull=True)
    return found.annotate(action_ref=F("action__ref")).order_by("on", "id")


def tested_by(refs: Iterable[str]) -> dict[str, frozenset[str]]:
    """The references of the live actions that each of some indicators tests."""
    found = defaultdict(set)
    links = ActionIndicator.objects.filter(ref__in=list(refs), action__withdrawn_on__isnull=True)
    for ref, action_ref in links.values_list("ref", "action__ref"):
        found[ref].add(action_ref)
    return {ref: frozenset(actions) for ref, actions in found.items()}


def evidence() -> "QuerySet[Evidence]":
    """Every piece of evidence, the latest it is about first."""
    return Evidence.objects.select_related("action", "added_by", "verified_by")


def embeddings() -> "QuerySet[Embedding]":
    """Every award of embedded, the latest first."""
    return Embedding.objects.select_related("action", "awarded_by").prefetch_related("evidence")


def versions() -> "QuerySet[PlanVersion]":
    """Every version of the plan that a body approved, the newest first."""
    return PlanVersion.objects.select_related("decision__body", "made_by")


def cycles() -> "QuerySet[Cycle]":
    """Every monthly cycle, the latest first."""
    return Cycle.objects.all()


def cycle_of(day: date) -> Cycle | None:
    """The cycle under way on a day: the latest opened on or before it; None: none was."""
    return Cycle.objects.filter(opened_on__lte=day).first()


def stages() -> "QuerySet[Stage]":
    """The stages of the programme in order."""
    return Stage.objects.prefetch_related("aims__actions", "aims__carried_from")


def stage_of(day: date) -> Stage | None:
    """The stage that holds a day; None: none does."""
    return Stage.objects.filter(starts_on__lte=day, ends_on__gte=day).first()


def gates() -> "QuerySet[GateReview]":
    """Every review at the end of a stage, by day."""
    return GateReview.objects.select_related("stage", "decision__body", "by")


def twelve_week_plans() -> "QuerySet[TwelveWeekPlan]":
    """Every twelve-week plan, the newest first."""
    return TwelveWeekPlan.objects.select_related("finding", "follows")


def twelve_week_plan_of(day: date) -> TwelveWeekPlan | None:
    """The twelve-week plan under way on a day: the latest started and not closed; None: none is."""
    return twelve_week_plans().filter(starts_on__lte=day, closed_on__isnull=True).first()


def dispositions() -> "QuerySet[Disposition]":
    """What became of findings, the latest decided first."""
    return Disposition.objects.select_related("finding", "action", "decided_by")
