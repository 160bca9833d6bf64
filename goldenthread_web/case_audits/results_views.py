"""What case audits found: grades, standards, performance beside quality, gaps; as evidence of an action."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import results_page, results_services
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.results_forms import EvidenceForm
from goldenthread_web.case_audits.results_narrowing import asked as asked_for
from goldenthread_web.case_audits.results_narrowing import fields
from goldenthread_web.case_audits.results_quality import indicators
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.programme.asking import Asked, answered

NARROWING = ("selection", "kind", "every")
ASKS = ["GET", "HEAD", "POST"]


@page(Permission.SEE_PRACTICE, asks=NARROWING)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Grades over twelve months: as they moved, by team, beside the impact on children; the second looks."""
    person, day = cast(User, request.user), today()
    is_public = person.held_role.is_public_view
    asked = asked_for(request.GET, day, is_public_view=is_public)
    context = _common(person, asked) | results_page.overview(asked, is_public_view=is_public)
    return render(request, "case_audits/results.html.jinja", context)


@page(Permission.SEE_PRACTICE, asks=NARROWING)
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """How often each practice standard is met, and the grades of each domain."""
    person, day = cast(User, request.user), today()
    is_public = person.held_role.is_public_view
    asked = asked_for(request.GET, day, is_public_view=is_public)
    context = _common(person, asked) | results_page.by_standard(asked, is_public_view=is_public)
    return render(request, "case_audits/results_standards.html.jinja", context)


@page(Permission.SEE_PRACTICE, asks=[*NARROWING, "indicator"])
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Each team's performance beside the quality of its practice."""
    person, day = cast(User, request.user), today()
    is_public = person.held_role.is_public_view
    asked = asked_for(request.GET, day, is_public_view=is_public)
    ref = request.GET.get("indicator", "")
    ref = ref if ref in indicators() else ""
    context = _common(person, asked) | results_page.beside(asked, ref, is_public_view=is_public)
    return render(request, "case_audits/results_quality.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Which teams, posts and groups of children were not looked at; programmes against what was done."""
    person, day = cast(User, request.user), today()
    is_public = person.held_role.is_public_view
    context = results_page.gaps(day, is_public_view=is_public)
    return render(request, "case_audits/results_coverage.html.jinja", context)


@page(Permission.UPDATE_ACTIONS)
@require_http_methods(ASKS)
def use_as_evidence(request: HttpRequest) -> HttpResponse:
    """Add what a period of case audits shows as evidence of an action of the plan."""
    person, day = cast(User, request.user), today()
    initial = {"starts_on": add_months(day, -3), "ends_on": day}
    form = EvidenceForm(request.POST or None, initial=initial).of_teams(day)
    asked = Asked(
        title="Use results as evidence",
        caption="Case audits",
        lead="The sentence is made from the results: the share with its interval, and of how many. It is "
        "about the last of their days, and goes stale on the day you name.",
        button="Add the evidence",
        form=form,
        back=reverse("case_audits:results"),
        done="The evidence stands with the action.",
    )

    def write() -> Evidence:
        return results_services.use_as_evidence(by=person, **form.cleaned_data)

    return answered(request, asked, write)


def _common(person: User, asked: Any) -> dict[str, Any]:
    is_public = person.held_role.is_public_view
    return {
        "asked": asked,
        "fields": fields(asked, is_public_view=is_public),
        "grades": dict(Grade.choices),
        "is_public": is_public,
        "may_use": person.may(Permission.UPDATE_ACTIONS),
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "least": rules().least_for_share,
    }
