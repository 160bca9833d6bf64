"""What is done in a clinic, each at its own address; the answer is the screen, where it was done."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.clinics import queries, services
from goldenthread_web.clinics.forms import (
    ActionForm,
    AnswerForm,
    CloseForm,
    EscalationForm,
    JudgeForm,
    NotHeldForm,
    OutcomeForm,
)
from goldenthread_web.clinics.models import ClinicException
from goldenthread_web.clinics.views import clinic_or_404, shown
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.ui.conflicts import SavedMeanwhile

MEANWHILE = "Somebody else wrote here while you did. What they said stands now: look, and save yours again."


def _at(number: int, place: str) -> HttpResponse:
    return redirect(f"{reverse('clinics:clinic', args=[number])}#{place}")


def _done(request: HttpRequest, number: int, act: Callable[[], Any], said: str, place: str) -> HttpResponse:
    """Do something without a form of its own; a refusal is said above the screen."""
    try:
        act()
    except Refused as refusal:
        return shown(request, number, refused=str(refusal))
    messages.success(request, said)
    return _at(number, place)


def _wrong(form: forms.Form) -> str:
    """Each sentence once: two texts of a row may hold the same kind of detail."""
    return " ".join(dict.fromkeys(str(error) for errors in form.errors.values() for error in errors))


@page(Permission.RUN_CLINICS)
@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the clinic."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    said = "The clinic has begun. Last time’s actions come first."
    return _done(request, number, lambda: services.begin_clinic(found, by=person), said, "opening")


@page(Permission.SEE_CLINICS, narrative=True)
@require_POST
def judge(request: HttpRequest, number: int, exception: int) -> HttpResponse:
    """Say why, whether the child is safe, and what is agreed."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    listed = {one.pk: one for one in queries.exceptions_of(found, child_scope(person))}
    one = listed.get(exception)
    if one is None:
        raise Http404
    form = JudgeForm(request.POST, of=one, clinic=found)
    if not form.is_valid():
        return shown(request, number, refused=_wrong(form), posted=("exception", exception))
    try:
        _judge(form, one, person)
    except Refused as refusal:
        return shown(request, number, refused=str(refusal), posted=("exception", exception))
    except SavedMeanwhile:
        return shown(request, number, refused=MEANWHILE)
    messages.success(request, f"{one.label}: saved.")
    return _at(number, f"x{exception}")


def _judge(form: JudgeForm, one: ClinicException, person: User) -> None:
    said = form.cleaned_data
    with transaction.atomic():
        services.judge(
            one,
            reason=said["reason"],
            is_safe=said["is_safe"],
            note=said["note"],
            version=said["version"],
            by=person,
        )
        if said.get("text"):
            services.set_action(
                one.clinic,
                exception=one,
                text=said["text"],
                owner=said["owner"],
                due_on=said["due_on"],
                by=person,
            )


@page(Permission.RUN_CLINICS)
@require_POST
def same_reason(request: HttpRequest, number: int) -> HttpResponse:
    """One reason for every exception of a kind and duty that has none yet."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    kind, _, item = request.POST.get("of", "").partition(":")
    reason = request.POST.get("reason", "")
    act = lambda: services.give_reason_to_all(found, kind, item, reason=reason, by=person)  # noqa: E731
    return _done(request, number, act, "Each of them has that reason now.", kind or "opening")


@page(Permission.SEE_CLINICS, narrative=True)
@require_POST
def outcome(request: HttpRequest, number: int, action: int) -> HttpResponse:
    """Say what became of an action of an earlier clinic."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    opening = queries.actions_of(found, child_scope(person)).opening
    one = next((each for each in opening if each.pk == action), None)
    if one is None:
        raise Http404
    form = OutcomeForm(request.POST, of=one)
    if not form.is_valid():
        return shown(request, number, refused=_wrong(form), posted=("outcome", action))
    said = form.cleaned_data
    try:
        if said["outcome"] == "carried":
            services.carry_action(one, found, because=said["text"], by=person)
        else:
            services.settle_action(one, **said, by=person)
    except Refused as refusal:
        return shown(request, number, refused=str(refusal), posted=("outcome", action))
    except SavedMeanwhile:
        return shown(request, number, refused=MEANWHILE)
    messages.success(request, f"{one.ref}: saved.")
    return _at(number, f"a{action}")


@page(Permission.RUN_CLINICS)
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """Agree an action about no single exception."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    form = ActionForm(request.POST)
    if not form.is_valid():
        lacking = "" if form.warned else "An action says what, who and by when."
        return shown(request, number, refused=lacking or _wrong(form), posted=("action", 0))
    act = lambda: services.set_action(found, exception=None, **form.cleaned_data, by=person)  # noqa: E731
    return _done(request, number, act, "The action is agreed.", "agreed")


@page(Permission.RUN_CLINICS)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close the clinic; what is lacking is said."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return shown(request, number, refused=_wrong(form), posted=("close", 0))
    act = lambda: services.close_clinic(found, **form.cleaned_data, by=person)  # noqa: E731
    return _done(request, number, act, "The clinic is closed. Its actions open the next one.", "agreed")


@page(Permission.RUN_CLINICS)
@require_http_methods(["GET", "HEAD", "POST"])
def not_held(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a clinic was not held, and why."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    form = NotHeldForm(request.POST or None)
    asked = Asked(
        title="This clinic was not held",
        caption=found.team,
        lead="Its open actions come to the next one.",
        button="Say so",
        form=form,
        back=found.get_absolute_url(),
        done="It is noted.",
    )
    return answered(request, asked, lambda: services.clinic_not_held(found, **form.cleaned_data, by=person))


@page(Permission.RUN_CLINICS, asks=["action"])
@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, number: int) -> HttpResponse:
    """Put something before the operational board."""
    person = cast(User, request.user)
    found = clinic_or_404(person, number)
    form = EscalationForm(request.POST or None, clinic=found, about=request.GET.get("action", ""))
    asked = Asked(
        title="Put it before the operational board",
        caption=found.team,
        lead="For what the team cannot solve: it is on the board’s agenda until it is answered.",
        button="Put it before the board",
        form=form,
        back=found.get_absolute_url(),
        done="It stands on the board’s next agenda.",
    )
    return answered(request, asked, lambda: services.escalate(found, **form.cleaned_data, by=person))


@page(Permission.RECORD_DECISIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, escalation: int) -> HttpResponse:
    """Write down what the board answered."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.open_escalations(), pk=escalation)
    form = AnswerForm(request.POST or None, initial={"answered_on": today()})
    asked = Asked(
        title="What did the board answer?",
        caption=found.team,
        lead=f"{found.text} Asked for: {found.wanted}",
        button="Save the answer",
        form=form,
        back=reverse("clinics:list"),
        done="The team’s next clinic reads it.",
    )
    return answered(request, asked, lambda: services.answer_escalation(found, **form.cleaned_data, by=person))
