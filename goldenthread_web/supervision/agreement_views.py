"""Who is supervised, by whom, how often, and until when: pages that ask for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.queries import people
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.supervision import agreement_services as services
from goldenthread_web.supervision import queries
from goldenthread_web.supervision.forms import (
    AgreementChangeForm,
    AgreementForm,
    EndForm,
    OtherFrequencyForm,
    SupervisorForm,
)
from goldenthread_web.supervision.models import Agreement
from goldenthread_web.supervision.workers import may_be_supervised_by

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.SUPERVISE)
@require_http_methods(ASKS)
def add(request: HttpRequest) -> HttpResponse:
    """A worker is supervised from now on, by the person who says so."""
    person = cast(User, request.user)
    form = AgreementForm(request.POST or None, workers=may_be_supervised_by(person), on=today())
    asked = Asked(
        title="Supervise a worker",
        caption="Supervision",
        lead="The worker’s file is yours, theirs and your manager’s to read, and nobody else’s.",
        button="Supervise this worker",
        form=form,
        back=reverse("supervision:list"),
        done="You supervise this worker. Begin a session when you meet.",
        leads_on=True,
    )
    return answered(
        request, asked, lambda: services.agree_to_supervise(**form.said(), supervisor=person, by=person)
    )


@page(Permission.SUPERVISE)
@require_http_methods(ASKS)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """The worker holds another post, or works in another team."""
    agreement, person = _found(request, number)
    stored = {name: getattr(agreement, name) for name in AgreementChangeForm.base_fields}
    form = AgreementChangeForm(request.POST or None, initial=stored)
    asked = _of(agreement, form, "Change the agreement", "How often follows from the role.", "Save", stored)

    def write() -> Agreement:
        version = version_of(request)
        return services.change_agreement(agreement, version=version, **form.cleaned_data, by=person)

    return answered(request, asked, write)


@page(Permission.SUPERVISE)
@require_http_methods(ASKS)
def supervisor(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody else supervises the worker."""
    agreement, person = _found(request, number)
    may = [code for code, role in roles().items() if Permission.SUPERVISE in role.permissions]
    others = people().filter(role__in=may, is_active=True).exclude(pk=agreement.supervisee_id)
    form = SupervisorForm(request.POST or None, people=others, initial={"starts_on": today()})
    lead = "The file goes to the new supervisor; the present one reads it no longer."
    asked = _of(agreement, form, "Another supervisor", lead, "Hand the file over")
    asked = _leading(asked, reverse("supervision:list"))

    def write() -> Agreement:
        version = version_of(request)
        services.change_supervisor(agreement, version=version, **form.cleaned_data, by=person)
        return agreement

    return answered(request, asked, write)


@page(Permission.SUPERVISE)
@require_http_methods(ASKS)
def frequency(request: HttpRequest, number: int) -> HttpResponse:
    """For a while sessions are more or less often than the rule says, or none is due."""
    agreement, person = _found(request, number)
    form = OtherFrequencyForm(request.POST or None, initial={"starts_on": today()})
    lead = "An exception, with its reason on the record; afterwards the rule holds again."
    asked = _of(agreement, form, "Another frequency for a while", lead, "Record the exception")

    def write() -> Agreement:
        version = version_of(request)
        services.set_other_frequency(agreement, version=version, **form.cleaned_data, by=person)
        return agreement

    return answered(request, asked, write)


@page(Permission.SUPERVISE)
@require_http_methods(ASKS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """The worker is supervised no longer."""
    agreement, person = _found(request, number)
    form = EndForm(request.POST or None, initial={"ends_on": today()})
    lead = "The file is kept. Only the worker reads it from then on."
    asked = _of(agreement, form, "End the agreement", lead, "End the agreement")
    asked = _leading(asked, reverse("supervision:list"))

    def write() -> Agreement:
        version = version_of(request)
        return services.end_agreement(agreement, version=version, **form.cleaned_data, by=person)

    return answered(request, asked, write)


def _found(request: HttpRequest, number: int) -> tuple[Agreement, User]:
    person = cast(User, request.user)
    return get_object_or_404(queries.files_visible_to(person), pk=number, ends_on=None), person


def _of(
    agreement: Agreement,
    form: forms.Form,
    title: str,
    lead: str,
    button: str,
    stored: Mapping[str, Any] | None = None,
) -> Asked:
    """A page that asks for something about an agreement."""
    return Asked(
        title=title,
        caption=agreement.said,
        lead=lead,
        button=button,
        form=form,
        back=agreement.get_absolute_url(),
        done="Saved.",
        version=agreement.version,
        stored=stored or {},
    )


def _leading(asked: Asked, back: str) -> Asked:
    """The same page, whose answer leads elsewhere: the file may not be the person's to read any more."""
    return replace(asked, back=back)
