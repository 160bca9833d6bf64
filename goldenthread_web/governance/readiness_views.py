"""Readiness for a visit: the checklist, and figures, risks, findings and actions of its focus."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.calendar import working_days_between
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import readiness_services as services
from goldenthread_web.governance.practice_found import found_about
from goldenthread_web.governance.readiness_focus import actions_of, focus_of, refs_of
from goldenthread_web.governance.readiness_forms import ItemForm
from goldenthread_web.improvement.standing import standings
from goldenthread_web.inspections.forming import form_page, whole
from goldenthread_web.inspections.models import ReadinessItem, Visit
from goldenthread_web.programme.asking import pressed


@page(Permission.SEE_INSPECTIONS)
@require_safe
def readiness(request: HttpRequest, number: int) -> HttpResponse:
    """What is ready, and what everybody should know before inspectors come."""
    visit, on, person = get_object_or_404(Visit, number=number), today(), cast(User, request.user)
    items = list(visit.readiness_items.all())
    context = {
        "visit": visit,
        "today": on,
        "items": [(one, working_days_between(on, one.due_on)) for one in items],
        "ready": sum(one.done_on is not None for one in items),
        "late": sum(one.done_on is None and one.due_on < on for one in items),
        "working_days": working_days_between(on, visit.starts_on) if on <= visit.starts_on else None,
        "focus": focus_of(
            visit,
            on=on,
            is_public_view=person.held_role.is_public_view,
            with_risks=person.may(Permission.SEE_RISKS),
        ),
        "may_prepare": person.may(Permission.HAND_OVER_EVIDENCE),
        "may_see_risks": person.may(Permission.SEE_RISKS),
    }
    return render(request, "governance/readiness.html.jinja", context)


@page(Permission.SEE_INSPECTIONS)
@require_safe
def readiness_actions(request: HttpRequest, number: int) -> HttpResponse:
    """The actions of the plan that belong to the focus, as they stand."""
    visit, person = get_object_or_404(Visit, number=number), cast(User, request.user)
    may_see = person.may(Permission.SEE_PLAN)
    context = {
        "visit": visit,
        "standings": standings(of=actions_of(visit)) if may_see and visit.areas else [],
        "may_prepare": person.may(Permission.HAND_OVER_EVIDENCE),
    }
    return render(request, "governance/readiness_actions.html.jinja", context)


@page(Permission.SEE_INSPECTIONS)
@require_safe
def readiness_practice(request: HttpRequest, number: int) -> HttpResponse:
    """What case audits, dip samples and learning say of the focus."""
    visit, person = get_object_or_404(Visit, number=number), cast(User, request.user)
    is_public = person.held_role.is_public_view
    may_see = person.may(Permission.SEE_PRACTICE) and bool(visit.areas)
    context = {
        "visit": visit,
        "found": found_about(visit.areas, refs_of(visit), is_public_view=is_public) if may_see else None,
        "may_see": person.may(Permission.SEE_PRACTICE),
        "may_prepare": person.may(Permission.HAND_OVER_EVIDENCE),
        "is_public": is_public,
    }
    return render(request, "governance/readiness_practice.html.jinja", context)


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, number: int) -> HttpResponse:
    """Add something to the checklist."""
    visit = get_object_or_404(Visit, number=number)

    def save(said: dict[str, Any]) -> str:
        services.add_readiness_item(visit, **said, by=cast(User, request.user))
        return reverse("governance:readiness", args=[number])

    return form_page(
        request,
        ItemForm(request.POST or None),
        save,
        title="Add to the checklist",
        caption=f"Visit {number}",
        button="Add it",
        back=(reverse("governance:readiness", args=[number]), f"Readiness for visit {number}"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_POST
def tick_item(request: HttpRequest, number: int) -> HttpResponse:
    """Say that something is ready, or not after all."""
    item = get_object_or_404(ReadinessItem.objects.select_related("visit"), pk=number)
    is_done = request.POST.get("done") == "yes"
    return pressed(
        request,
        lambda: services.tick_readiness_item(
            item,
            is_done=is_done,
            version=whole(request.POST.get("version")),
            by=cast(User, request.user),
        ),
        said="It is ready." if is_done else "It is not ready after all.",
        to=reverse("governance:readiness", args=[item.visit.number]),
    )
