"""Which dip samples are there, which are mine, and what did one find?"""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.dip_samples import queries, results
from goldenthread_web.dip_samples.models import DipSample
from goldenthread_web.dip_samples.shipped import missed_reasons
from goldenthread_web.sampling import cohorts

A_PAGE = 30


@page(Permission.SEE_PRACTICE, asks=["page"])
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is being looked at, what was found, and what is to be done about it."""
    person = cast(User, request.user)
    found = queries.listed(queries.dip_samples().exclude(state=DipSample.State.WITHDRAWN))
    finished = [one for one in found if one.dip_sample.state == DipSample.State.FINISHED]
    context = {
        "running": [one for one in found if one.dip_sample.state == DipSample.State.DRAWN],
        "finished": Paginator(finished, A_PAGE).get_page(request.GET.get("page")),
        "late": sum(one.is_late for one in found),
        "without": sum(one.needs_follow_up for one in finished),
        "overdue": sum(len(one.overdue) for one in finished),
        "is_public": person.held_role.is_public_view,
        "below_said": results.below_said,
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "may_answer": person.may(Permission.AUDIT_CASES),
        "is_wide": True,
    }
    return render(request, "dip_samples/list.html.jinja", context)


@page(Permission.AUDIT_CASES)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What was handed to me, what is open first."""
    found = queries.listed(queries.mine(cast(User, request.user)))
    context = {
        "running": [one for one in found if one.dip_sample.state == DipSample.State.DRAWN],
        "others": [one for one in found if one.dip_sample.state != DipSample.State.DRAWN],
        "may_read": cast(User, request.user).may(Permission.SEE_PRACTICE),
    }
    return render(request, "dip_samples/mine.html.jinja", context)


@page(Permission.SEE_PRACTICE)
@require_safe
def dip_sample(request: HttpRequest, ref: str) -> HttpResponse:
    """What a dip sample found, item by item. No child is on the page."""
    person = cast(User, request.user)
    is_public = person.held_role.is_public_view
    found = get_object_or_404(queries.dip_samples(), ref=ref)
    [one] = queries.listed(queries.dip_samples().filter(pk=found.pk))
    context = {
        "one": one,
        "found": found,
        "said": found.design_version,
        "shown": results.shown(one.results, is_public_view=is_public),
        "cohort": cohorts.title_of(found.sample.cohort),
        "missed": () if is_public else queries.missed_said(found, missed_reasons()),
        "is_public": is_public,
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "is_mine": found.sampler_id == person.pk or person.may(Permission.LEAD_CASE_AUDITS),
    }
    return render(request, "dip_samples/dip_sample.html.jinja", context)
