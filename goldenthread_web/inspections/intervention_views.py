"""The intervention: ladder, conditions, reviews; and what Improvement Partners did."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.inspections import intervention_services as services
from goldenthread_web.inspections.forming import form_page
from goldenthread_web.inspections.frames import ladder, partner_areas
from goldenthread_web.inspections.intervention_forms import (
    ConditionForm,
    ConditionStateForm,
    EndForm,
    EngagementForm,
    HeldReviewForm,
    InterventionForm,
    PlannedReviewForm,
    RungForm,
)
from goldenthread_web.inspections.models import Condition, Engagement, Intervention, Review
from goldenthread_web.inspections.queries import engagements
from goldenthread_web.inspections.queries import intervention as current

HERE = "inspections:intervention"


@page(Permission.SEE_INSPECTIONS)
@require_safe
def intervention(request: HttpRequest) -> HttpResponse:
    """The rung the council stands on, each condition with its state, each review."""
    found = current()
    rungs = list(found.rungs.all()) if found else []
    reviews = list(found.reviews.all()) if found else []
    held = [one for one in reviews if one.held_on]
    planned = sorted((one for one in reviews if not one.held_on), key=lambda one: one.planned_on)
    context = {
        "intervention": found,
        "ladder": ladder(),
        "rungs": rungs,
        "rung": rungs[0].code if rungs and not found.ended_on else "none",
        "conditions": list(found.conditions.prefetch_related("states")) if found else [],
        "held": held,
        "planned": planned,
        "next_on": planned[0].planned_on if planned else _next(held, found),
        "today": today(),
        "may_edit": cast(User, request.user).may(Permission.EDIT_PLAN),
    }
    return render(request, "inspections/intervention.html.jinja", context)


def _next(held: list[Review], found: Intervention | None) -> Any:
    """When the next review is due by the rhythm, where nobody planned one."""
    if found is None or found.ended_on:
        return None
    last = held[0].held_on if held else found.issued_on
    return (held[0].next_on if held else None) or add_months(last, found.review_months)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a notice or direction."""
    return _form(
        request,
        InterventionForm(request.POST or None),
        lambda said: services.enter_intervention(**said, by=cast(User, request.user)),
        "Enter a notice or direction",
        "Enter it",
    )


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Move on the ladder."""
    found = get_object_or_404(Intervention, pk=number)
    return _form(
        request,
        RungForm(request.POST or None),
        lambda said: services.move_on_ladder(found, **said, by=cast(User, request.user)),
        "Move on the ladder",
        "Save the move",
    )


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an intervention was lifted."""
    found = get_object_or_404(Intervention, pk=number)
    return _form(
        request,
        EndForm(request.POST or None, initial={"version": found.version}),
        lambda said: services.end_intervention(
            found, ended_on=said["ended_on"], version=said["version"] or 0, by=cast(User, request.user)
        ),
        "When was it lifted?",
        "Say that it was lifted",
        stored=lambda: {"version": Intervention.objects.get(pk=number).version},
    )


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_condition(request: HttpRequest, number: int) -> HttpResponse:
    """Add a condition."""
    found = get_object_or_404(Intervention, pk=number)
    return _form(
        request,
        ConditionForm(request.POST or None, initial={"number": found.conditions.count() + 1}),
        lambda said: services.add_condition(found, **said, by=cast(User, request.user)),
        "Add a condition",
        "Add the condition",
    )


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def judge_condition(request: HttpRequest, number: int) -> HttpResponse:
    """Say how a condition stands."""
    found = get_object_or_404(Condition, pk=number)
    return _form(
        request,
        ConditionStateForm(request.POST or None, initial={"on": today()}),
        lambda said: services.set_condition_state(found, **said, by=cast(User, request.user)),
        f"How does condition {found.number} stand?",
        "Save",
        lead=found.text,
    )


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: HttpRequest, number: int) -> HttpResponse:
    """Plan a review."""
    found = get_object_or_404(Intervention, pk=number)
    return _form(
        request,
        PlannedReviewForm(request.POST or None, initial={"reviewer": found.adviser}),
        lambda said: services.plan_review(found, **said, by=cast(User, request.user)),
        "Plan a review",
        "Plan it",
    )


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def hold_review(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what was said at a review."""
    found = get_object_or_404(Review, pk=number)
    return _form(
        request,
        HeldReviewForm(
            request.POST or None, initial={"held_on": found.planned_on, "reviewer": found.reviewer}
        ),
        lambda said: services.hold_review(found, **said, by=cast(User, request.user)),
        "What was said at the review?",
        "Save what was said",
    )


@page(Permission.SEE_INSPECTIONS)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """What Improvement Partners did: how much, what was advised, what became of it."""
    found = list(engagements())
    context = {
        "engagements": found,
        "areas": partner_areas(),
        "days": sum((one.days for one in found), start=0),
        "visits": sum(one.visits for one in found),
        "without_action": sum(bool(one.advice) and not one.action_ref for one in found),
        "not_shared": sum(bool(one.reported_on) and not one.shared_with_dfe_on for one in found),
        "may_edit": cast(User, request.user).may(Permission.EDIT_PLAN),
    }
    return render(request, "inspections/partners.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_engagement(request: HttpRequest) -> HttpResponse:
    """Enter the help of another council."""
    return _engagement(request, EngagementForm(request.POST or None), None)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def change_engagement(request: HttpRequest, number: int) -> HttpResponse:
    """Change what is known of the help of another council."""
    found = get_object_or_404(Engagement, pk=number)
    return _engagement(request, EngagementForm(request.POST or None, initial=_values(found)), found)


def _engagement(request: HttpRequest, form: EngagementForm, found: Engagement | None) -> HttpResponse:
    def save(said: dict[str, Any]) -> str:
        services.keep_engagement(
            found, **(said | {"version": said["version"] or 0}), by=cast(User, request.user)
        )
        return "inspections:partners"

    return form_page(
        request,
        form,
        save,
        title="Help of another council",
        button="Save",
        back=(reverse("inspections:partners"), "Improvement Partners"),
        stored=lambda: _values(Engagement.objects.get(pk=found.pk)) if found else {},
    )


def _form(
    request: HttpRequest, form: Any, act: Any, title: str, button: str, lead: str = "", stored: Any = None
) -> HttpResponse:
    def save(said: Mapping[str, Any]) -> str:
        act(dict(said))
        return HERE

    back = (reverse(HERE), "Intervention")
    return form_page(request, form, save, title=title, button=button, back=back, lead=lead, stored=stored)


def _values(found: Engagement) -> dict[str, Any]:
    return {name: getattr(found, name) for name in EngagementForm.base_fields}
