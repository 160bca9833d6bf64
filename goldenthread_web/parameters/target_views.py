"""Targets: local, dated, owned; what is in force, and another one proposed and decided."""

from collections.abc import Container
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures import target_services
from goldenthread_web.figures.publications import standing
from goldenthread_web.figures.targets import history, in_force, undecided
from goldenthread_web.parameters.target_forms import TargetForm


@page(Permission.SEE_DEFINITIONS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every target in force, and those that wait for a decision."""
    person = cast(User, request.user)
    found = in_force(today())
    context = {
        "targets": [(catalogue()[ref], found[ref]) for ref in catalogue() if ref in found],
        "without": _without(found),
        "waiting": undecided() if person.may(Permission.APPROVE_SETTINGS) else [],
        "me": person,
        "may_change": person.may(Permission.SET_TARGETS),
    }
    return render(request, "parameters/targets.html.jinja", context)


def _without(found: Container[str]) -> dict[str, list[Definition]]:
    """By area, the indicators that have no target."""
    areas: dict[str, list[Definition]] = {}
    for ref, definition in catalogue().items():
        if ref not in found:
            areas.setdefault(definition.area, []).append(definition)
    return areas


@page(Permission.SET_TARGETS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Propose a target of one indicator; its history."""
    definition = catalogue().get(ref)
    if definition is None:
        raise Http404
    published, damaged = standing()
    form = TargetForm(request.POST or None, today=today())
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = target_services.propose_target(ref, **form.cleaned_data, by=cast(User, request.user))
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = "In force." if made.is_approved else "Proposed: a second person must approve it."
            messages.success(request, said)
            return redirect("parameters:targets")
    context = {
        "definition": definition,
        "target": in_force(today()).get(ref),
        "form": form,
        "refused": refused,
        "history": history(ref),
        "is_published": ref in published,
        "damaged": damaged,
    }
    return render(
        request, "parameters/target.html.jinja", context, status=400 if form.errors or refused else 200
    )


@page(Permission.APPROVE_SETTINGS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse a target that somebody else proposed."""
    found = get_object_or_404(undecided(), pk=number)
    is_approved = request.POST.get("decision") == "approve"
    target_services.decide_target(found, is_approved=is_approved, by=cast(User, request.user))
    messages.success(request, "Approved." if is_approved else "Refused. The target in force stays.")
    return redirect("parameters:targets")
