"""Who leads the review of every case of a service: begins it, hands cases out, closes it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.units import open_units
from goldenthread_web.case_reviews import progress, queries, services
from goldenthread_web.case_reviews.forms import BeginForm, CloseForm, HandOutForm
from goldenthread_web.case_reviews.models import Exercise
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.ui.words import pluralise

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def begin(request: HttpRequest) -> HttpResponse:
    """Freeze a cohort: every case of it is to be reviewed."""
    teams = set(open_units(Unit.Kind.TEAM, today()).values_list("name", flat=True))
    form = BeginForm(request.POST or None, teams=teams)
    asked = Asked(
        title="Review every case of a service",
        caption="Case reviews",
        lead="The cases of today are the cases of this exercise, whatever changes later. Restricted children "
        "are not among them: those who may see them review them apart.",
        button="Begin",
        form=form,
        back=reverse("case_reviews:list"),
        done="The cases are there. Hand them out next.",
        leads_on=True,
    )

    def write() -> Exercise:
        return services.begin_exercise(**form.cleaned_data, by=cast(User, request.user))

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def hand_out(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand somebody cases."""
    found = get_object_or_404(queries.exercises(), ref=ref)
    waiting = progress.waiting_by_team(found)
    form = HandOutForm(request.POST or None, waiting=waiting, initial={"number": 10})
    lead = f"{pluralise(sum(waiting.values()), 'case')} with nobody yet."
    asked = _of(found, form, "Hand out cases", lead, "Hand them out")

    def write() -> None:
        number = services.hand_out(found, **form.cleaned_data, by=cast(User, request.user))
        messages.success(
            request, f"{pluralise(number, 'case')} handed out: they stand under My case reviews."
        )

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_POST
def take_back(request: HttpRequest, ref: str, person: int) -> HttpResponse:
    """Whoever has cases cannot review them: they go back."""
    found = get_object_or_404(queries.exercises(), ref=ref)
    reviewer = get_object_or_404(queries.reviewers(), pk=person)
    return _done(
        request,
        found,
        lambda by: (
            pluralise(services.take_cases_back(found, reviewer=reviewer, by=by), "case") + " taken back."
        ),
    )


@page(Permission.LEAD_CASE_AUDITS)
@require_POST
def note_left(request: HttpRequest, ref: str) -> HttpResponse:
    """Note the children who have no open case any more."""
    found = get_object_or_404(queries.exercises(), ref=ref)
    return _done(request, found, lambda by: _left_said(services.note_who_left(found, by=by)))


def _left_said(number: int) -> str:
    if not number:
        return "Nobody has left since: every case that is not reviewed is open."
    return (
        f"{pluralise(number, 'case')} closed before anybody had looked: no longer counted as to be reviewed."
    )


@page(Permission.LEAD_CASE_AUDITS, narrative=True)
@require_http_methods(ASKS)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """End the exercise."""
    found = get_object_or_404(queries.exercises(), ref=ref)
    form = CloseForm(request.POST or None)
    open_cases = found.cases.filter(reviewed_on=None, left_on=None).count()
    lead = (
        f"{pluralise(open_cases, 'case')} not reviewed. When it is closed nothing in it is changed any more."
    )
    asked = _of(found, form, "Close the exercise", lead, "Close it", "It is closed.")

    def write() -> None:
        words, by = form.cleaned_data["found"], cast(User, request.user)
        services.close_exercise(found, version=version_of(request), found=words, by=by)

    return answered(request, asked, write)


def _of(found: Exercise, form: Any, title: str, lead: str, button: str, done: str = "") -> Asked:
    return Asked(
        title=title,
        caption=f"Case review {found.ref}: {found.title}",
        lead=lead,
        button=button,
        form=form,
        back=found.get_absolute_url(),
        done=done or "Cases are handed out.",
        version=found.version,
    )


def _done(request: HttpRequest, found: Exercise, write: Any) -> HttpResponse:
    try:
        said = write(cast(User, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(found)
