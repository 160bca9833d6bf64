"""How far is the review of every case of a service, and what came of it? These pages name no child."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_reviews import progress, queries
from goldenthread_web.config.clock import today
from goldenthread_web.sampling import cohorts


@page(Permission.SEE_PRACTICE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every exercise, and how far it is."""
    person = cast(User, request.user)
    found = list(queries.exercises())
    far = progress.progress_of(found)
    is_public = person.held_role.is_public_view
    context = {
        "exercises": [(one, progress.shown(far[one.pk], is_public_view=is_public)[0]) for one in found],
        "today": today(),
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "may_review": person.may(Permission.AUDIT_CASES),
    }
    return render(request, "case_reviews/list.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def exercise(request: HttpRequest, ref: str) -> HttpResponse:
    """One exercise: how far it is by team, what came of it, and, for who leads it, with whom cases are."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.exercises(), ref=ref)
    far = progress.progress_of([found])[found.pk]
    is_public, may_lead = person.held_role.is_public_view, person.may(Permission.LEAD_CASE_AUDITS)
    total, *teams = progress.shown(far, is_public_view=is_public)
    context = {
        "found": found,
        "far": far,
        "total": total,
        "teams": teams,
        "outcomes": progress.outcomes_said(far, is_public_view=is_public),
        "concerns": progress.concerns_said(far, is_public_view=is_public),
        "cohort": cohorts.title_of(found.sample.cohort),
        "with_reviewers": progress.with_reviewers(found) if may_lead else [],
        "with_nobody": sum(progress.waiting_by_team(found).values()) if may_lead else 0,
        "is_public": is_public,
        "may_lead": may_lead,
        "may_see_concerns": person.may(Permission.SEE_CONCERNS),
        "is_late": found.state == found.State.OPEN and found.due_on < today(),
    }
    return render(request, "case_reviews/exercise.html.jinja", context)
