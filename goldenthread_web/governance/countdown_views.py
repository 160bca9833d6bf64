"""The calendar around day 0 of an inspection: what must be ready by which day, who sees to it, is it?"""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import countdown_forms as forms
from goldenthread_web.governance import countdown_services as services
from goldenthread_web.governance.countdown import countdowns, lines
from goldenthread_web.governance.models import Countdown, CountdownItem
from goldenthread_web.inspections.forming import form_page, whole
from goldenthread_web.programme.asking import pressed

_BACK = "governance:countdowns"


@page(Permission.SEE_INSPECTIONS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every calendar around a day 0: those that came, are expected or were rehearsed."""
    person = cast(User, request.user)
    context = {"countdowns": countdowns(), "may_prepare": person.may(Permission.HAND_OVER_EVIDENCE)}
    return render(request, "governance/countdowns.html.jinja", context)


@page(Permission.SEE_INSPECTIONS)
@require_safe
def countdown(request: HttpRequest, number: int) -> HttpResponse:
    """One calendar, day by day: what has to be ready, who sees to it, is it?"""
    found, on, person = get_object_or_404(countdowns(), pk=number), today(), cast(User, request.user)
    said = lines(found, on)
    context = {
        "countdown": found,
        "today": on,
        "lines": said,
        "ready": sum(one.item.done_on is not None for one in said),
        "late": sum(one.is_late for one in said),
        "next": next((one for one in said if one.item.done_on is None and not one.is_late), None),
        "may_prepare": person.may(Permission.HAND_OVER_EVIDENCE) and found.closed_on is None,
    }
    return render(request, "governance/countdown.html.jinja", context)


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a calendar."""
    return form_page(
        request,
        forms.OpenForm(request.POST or None),
        lambda said: services.open_countdown(**said, by=cast(User, request.user)),
        title="Open a calendar around day 0",
        button="Open it",
        said="Opened. Go through its items: they are the council’s own from now on.",
        back=(reverse(_BACK), "Inspection calendars"),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: int) -> HttpResponse:
    """The call came, or is expected on another day."""
    found = get_object_or_404(Countdown, pk=number)
    names = ("kind", "day_zero_on", "version")
    return form_page(
        request,
        forms.MoveForm(request.POST or None, initial=_stands(found, names)),
        lambda said: services.move_day_zero(found, **said, by=cast(User, request.user)),
        title="Move day 0",
        caption=found.title,
        lead="Every day of the calendar moves with it.",
        button="Move it",
        back=(found.get_absolute_url(), found.title),
        stored=lambda: _stands(found, names),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, number: int) -> HttpResponse:
    """It is over: what was learned."""
    found = get_object_or_404(Countdown, pk=number)
    return form_page(
        request,
        forms.CloseForm(request.POST or None, initial=_stands(found, ("version",))),
        lambda said: services.close_countdown(found, **said, by=cast(User, request.user)),
        title="Close the calendar",
        caption=found.title,
        button="Close it",
        back=(found.get_absolute_url(), found.title),
        stored=lambda: _stands(found, ("version",)),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, number: int) -> HttpResponse:
    """Add an item."""
    found = get_object_or_404(Countdown, pk=number)

    def save(said: dict[str, Any]) -> Countdown:
        services.add_countdown_item(found, **said, by=cast(User, request.user))
        return found

    return form_page(
        request,
        forms.CountdownItemForm(request.POST or None),
        save,
        title="Add to the calendar",
        caption=found.title,
        button="Add it",
        back=(found.get_absolute_url(), found.title),
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_item(request: HttpRequest, number: int) -> HttpResponse:
    """Change an item, or take it off the calendar."""
    item = get_object_or_404(CountdownItem.objects.select_related("countdown"), pk=number)
    names = ("text", "post", "working_day", "version")

    def save(said: dict[str, Any]) -> Countdown:
        services.change_countdown_item(item, **said, by=cast(User, request.user))
        return item.countdown

    return form_page(
        request,
        forms.ChangeItemForm(request.POST or None, initial=_stands(item, names)),
        save,
        title="Change an item of the calendar",
        caption=item.countdown.title,
        button="Change it",
        back=(item.countdown.get_absolute_url(), item.countdown.title),
        template="governance/countdown_item.html.jinja",
        stored=lambda: _stands(item, names),
        item=item,
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_POST
def remove_item(request: HttpRequest, number: int) -> HttpResponse:
    """Take an item off the calendar."""
    item = get_object_or_404(CountdownItem.objects.select_related("countdown"), pk=number)
    return pressed(
        request,
        lambda: services.remove_countdown_item(
            item, version=whole(request.POST.get("version")), by=cast(User, request.user)
        ),
        said="Taken off the calendar.",
        to=item.countdown,
    )


@page(Permission.HAND_OVER_EVIDENCE)
@require_POST
def tick_item(request: HttpRequest, number: int) -> HttpResponse:
    """Say that something is ready, or not after all."""
    item = get_object_or_404(CountdownItem.objects.select_related("countdown"), pk=number)
    is_done = request.POST.get("done") == "yes"
    return pressed(
        request,
        lambda: services.tick_countdown_item(
            item, is_done=is_done, version=whole(request.POST.get("version")), by=cast(User, request.user)
        ),
        said="It is ready." if is_done else "It is not ready after all.",
        to=item.countdown,
    )


def _stands(row: Countdown | CountdownItem, names: tuple[str, ...]) -> dict[str, Any]:
    """What stands of it now."""
    return type(row).objects.values(*names).get(pk=row.pk)
