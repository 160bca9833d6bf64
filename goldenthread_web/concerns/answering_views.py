"""Concerns raised, acknowledged, recorded as safe or not, resolved; absences entered and ended."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.concerns import absence_services, queries, services
from goldenthread_web.concerns.clocks import clocks, moment
from goldenthread_web.concerns.forms import AbsenceForm, RaiseForm, ResolveForm, SafetyForm
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.services import Meanwhile
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.words import moment_said

ASKS = ["GET", "HEAD", "POST"]
DAY = timedelta(days=1)
COPY = "Copy it to the case record today: that is the record."


@page(Permission.OBSERVE_PRACTICE, narrative=True, asks=["child", "source", "source_ref"])
@require_http_methods(ASKS)
def raise_one(request: HttpRequest) -> HttpResponse:
    """Raise a concern by hand. Whoever sees no child is told whom to tell instead."""
    person = cast(User, request.user)
    if not person.held_role.sees_children:
        return render(request, "concerns/tell_somebody.html.jinja", {"clocks": clocks()})
    initial = {name: request.GET.get(name, "")[:80] for name in ("child", "source_ref")}
    initial["source"] = request.GET.get("source", Concern.Source.OTHER)
    form = RaiseForm(request.POST or None, initial=initial, find=lambda typed: _child_of(person, typed))
    asked = Asked(
        title="Raise an immediate concern",
        caption="A child may be in danger now",
        lead="If a child is in danger at this moment, call 999 first. Then say here what you fear: the "
        "team’s manager and the head of service are told at once.",
        button="Raise the concern",
        form=form,
        back=reverse("concerns:list" if person.may(Permission.SEE_CONCERNS) else "practice_weeks:list"),
        done=f"The concern is raised. {COPY}",
        leads_on=True,
    )

    def write() -> str:
        said, child = form.cleaned_data, cast(Child, form.found)
        made = services.raise_concern(
            child.reference,
            team=queries.team_of(child),
            **{name: said[name] for name in ("source", "text", "source_ref")},
            by=person,
        )
        return reverse("concerns:raised", args=[made.ref])

    return answered(request, asked, write, template="concerns/form.html.jinja", clocks=clocks())


@page(Permission.OBSERVE_PRACTICE)
@require_safe
def raised(request: HttpRequest, ref: str) -> HttpResponse:
    """What became of a concern that the person raised: who was told, whether somebody has taken it on."""
    person = cast(User, request.user)
    concern = queries.raised_by(person, ref)
    record("children.seen", ("concern", concern.ref), by=person, children=[concern.reference])
    context = {
        "concern": concern,
        "clock": queries.clock_of(concern, moment()),
        "may_see": person.may(Permission.SEE_CONCERNS),
    }
    return render(request, "concerns/raised.html.jinja", context)


@page(Permission.ANSWER_CONCERNS)
@require_POST
def acknowledge(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a concern on."""
    person = cast(User, request.user)
    concern = queries.found(person, ref)
    try:
        services.acknowledge(concern, by=person)
    except Meanwhile as already:
        messages.warning(request, str(already))
    else:
        messages.success(
            request, "You have taken it on. See to the child now, then record here what you found."
        )
    return redirect(concern)


@page(Permission.ANSWER_CONCERNS, narrative=True)
@require_http_methods(ASKS)
@asked_once()
def record_safety(request: HttpRequest, ref: str) -> HttpResponse:
    """Say whether the child is safe, and what was done."""
    concern = _answerable(request, ref)
    stored = {"is_safe": {True: "yes", False: "no"}.get(concern.is_safe), "plan": concern.safety_plan}
    form = SafetyForm(request.POST or None)
    lead = f"To be recorded by {moment_said(concern.safe_by)}, on whatever day that is."
    asked = _of(concern, form, "Is the child safe?", lead, "Record it", f"Recorded. {COPY}", stored=stored)

    def write() -> None:
        services.record_safety(
            concern, version=version_of(request), **form.cleaned_data, by=cast(User, request.user)
        )

    return answered(request, asked, write, template="concerns/form.html.jinja", concern=concern)


@page(Permission.ANSWER_CONCERNS, narrative=True)
@require_http_methods(ASKS)
@asked_once()
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a concern whose child is safe."""
    concern = _answerable(request, ref)
    form = ResolveForm(request.POST or None)
    lead = "The child is safe. What was raised here is closed by somebody else than who raised it."
    asked = _of(concern, form, "Resolve the concern", lead, "Resolve it", f"Resolved. {COPY}")

    def write() -> None:
        services.resolve(
            concern, version=version_of(request), **form.cleaned_data, by=cast(User, request.user)
        )

    return answered(request, asked, write, template="concerns/form.html.jinja", concern=concern)


@page(Permission.ANSWER_CONCERNS)
@require_http_methods(ASKS)
def add_absence(request: HttpRequest) -> HttpResponse:
    """Say who is away and who stands in."""
    person = cast(User, request.user)
    form = AbsenceForm(request.POST or None, by=person, today=today())
    asked = Asked(
        title="Enter an absence",
        caption="Immediate concerns",
        lead="A concern never waits for somebody on leave: whoever stands in is told instead, at once.",
        button="Enter the absence",
        form=form,
        back=reverse("concerns:absences"),
        done="The absence is entered.",
    )
    return answered(request, asked, lambda: absence_services.enter_absence(**form.cleaned_data, by=person))


@page(Permission.ANSWER_CONCERNS)
@require_POST
def end_absence(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody is back: from today on they are told themselves."""
    found = get_object_or_404(queries.absences(from_on=today()), pk=number)
    absence_services.end_absence(found, last_day=today() - DAY, by=cast(User, request.user))
    messages.success(request, f"{found.person.title} is told again from now on.")
    return redirect("concerns:absences")


def _answerable(request: HttpRequest, ref: str) -> Concern:
    """The concern, if it is open and the person answers it. That it was opened is recorded."""
    person = cast(User, request.user)
    concern = queries.found(person, ref)
    if not concern.is_open or not queries.may_answer(concern, person):
        raise Http404("There is no such concern for you to answer.")
    record("children.seen", ("concern", concern.ref), by=person, children=[concern.reference])
    return concern


def _child_of(person: User, typed: str) -> Child | None:
    """The child of a typed number, where the person may see them."""
    found = index().find(typed)
    scope = child_scope(person, with_assigned=True)
    return found if found is not None and found.is_within(scope) else None


def _of(
    concern: Concern,
    form: forms.Form,
    title: str,
    lead: str,
    button: str,
    done: str,
    *,
    stored: Mapping[str, Any] | None = None,
) -> Asked:
    """A page that asks for something about a concern."""
    return Asked(
        title=title,
        caption=f"Immediate concern {concern.ref}",
        lead=lead,
        button=button,
        form=form,
        back=concern.get_absolute_url(),
        done=done,
        version=concern.version,
        stored=stored or {},
    )
