"""The evidence pack of a visit, the log of what was handed over, and the schedule of interviews."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import london, now, today
from goldenthread_web.governance import readiness_services as services
from goldenthread_web.governance.readiness_forms import EvidenceForm, HandOverForm, InterviewForm
from goldenthread_web.inspections.forming import form_page, whole
from goldenthread_web.inspections.frames import channels, evidence_classes
from goldenthread_web.inspections.models import EvidenceItem, HandOver, Interview, Visit
from goldenthread_web.programme.asking import pressed


@page(Permission.HAND_OVER_EVIDENCE)
@require_safe
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """The pack by class, what lacks in it, and the log; made to be printed."""
    visit = get_object_or_404(Visit, number=number)
    items = list(visit.evidence_items.prefetch_related("hand_overs"))
    live = [one for one in items if not one.withdrawn_because]
    classes = evidence_classes()
    context = {
        "visit": visit,
        "classes": [
            (code, title, [one for one in live if one.evidence_class == code])
            for code, title in classes.items()
        ],
        "live": live,
        "ready": sum(one.is_ready for one in live),
        "handed": sum(bool(one.hand_overs.all()) for one in live),
        "withdrawn": [one for one in items if one.withdrawn_because],
        "log": HandOver.objects.filter(item__visit=visit).select_related("item", "recorded_by"),
        "channels": channels(),
        "may_prepare": True,
    }
    return render(request, "governance/readiness_evidence.html.jinja", context)


@page(Permission.HAND_OVER_EVIDENCE, asks=["class"])
@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: HttpRequest, number: int) -> HttpResponse:
    """Put an item into the pack."""
    visit = get_object_or_404(Visit, number=number)

    def save(said: dict[str, Any]) -> str:
        services.add_evidence(visit, **said, by=cast(User, request.user))
        return _pack(number)

    return form_page(
        request,
        EvidenceForm(
            request.POST or None, initial={"evidence_class": request.GET.get("class", "case_records")}
        ),
        save,
        title="Add to the evidence pack",
        caption=f"Visit {number}",
        button="Add the item",
        back=(_pack(number), f"Evidence for visit {number}"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_POST
def ready(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an item lies where the pack says."""
    item = _item(number)
    return pressed(
        request,
        lambda: services.ready_evidence(
            item, version=whole(request.POST.get("version")), by=cast(User, request.user)
        ),
        said="It is ready.",
        to=_pack(item.visit.number),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an item out of the pack."""
    item = _item(number)
    return pressed(
        request,
        lambda: services.withdraw_evidence(
            item,
            because=request.POST.get("because", "")[:200],
            version=whole(request.POST.get("version")),
            by=cast(User, request.user),
        ),
        said="It is out of the pack.",
        to=_pack(item.visit.number),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Log that inspectors got an item; or take it out of the pack before they do."""
    item = _item(number)

    def save(said: dict[str, Any]) -> str:
        services.hand_over(item, **said, by=cast(User, request.user))
        return _pack(item.visit.number)

    return form_page(
        request,
        HandOverForm(
            request.POST or None,
            initial={
                "to": item.visit.lead_inspector,
                "day": today(),
                "time": london(now()).strftime("%H:%M"),
                "handed_by": cast(User, request.user).title,
            },
        ),
        save,
        title="Hand it over",
        caption=item.what,
        button="Put it into the log",
        back=(_pack(item.visit.number), f"Evidence for visit {item.visit.number}"),
        lead="What stands in the log is never changed.",
        template="governance/readiness_hand_over.html.jinja",
        said="It stands in the log.",
        item=item,
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_safe
def interviews(request: HttpRequest, number: int) -> HttpResponse:
    """Whom inspectors talk to, when and where."""
    visit = get_object_or_404(Visit, number=number)
    context = {"visit": visit, "interviews": list(visit.interviews.all()), "may_prepare": True}
    return render(request, "governance/readiness_interviews.html.jinja", context)


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_interview(request: HttpRequest, number: int) -> HttpResponse:
    """Put a talk into the schedule."""
    visit = get_object_or_404(Visit, number=number)
    back = reverse("governance:readiness_interviews", args=[number])

    def save(said: dict[str, Any]) -> str:
        services.add_interview(visit, **said, by=cast(User, request.user))
        return back

    return form_page(
        request,
        InterviewForm(request.POST or None, initial={"day": visit.starts_on}),
        save,
        title="Add a talk",
        caption=f"Visit {number}",
        button="Add it to the schedule",
        back=(back, f"Interviews of visit {number}"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_POST
def remove_interview(request: HttpRequest, number: int) -> HttpResponse:
    """Take a talk off the schedule."""
    found = get_object_or_404(Interview.objects.select_related("visit"), pk=number)
    return pressed(
        request,
        lambda: services.remove_interview(found, by=cast(User, request.user)),
        said="It is off the schedule.",
        to=reverse("governance:readiness_interviews", args=[found.visit.number]),
    )


def _item(number: int) -> EvidenceItem:
    return get_object_or_404(EvidenceItem.objects.select_related("visit"), pk=number)


def _pack(number: int) -> str:
    return reverse("governance:readiness_evidence", args=[number])
