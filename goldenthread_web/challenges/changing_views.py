"""Challenges raised, answered, taken further, referred and resolved; good practice noted: pages that ask."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.behind.reasons import reasons
from goldenthread_web.challenges import queries, raising_services, services
from goldenthread_web.challenges.forms import (
    AnswerForm,
    EscalateForm,
    GoodPracticeForm,
    RaiseForm,
    ReferForm,
    ResolveForm,
)
from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.raising_services import Raised
from goldenthread_web.challenges.rules import stage_after, stages
from goldenthread_web.challenges.views import ask_why, lacks_reason
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.trail.recording import record

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.RAISE_CHALLENGES, narrative=True)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """Raise a challenge for a child whom one chairs."""
    person = cast(User, request.user)
    first = {"raised_on": today(), "stage": "informal", "raised_as": "iro"}
    form = RaiseForm(request.POST or None, children=_chaired(person), initial=first)
    asked = Asked(
        title="Raise a challenge",
        caption="Challenges",
        lead="Say what is wrong for the child and what you ask for. It is resolved within 20 working days.",
        button="Raise it",
        form=form,
        back=reverse("challenges:list"),
        done="The challenge is raised. Write it into the child’s record, and say so here.",
        leads_on=True,
    )

    def write() -> Challenge:
        child, words, how = form.said()
        return raising_services.raise_challenge(child, Raised(**words), **how, by=person)

    return answered(request, asked, write)


@page(Permission.RAISE_CHALLENGES, narrative=True)
@require_http_methods(ASKS)
def note(request: HttpRequest) -> HttpResponse:
    """Note what was done well for a child whom one chairs."""
    person = cast(User, request.user)
    form = GoodPracticeForm(request.POST or None, children=_chaired(person), initial={"noted_on": today()})
    asked = Asked(
        title="Note good practice",
        caption="Challenges",
        lead="Teams learn from what is done well as they do from a challenge.",
        button="Note it",
        form=form,
        back=reverse("challenges:list"),
        done="Noted. The team’s managers read it on their list.",
    )

    def write() -> object:
        said = dict(form.cleaned_data)
        return raising_services.note_good_practice(said.pop("child"), **said, by=person)

    return answered(request, asked, write)


@page(Permission.ANSWER_CHALLENGES, narrative=True, asks=["reason"])
@require_http_methods(ASKS)
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer a challenge at the stage it is at."""
    person, found = _found(request, ref)
    if not queries.may_answer(person, found):
        raise Http404("This challenge does not wait for you.")
    if lacks_reason(person, request.GET.get("reason", "")):
        return ask_why(request, found)
    form = AnswerForm(request.POST or None, initial={"answered_on": today()})
    lead = f"{found.text} Asked for: {found.wanted}"
    asked = _of(request, found, form, "Answer the challenge", lead, "Answer")

    def write() -> Challenge:
        version = version_of(request)
        services.answer_challenge(found, version=version, **form.cleaned_data, by=person)
        return found

    return _asked(request, asked, write, found)


@page(Permission.RAISE_CHALLENGES, narrative=True, asks=["reason"])
@require_http_methods(ASKS)
def escalate(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a challenge to a higher stage."""
    person, found = _mine(request, ref)
    above = stage_after(found.stage)
    if above is None:
        raise Http404("There is no higher stage.")
    first = {"stage": above.key, "escalated_on": today()}
    form = EscalateForm(request.POST or None, present=found.stage, initial=first)
    lead = f"It is at {stages()[found.stage].title}. All stages together take 20 working days."
    asked = _of(request, found, form, "Take it further", lead, "Take it further")

    def write() -> Challenge:
        services.escalate(found, version=version_of(request), **form.cleaned_data, by=person)
        return found

    return _asked(request, asked, write, found)


@page(Permission.RAISE_CHALLENGES, narrative=True, asks=["reason"])
@require_http_methods(ASKS)
def refer(request: HttpRequest, ref: str) -> HttpResponse:
    """Refer a challenge to CAFCASS."""
    person, found = _mine(request, ref)
    form = ReferForm(request.POST or None, initial={"referred_on": today()})
    lead = "This is possible at any stage. The stages and their clock go on."
    asked = _of(request, found, form, "Refer it to CAFCASS", lead, "Record the referral")

    def write() -> Challenge:
        version = version_of(request)
        return services.refer_to_cafcass(found, version=version, **form.cleaned_data, by=person)

    return _asked(request, asked, write, found)


@page(Permission.RAISE_CHALLENGES, narrative=True, asks=["reason"])
@require_http_methods(ASKS)
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    """Say how a challenge ended."""
    person, found = _mine(request, ref)
    form = ResolveForm(request.POST or None, initial={"resolved_on": today()})
    lead = "You raised it, so you say how it ended. Without an answer it can only be withdrawn."
    asked = _of(request, found, form, "Say how it ended", lead, "Resolve it")

    def write() -> Challenge:
        return services.resolve(found, version=version_of(request), **form.cleaned_data, by=person)

    return _asked(request, asked, write, found)


@page(Permission.RAISE_CHALLENGES)
@require_POST
def on_file(request: HttpRequest, ref: str) -> HttpResponse:
    """The challenge now stands in the child's record."""
    person, found = _found(request, ref)
    services.mark_on_file(found, version=version_of(request), by=person)
    messages.success(request, "Noted: it stands in the child’s record.")
    return redirect(found)


def _found(request: HttpRequest, ref: str) -> tuple[User, Challenge]:
    person = cast(User, request.user)
    return person, get_object_or_404(queries.visible_to(person), ref=ref)


def _mine(request: HttpRequest, ref: str) -> tuple[User, Challenge]:
    """One that is open and the person's to take further."""
    person, found = _found(request, ref)
    if not found.is_open or not queries.may_raise(person, found):
        raise Http404("This challenge is not yours to take further.")
    return person, found


def _chaired(person: User) -> list[Child]:
    """The children whom the person chairs; that their numbers are shown is recorded first."""
    children = queries.chaired_by(person)
    if children:
        seen = [one.reference for one in children]
        record("children.seen", ("list", "challenges.chaired"), by=person, children=seen)
    return children


def _of(
    request: HttpRequest, found: Challenge, form: forms.Form, title: str, lead: str, button: str
) -> Asked:
    """A page that asks for something about a challenge."""
    reason = request.GET.get("reason", "")
    back = found.get_absolute_url()
    return Asked(
        title=title,
        caption=f"Challenge {found.ref}",
        lead=lead,
        button=button,
        form=form,
        back=f"{back}?{urlencode({'reason': reason})}" if reason else back,
        done="Saved.",
        version=found.version,
    )


def _asked(request: HttpRequest, asked: Asked, write: Callable[[], object], found: Challenge) -> HttpResponse:
    """Whom it is about is recorded before the page shows anything."""
    reason = request.GET.get("reason", "")
    record(
        "case_challenge.seen",
        ("case_challenge", found.ref),
        by=cast(User, request.user),
        reason=reason if reason in reasons() else "",
        children=[found.reference],
    )
    return answered(request, asked, write)
