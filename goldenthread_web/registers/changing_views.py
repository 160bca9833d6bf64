"""Homes, inspections, training and outages entered and corrected."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.registers import queries, services
from goldenthread_web.registers.forms import (
    ChangedHomeForm,
    HomeForm,
    InspectionForm,
    OutageForm,
    TrainingForm,
    values_of,
)
from goldenthread_web.registers.models import HomeInspection

ASKS = ["GET", "HEAD", "POST"]
HOME_LEAD = "A children’s home that the council runs itself."
INSPECTION_LEAD = "The latest full inspection says whether the home is good or outstanding."
TRAINING_LEAD = "How many know the thresholds for help and protection, agency by agency."
OUTAGE_LEAD = "A time in which nobody could work in the case system, planned or not."


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def add_home(request: HttpRequest) -> HttpResponse:
    """Put a home on the register."""
    form = HomeForm(request.POST or None)
    asked = _asked(form, "Add a home", HOME_LEAD, "Add the home", "The home is on the register.")
    return answered(request, asked, lambda: services.add_home(**form.cleaned_data, by=_person(request)))


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def change_home(request: HttpRequest, ref: str) -> HttpResponse:
    """Another name, or the days on which it opened and closed."""
    found = get_object_or_404(queries.homes(), ref=ref)
    back = found.get_absolute_url()
    return _changed(
        request, found, ChangedHomeForm, services.change_home, f"Change home {ref}", HOME_LEAD, back
    )


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def enter_inspection(request: HttpRequest, ref: str) -> HttpResponse:
    """Enter what an inspection judged of a home."""
    found = get_object_or_404(queries.homes(), ref=ref)
    form = InspectionForm(request.POST or None, initial={"is_full": True})
    back, title = found.get_absolute_url(), f"Enter an inspection of {found.name}"
    asked = _asked(form, title, INSPECTION_LEAD, "Enter the inspection", "The inspection is entered.", back)

    def write() -> None:
        services.enter_inspection(found, **form.cleaned_data, by=_person(request))

    return answered(request, asked, write)


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def correct_inspection(request: HttpRequest, number: int) -> HttpResponse:
    """Correct what was entered of an inspection."""
    found = get_object_or_404(HomeInspection.objects.select_related("home"), pk=number)
    back, title = found.home.get_absolute_url(), f"Correct an inspection of {found.home.name}"
    return _changed(request, found, InspectionForm, services.correct_inspection, title, INSPECTION_LEAD, back)


@page(Permission.KEEP_REGISTERS, asks=["agency"])
@require_http_methods(ASKS)
def count_training(request: HttpRequest) -> HttpResponse:
    """Say how many of an agency are trained in thresholds."""
    given = {"agency": request.GET.get("agency", ""), "as_at_on": today()}
    form = TrainingForm(request.POST or None, initial=given)
    asked = _asked(form, "Count those trained", TRAINING_LEAD, "Save the count", "The count is saved.")
    return answered(request, asked, lambda: _nothing(services.count_training, form, request))


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def correct_training(request: HttpRequest, number: int) -> HttpResponse:
    """Correct a count."""
    found = get_object_or_404(queries.trainings(), pk=number)
    title = f"Correct a count of {found.agency}"
    return _changed(request, found, TrainingForm, services.correct_training, title, TRAINING_LEAD)


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def enter_outage(request: HttpRequest) -> HttpResponse:
    """Enter an outage of the case system."""
    form = OutageForm(request.POST or None, initial={"began_on": today(), "planned_hours": 0})
    asked = _asked(form, "Enter an outage", OUTAGE_LEAD, "Enter the outage", "The outage is entered.")
    return answered(request, asked, lambda: _nothing(services.enter_outage, form, request))


@page(Permission.KEEP_REGISTERS)
@require_http_methods(ASKS)
def change_outage(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an outage is over, or correct it."""
    found = get_object_or_404(queries.outages(), pk=number)
    return _changed(request, found, OutageForm, services.change_outage, "Change an outage", OUTAGE_LEAD)


def _asked(
    form: forms.Form, title: str, lead: str, button: str, done: str, back: str = "", **more: Any
) -> Asked:
    listed = back or reverse("registers:list")
    return Asked(
        title=title, caption="Registers", lead=lead, button=button, form=form, back=listed, done=done, **more
    )


def _changed(
    request: HttpRequest,
    found: Any,
    of: type[forms.Form],
    write: Callable[..., object],
    title: str,
    lead: str,
    back: str = "",
) -> HttpResponse:
    """Show what is stored and write what was made of it, by the number it was shown with."""
    stored = values_of(found)
    form = of(request.POST or None, initial=stored)
    asked = _asked(form, title, lead, "Save", "Saved.", back, version=found.version, stored=stored)

    def save() -> None:
        write(found, version=version_of(request), **_said(form), by=_person(request))

    return answered(request, asked, save)


def _nothing(write: Callable[..., object], form: forms.Form, request: HttpRequest) -> None:
    """Write what was typed; the answer leads back to the list."""
    write(**_said(form), by=_person(request))


def _said(form: forms.Form) -> dict[str, Any]:
    return form.said() if isinstance(form, OutageForm) else form.cleaned_data


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
