"""Running a meeting on one page: its steps, attendance, minutes, decisions, actions, asks, challenges."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import agenda, exempt, forms, queries
from goldenthread_web.governance import following_services as following
from goldenthread_web.governance import meeting_services as services
from goldenthread_web.governance.models import AgendaItem, Attendance, Meeting, Minute
from goldenthread_web.governance.opening import addresses_of, opener
from goldenthread_web.programme.asking import Asked, answered, done, tried, version_of
from goldenthread_web.ui.conflicts import Difference
from goldenthread_web.ui.words import day_said

Status = Meeting.Status
MEANWHILE = "Somebody else noted attendance meanwhile: nothing of yours was saved. What they noted is below."


def meeting_or_404(person: User, number: int) -> Meeting:
    """A meeting that somebody may read; outside of that there is none."""
    found = queries.telling_safeguarding(queries.meetings().visible_to(person, today()))
    return get_object_or_404(exempt.telling_inside(found, person, today()), pk=number)


_STEPS: dict[str, tuple[Callable[..., object], str]] = {
    "freeze": (services.freeze_pack, "The pack is frozen: nothing in it changes any more."),
    "hold": (services.hold_meeting, "The meeting has begun."),
    "finish": (services.finish_minutes, "The minutes are written."),
    "approve": (services.approve_minutes, "The minutes are approved."),
    "cancel": (
        services.cancel_meeting,
        "The meeting is cancelled. What must come back goes to the next one.",
    ),
}


@page(Permission.KEEP_MEETINGS)
@require_POST
def step(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Freeze the pack, begin the meeting, finish the minutes, approve or cancel."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    if what not in _STEPS:
        raise Http404
    act, sentence = _STEPS[what]
    more = {"because": request.POST.get("because", "")} if what == "cancel" else {}
    came = done(request, lambda: act(found, by=person, **more))
    if not came.is_written:
        return shown(request, meeting_or_404(person, number), refused=came.refused)
    messages.success(request, sentence)
    return redirect("governance:meeting", number)


@page(Permission.KEEP_MEETINGS)
@require_POST
def attend(request: HttpRequest, number: int) -> HttpResponse:
    """Note who came, all members at once."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    came = done(request, lambda: _note_attendance(request, found, person), MEANWHILE)
    if not came.is_written:
        return shown(request, found, refused=came.refused)
    messages.success(request, "Attendance noted.")
    return redirect(f"{reverse('governance:meeting', args=[number])}#attendance")


def _note_attendance(request: HttpRequest, found: Meeting, person: User) -> None:
    """Of each member what was chosen, and the guest; all or nothing."""
    with transaction.atomic():
        for member in queries.members(found.body, found.on):
            presence = request.POST.get(f"presence-{member.pk}", "")
            if presence in Attendance.Presence.values:
                services.note_attendance(
                    found,
                    membership=member,
                    presence=presence,
                    deputy=request.POST.get(f"deputy-{member.pk}", "")[:120],
                    version=version_of(request, f"version-{member.pk}"),  # 0: none was noted yet
                    by=person,
                )
        guest = request.POST.get("guest", "").strip()[:120]
        if guest:
            agency = request.POST.get("guest_agency", "")[:120]
            services.note_attendance(found, post=guest, agency=agency, presence="present", by=person)


@dataclass(frozen=True)
class Write:
    """Something small that is written on the page of a meeting, under an item."""

    form: type[django_forms.Form]
    save: Callable[..., object]
    said: str
    button: str
    title: str


def _minute(found: Meeting, item: AgendaItem, by: User, **said: Any) -> object:
    return services.note_minute(item, by=by, **{**said, "version": said["version"] or 0})


def _decide(found: Meeting, item: AgendaItem, by: User, **said: Any) -> object:
    return services.decide(item, by=by, **said)


def _with_item(save: Callable[..., object]) -> Callable[..., object]:
    return lambda found, item, by, **said: save(found, item=item, by=by, **said)


def _safeguarding(found: Meeting, item: AgendaItem, by: User, **said: Any) -> object:
    return following.open_safeguarding(found, by=by, **said)


WRITES: dict[str, Write] = {
    "minute": Write(forms.MinuteForm, _minute, "Minute saved.", "Save the minute", "Minute"),
    "decision": Write(
        forms.DecisionForm, _decide, "Decision recorded.", "Record the decision", "Record a decision"
    ),
    "action": Write(
        forms.ActionForm, _with_item(following.set_action), "Action set.", "Set the action", "Set an action"
    ),
    "ask": Write(
        forms.AskForm,
        _with_item(following.record_ask),
        "Ask recorded: it is first in the next pack.",
        "Record the ask",
        "Record an ask",
    ),
    "challenge": Write(
        forms.ChallengeForm,
        _with_item(following.record_challenge),
        "Challenge recorded.",
        "Record the challenge",
        "Record a challenge",
    ),
    "safeguarding": Write(
        forms.SafeguardingForm,
        _safeguarding,
        "Opened: every later meeting looks at it until one closes it.",
        "Open the safeguarding action",
        "Open a safeguarding action",
    ),
}


@page(Permission.KEEP_MEETINGS)
@require_POST
def write(request: HttpRequest, number: int, what: str, key: int) -> HttpResponse:
    """Write one thing under an item of a meeting."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__body"), pk=key, meeting=found)
    if what not in WRITES:
        raise Http404
    writes = WRITES[what]
    form = writes.form(request.POST, prefix=what)
    came = tried(
        request, form, lambda: writes.save(found, item, person, **form.cleaned_data), lambda: _stands(item)
    )
    if came.is_written:
        messages.success(request, writes.said)
        return redirect(f"{reverse('governance:meeting', args=[number])}?at={key}#item-{key}")
    return shown(request, found, at=key, bound={what: form}, refused=came.refused, differing=came.differing)


@page(Permission.KEEP_MEETINGS)
@require_POST
def review(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Write what the meeting made of a safeguarding action."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    action = get_object_or_404(queries.safeguarding_actions(found), pk=key)
    form = forms.ReviewForm(request.POST, prefix=f"review-{key}")
    came = tried(
        request,
        form,
        lambda: following.review_safeguarding(action, meeting=found, by=person, **form.cleaned_data),
    )
    if came.is_written:
        messages.success(request, "Outcome saved.")
        return redirect(_at_kind(found, agenda.Kind.SAFEGUARDING))
    return shown(
        request, found, kind=agenda.Kind.SAFEGUARDING, bound={f"review-{key}": form}, refused=came.refused
    )


@page(Permission.ASK_AT_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Ask or challenge as a member of the body."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    kinds = {
        "ask": (forms.MemberAskForm, following.ask, "Your ask is recorded: it is first in the next pack."),
        "challenge": (forms.MemberChallengeForm, following.challenge, "Your challenge is recorded."),
    }
    if what not in kinds:
        raise Http404
    form_of, save, sentence = kinds[what]
    form = form_of(request.POST or None)
    asked = Asked(
        title=what.capitalize(),
        caption=f"{found.body.name}, {day_said(found.on)}",
        lead="",
        button=f"{what.capitalize()} this",
        form=form,
        back=reverse("governance:meeting", args=[number]),
        done=sentence,
        keeps=True,
    )
    return answered(request, asked, lambda: save(found, by=person, **form.cleaned_data))


def shown(
    request: HttpRequest,
    found: Meeting,
    *,
    at: int | None = None,
    kind: str = "",
    bound: dict[str, django_forms.Form] | None = None,
    refused: str = "",
    differing: list[Difference] | None = None,
) -> HttpResponse:
    """The page of a meeting, with the form that was refused in its place."""
    person = cast(User, request.user)
    may_keep = person.may(Permission.KEEP_MEETINGS)
    items = list(found.items.select_related("minute"))
    is_running = found.status == Status.HELD
    current = _current(items, at, kind, is_running and may_keep)
    frozen = getattr(found, "pack", None)
    # What was open is in the pack of a meeting that was held; before that it is read as it stands.
    is_ahead = found.status in (Status.PLANNED, Status.FROZEN)
    only = [current.kind] if current is not None else (agenda.COMES_BACK if is_ahead else ())
    parts = agenda.parts(found, on=today(), only=only, rows=items)
    inside = found.is_inside or not exempt.part_two(parts)
    if not inside:
        parts = exempt.for_all(parts)
    bound = bound or {}
    context: dict[str, Any] = {
        "meeting": found,
        "pack": frozen,
        "parts": parts,
        "opens": opener(person, addresses_of(parts), today()),
        "planned_minutes": agenda.minutes_planned(parts),
        "current": current,
        "is_running": is_running,
        "may_keep": may_keep,
        "inside": inside,
        "may_ask": not may_keep and person.may(Permission.ASK_AT_MEETINGS),
        "refused": refused,
        "differing": differing,
        "today": today(),
        "cancel": forms.CancelForm(),
        "errors_in": next(iter(bound.values()), None),
    }
    if current is not None:
        context["forms"] = _forms(current, bound)
        context["reviews"] = lambda key: (
            bound.get(f"review-{key}") or forms.ReviewForm(prefix=f"review-{key}")
        )
    if found.status not in (Status.PLANNED, Status.FROZEN):
        context |= _written(found, with_members=is_running and may_keep)
    status = 409 if differing is not None else 400 if refused or bound else 200
    return render(request, "governance/meeting.html.jinja", context, status=status)


def _written(found: Meeting, *, with_members: bool) -> dict[str, Any]:
    attendances = list(found.attendances.all())
    by_post = {(one.post, one.agency): one for one in attendances}
    members = queries.members(found.body, found.on) if with_members else ()
    return {
        "attendances": attendances,
        "members": [(member, by_post.get((member.post, member.agency))) for member in members],
        "presences": forms.choices(Attendance.Presence),
        "decisions": by_item(queries.decisions_at(found)),
        "actions": by_item(found.actions.all()),
        "challenges": by_item(found.challenges.all()),
        "asks": by_item(found.asks.all()),
    }


def _current(items: list[AgendaItem], at: int | None, kind: str, is_running: bool) -> AgendaItem | None:
    """The item that is open to be written under: the one asked for, else the first without a minute."""
    if not is_running:
        return None
    asked = next((one for one in items if one.pk == at or (kind and one.kind == kind)), None)
    return asked or next((one for one in items if not hasattr(one, "minute")), items[0] if items else None)


def _forms(
    current: AgendaItem, bound: dict[str, django_forms.Form]
) -> dict[str, tuple[Write, django_forms.Form]]:
    minute = getattr(current, "minute", None)
    initial = {
        "minute": {"text": minute.text, "version": minute.version} if minute else {"version": 0},
        "decision": {"proposed": current.sought},
    }
    kinds = [what for what in WRITES if what != "safeguarding" or current.kind == agenda.Kind.SAFEGUARDING]
    return {
        what: (WRITES[what], bound.get(what) or WRITES[what].form(prefix=what, initial=initial.get(what)))
        for what in kinds
    }


def by_item(rows: Any) -> dict[int | None, list[Any]]:
    """Rows under the number of the item they belong to."""
    found: dict[int | None, list[Any]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def _stands(item: AgendaItem) -> dict[str, Any]:
    """The minute of an item as it stands now: the only thing under it that is written again."""
    minute = Minute.objects.get(item=item)
    return {"text": minute.text, "version": minute.version}


def _at_kind(found: Meeting, kind: str) -> str:
    item = found.items.filter(kind=kind).first()
    end = "" if item is None else f"?at={item.pk}#item-{item.pk}"
    return f"{reverse('governance:meeting', args=[found.pk])}{end}"
