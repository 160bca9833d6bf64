"""The pages of one meeting: its agenda, its pack, its minutes, its items."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import agenda, forms, packs, queries
from goldenthread_web.governance import meeting_services as services
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.governance.running_views import by_item, meeting_or_404, shown
from goldenthread_web.ui.conflicts import SavedMeanwhile, differences, go_on_from

Status = Meeting.Status


@page(Permission.SEE_MEETINGS)
@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: its agenda, and while it is held everything that is written there."""
    person = cast(User, request.user)
    return shown(request, meeting_or_404(person, number), at=_whole(request.GET.get("at", "")))


@page(Permission.SEE_MEETINGS)
@require_safe
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """The pack of a meeting: frozen, or as it would be if it were frozen today."""
    found = meeting_or_404(cast(User, request.user), number)
    frozen, items = getattr(found, "pack", None), list(found.items.all())
    content = packs.content_of(found, on=today(), rows=items) if frozen is None else frozen.content
    context = {
        "meeting": found,
        "pack": frozen,
        "content": content,
        "late": [item for item in items if item.is_late],
        "may_keep": cast(User, request.user).may(Permission.KEEP_MEETINGS),
    }
    return render(request, "governance/pack.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes of a meeting, to read and to print."""
    found = meeting_or_404(cast(User, request.user), number)
    context = {
        "meeting": found,
        "items": found.items.select_related("minute"),
        "attendances": found.attendances.all(),
        "decisions": by_item(queries.decisions_at(found)),
        "actions": by_item(found.actions.all()),
        "challenges": by_item(found.challenges.all()),
        "asks": by_item(found.asks.all()),
        "reviews": found.safeguarding_reviews.select_related("action"),
        "voting": queries.voting_present(found),
    }
    return render(request, "governance/minutes.html.jinja", context)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Another day, place or focus of a meeting."""
    found = meeting_or_404(cast(User, request.user), number)
    form = forms.MoveForm(request.POST or None, initial=forms.MoveForm.initial_of(found))
    refused, differ = "", None
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("place", "minutes_allotted", "note", "version")}
        try:
            services.move_meeting(found, starts_at=form.starts_at, by=cast(User, request.user), **said)
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            stored = forms.MoveForm.initial_of(found)
            differ = differences(form, stored)
            go_on_from(form, stored)
        else:
            messages.success(request, "Saved. The day on which the pack is frozen moved with it.")
            return redirect("governance:meeting", number)
    context = {"meeting": found, "form": form, "refused": refused, "differ": differ}
    bad = bool(form.errors or refused or differ is not None)
    return render(request, "governance/move.html.jinja", context, status=400 if bad else 200)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, number: int) -> HttpResponse:
    """Put an item on the agenda."""
    found = meeting_or_404(cast(User, request.user), number)
    form = forms.ItemForm(request.POST or None, is_late=found.status != Status.PLANNED)
    refused = ""
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("version")
        place = said.pop("number")
        try:
            with transaction.atomic():
                item = services.add_item(found, by=cast(User, request.user), **said)
                if place is not None and found.status == Status.PLANNED:
                    services.change_item(item, number=place, version=1, by=cast(User, request.user))
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "It is on the agenda.")
            return redirect("governance:meeting", number)
    context = {"meeting": found, "item": None, "form": form, "refused": refused, "differ": None}
    return render(
        request, "governance/item.html.jinja", context, status=400 if form.errors or refused else 200
    )


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, number: int) -> HttpResponse:
    """Change an item of an agenda, or take it off."""
    person = cast(User, request.user)
    found = get_object_or_404(AgendaItem.objects.select_related("meeting__body"), pk=number)
    initial = {name: getattr(found, name) for name in forms.ItemForm.base_fields if name != "late_because"}
    form = forms.ItemForm(request.POST or None, initial=initial, is_fixed=found.kind in agenda.COMES_BACK)
    refused, differ = "", None
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                services.remove_item(found, by=person)
                messages.success(request, "It is off the agenda.")
                return redirect("governance:meeting", found.meeting_id)
            if form.is_valid():
                said = dict(form.cleaned_data)
                said["number"] = said["number"] or found.number
                said["version"] = said["version"] or 0
                services.change_item(found, by=person, **said)
                messages.success(request, "Saved.")
                return redirect("governance:meeting", found.meeting_id)
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            differ = differences(form, initial)
            go_on_from(form, initial)
    context = {"meeting": found.meeting, "item": found, "form": form, "refused": refused, "differ": differ}
    bad = bool(
        (form.is_bound and "remove" not in request.POST and form.errors) or refused or differ is not None
    )
    return render(request, "governance/item.html.jinja", context, status=400 if bad else 200)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
