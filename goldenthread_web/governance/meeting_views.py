"""The pages of one meeting: its agenda, its pack, its minutes, its items."""

from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import agenda, exempt, forms, packs, queries
from goldenthread_web.governance import meeting_services as services
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.governance.opening import addresses_of, opener, reachable
from goldenthread_web.governance.running_views import by_item, meeting_or_404, shown
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.ui.together import together
from goldenthread_web.ui.words import day_said

Status = Meeting.Status


@page(Permission.SEE_MEETINGS, asks=["at"])
@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: its agenda, and while it is held everything that is written there."""
    person = cast(User, request.user)
    return shown(request, meeting_or_404(person, number), at=_whole(request.GET.get("at", "")))


@page(Permission.SEE_MEETINGS)
@require_safe
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """The pack of a meeting, frozen or as it would be today; part II on pages of its own."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    read = together(items=found.items.all(), **reachable(found, person, today()))
    frozen, items = getattr(found, "pack", None), read["items"]
    content = packs.content_of(found, on=today(), rows=items) if frozen is None else frozen.content
    parts, late = packs.parts_of(content, items), agenda.late_parts(items)
    kept_back = exempt.part_two([*parts, *late])
    context = {
        "meeting": found,
        "pack": frozen,
        "opens": opener(person, addresses_of(parts), today(), read),
        "content": content,
        "parts": exempt.for_all(parts),
        "late": exempt.for_all(late),
        "part_two": kept_back if found.is_inside else [],
        "statute": exempt.STATUTE,
    }
    return render(request, "governance/pack.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minutes of a meeting, to read and to print; those of exempt items on pages of their own."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    items = list(found.items.select_related("minute"))
    kept_back = [item for item in items if item.exempt_under]
    context = {
        "meeting": found,
        "items": [item for item in items if not item.exempt_under],
        "kept_back": kept_back,
        "inside": bool(kept_back) and found.is_inside,
        "statute": exempt.STATUTE,
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
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    stored = forms.MoveForm.initial_of(found)
    form = forms.MoveForm(request.POST or None, initial=stored)

    def write() -> None:
        said = {name: form.cleaned_data[name] for name in ("place", "minutes_allotted", "note")}
        version = version_of(request)
        services.move_meeting(found, starts_at=form.starts_at, version=version, by=person, **said)

    asked = Asked(
        title="Day, place and focus",
        caption=_said_of(found),
        lead="",
        button="Save",
        form=form,
        back=reverse("governance:meeting", args=[number]),
        done="Saved. The day on which the pack is frozen moved with it.",
        keeps=True,
        version=found.version,
        stored=stored,
    )
    return answered(request, asked, write)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, number: int) -> HttpResponse:
    """Put an item on the agenda."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    is_late = found.status != Status.PLANNED
    form = forms.ItemForm(request.POST or None, is_late=is_late, may_be_exempt=found.body.is_public)

    def write() -> None:
        said = dict(form.cleaned_data)
        place = said.pop("number")
        with transaction.atomic():
            item = services.add_item(found, by=person, **said)
            if place is not None and not is_late:
                services.change_item(item, number=place, version=1, by=person)

    late = "The pack is frozen and does not change: this is listed as late, with why."
    asked = Asked(
        title="Add a late paper" if is_late else "Add an item",
        caption=_said_of(found),
        lead=late if is_late else "",
        button="Put it on the agenda",
        form=form,
        back=reverse("governance:meeting", args=[number]),
        done="It is on the agenda.",
        keeps=True,
    )
    return answered(request, asked, write)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, number: int) -> HttpResponse:
    """Change an item of an agenda, or take it off."""
    person = cast(User, request.user)
    found = get_object_or_404(AgendaItem.objects.select_related("meeting__body"), pk=number)
    stored = {name: getattr(found, name) for name in forms.ItemForm.base_fields if name != "late_because"}
    is_fixed = found.kind in agenda.COMES_BACK
    removes = "remove" in request.POST
    form = forms.ItemForm(
        request.POST or None,
        initial=stored,
        is_fixed=is_fixed,
        may_be_exempt=found.meeting.body.is_public and not is_fixed,
    )

    def write() -> None:
        said = dict(form.cleaned_data)
        said["number"] = said["number"] or found.number
        services.change_item(found, version=version_of(request), by=person, **said)

    asked = Asked(
        title=found.title,
        caption=_said_of(found.meeting),
        lead="",
        button="Save",
        form=forms.NothingForm(request.POST) if removes else form,
        back=reverse("governance:meeting", args=[found.meeting_id]),
        done="It is off the agenda." if removes else "Saved.",
        keeps=not removes,
        version=found.version,
        stored=stored,
    )
    act = (lambda: services.remove_item(found, by=person)) if removes else write
    return answered(
        request, asked, act, template="governance/item.html.jinja", may_remove=not (is_fixed or removes)
    )


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def exempt_item(request: HttpRequest, number: int) -> HttpResponse:
    """Keep an item from the public after its pack was frozen, or open it."""
    person = cast(User, request.user)
    found = get_object_or_404(AgendaItem.objects.select_related("meeting__body"), pk=number)
    stored = {"exempt_under": found.exempt_under, "exempt_because": found.exempt_because}
    form = forms.ExemptForm(request.POST or None, initial=stored)
    asked = Asked(
        title="Not for the public, or open",
        caption=found.title,
        lead="Its title, the paragraph and the reason stand on the public agenda. The paper, the minute and "
        "what was decided, set or asked are read by members of the body alone, and printed at the end.",
        button="Save",
        form=form,
        back=reverse("governance:meeting", args=[found.meeting_id]),
        done="Saved.",
        version=found.version,
        stored=stored,
    )
    return answered(
        request,
        asked,
        lambda: services.set_exempt(found, version=version_of(request), by=person, **form.cleaned_data),
    )


def _said_of(found: Meeting) -> str:
    return f"{found.body}, {day_said(found.on)}"


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
