"""Local parameters: what is in force, what it moves, who decided it; another value, proposed and decided."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.figures.publications import standing
from goldenthread_web.parameters import services
from goldenthread_web.parameters.catalogue import parameters
from goldenthread_web.parameters.forms import ChangeForm
from goldenthread_web.parameters.queries import by_area, changes_of, in_force, waiting


@page(Permission.SEE_DEFINITIONS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every parameter with the value in force, since when and by whom."""
    person = cast(User, request.user)
    context = {
        "areas": by_area(in_force()),
        "waiting": [(one, parameters()[one.name]) for one in waiting()]
        if person.may(Permission.APPROVE_SETTINGS)
        else [],
        "me": person,
        "may_change": person.may(Permission.SET_TARGETS),
    }
    return render(request, "parameters/list.html.jinja", context)


@page(Permission.SET_TARGETS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Propose another value of one parameter; its history."""
    parameter = parameters().get(name)
    if parameter is None or not parameter.is_changed_here:
        raise Http404
    in_use = parameter.now(local_settings())
    form = ChangeForm(request.POST or None, parameter=parameter, now=in_use)
    refused = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.propose_change(
                name, said["value"], because=said["because"], by=cast(User, request.user)
            )
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _said(made.is_approved))
            return redirect("parameters:list")
    published, damaged = standing()
    context = {
        "parameter": parameter,
        "in_use": in_use,
        "form": form,
        "refused": refused,
        "changes": changes_of(name),
        "published": sorted(published & set(parameter.used_by)),
        "damaged": damaged,
    }
    return render(
        request, "parameters/change.html.jinja", context, status=400 if form.errors or refused else 200
    )


@page(Permission.APPROVE_SETTINGS)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse a change that somebody else proposed."""
    found = get_object_or_404(waiting(), pk=number)
    is_approved = request.POST.get("decision") == "approve"
    services.decide_change(found, is_approved=is_approved, by=cast(User, request.user))
    messages.success(request, _said(True) if is_approved else "Refused. The value in force stays.")
    return redirect("parameters:list")


def _said(is_approved: bool | None) -> str:
    if is_approved:
        return (
            "In force. Figures are worked out anew within some minutes; earlier ones keep the earlier value."
        )
    return "Proposed. An indicator it moves was published, so that a second person must approve it."
