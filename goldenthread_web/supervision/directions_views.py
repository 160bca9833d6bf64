"""What were workers told to do first? Allocations of the last weeks, and the direction given for one."""

from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.day import day
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.supervision import directions_services as services
from goldenthread_web.supervision.directions_forms import DirectionForm
from goldenthread_web.supervision.directions_queries import Handed, handed, shares
from goldenthread_web.supervision.rules import rules
from goldenthread_web.supervision.views import may
from goldenthread_web.trail.recording import record


@page(Permission.DIRECT_ALLOCATIONS, narrative=True, asks=["only"])
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Children handed to a worker lately, with the direction given or without; the share with one."""
    person = cast(User, request.user)
    found = handed(child_scope(person))
    only = request.GET.get("only", "")
    shown = [one for one in found if only != "without" or one.direction is None]
    children = {one.child.reference for one in shown}
    if children:
        record("children.seen", ("list", "supervision.directions"), by=person, children=children)
    loaded = day()
    context = {
        "found": found,
        "shown": shown,
        "only": only,
        "shares": shares(found),
        "rules": rules()["directions"],
        "as_at": loaded.load.as_at_on if loaded else None,
        **may(person),
    }
    return render(request, "supervision/directions.html.jinja", context)


@page(Permission.DIRECT_ALLOCATIONS, narrative=True)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the direction for the child's latest allocation."""
    person = cast(User, request.user)
    one = _found(person, reference)
    record("child.seen", ("child", reference), by=person, children=[reference])
    form = DirectionForm(request.POST or None, initial=_first(one))
    allocation = one.allocation
    asked = Asked(
        title="Direction at allocation",
        caption=f"Child {allocation.child_id}",
        lead=f"Handed to {allocation.worker_id} on {allocation.on:%-d %B %Y}. Copy it to the child’s record "
        "today: that is the record.",
        button="Record the direction",
        form=form,
        back=reverse("supervision:directions"),
        done="Recorded. Copy it to the child’s record today: that is the record.",
    )
    return answered(request, asked, lambda: services.give_direction(one, **form.cleaned_data, by=person))


def _found(person: User, reference: str) -> Handed:
    for one in handed(child_scope(person)):
        if one.child.reference == reference:
            return one
    raise Http404("There is no such child on your list.")


def _first(one: Handed) -> dict[str, str | date]:
    """The direction that stands, as the form begins; another one is added to it."""
    if one.direction is None:
        return {"given_on": today()}
    return {
        "given_on": today(),
        "first": one.direction.first,
        "first_by_on": one.direction.first_by_on,
        "first_visit_by_on": one.direction.first_visit_by_on,
    }
