"""Who reads a session for a case audit? Opened by the head of service, to one person, for a time."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.queries import people
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.supervision import opening_services as services
from goldenthread_web.supervision import queries
from goldenthread_web.supervision.forms import OpeningForm
from goldenthread_web.supervision.models import Session
from goldenthread_web.supervision.views import may


@page(Permission.SUPERVISE)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """What was opened to whom, why and until when."""
    person = cast(User, request.user)
    _check(person)
    context = {"openings": list(queries.openings()), "on": today(), **may(person)}
    return render(request, "supervision/openings.html.jinja", context)


@page(Permission.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Open a session to somebody who looks at supervision files."""
    person = cast(User, request.user)
    _check(person)
    codes = [code for code, role in roles().items() if Permission.AUDIT_CASES in role.permissions]
    form = OpeningForm(
        request.POST or None,
        sessions=queries.sessions().filter(state=Session.State.COMPLETED),
        people=people().filter(role__in=codes, is_active=True).exclude(pk=person.pk),
    )
    asked = Asked(
        title="Open a session for a case audit",
        caption="Supervision",
        lead="One session, to one person, for a reason, until a day. Both it and who reads it are recorded.",
        button="Open the session",
        form=form,
        back=reverse("supervision:openings"),
        done="The session is open to that person.",
    )
    return answered(request, asked, lambda: services.open_session(**form.cleaned_data, by=person))


@page(Permission.SUPERVISE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Close what was opened."""
    person = cast(User, request.user)
    _check(person)
    services.withdraw_opening(get_object_or_404(queries.openings(), pk=number), by=person)
    messages.success(request, "The session is closed to that person.")
    return redirect("supervision:openings")


@page(Permission.AUDIT_CASES)
@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """The sessions opened to me for a case audit."""
    found = list(queries.opened_to(cast(User, request.user)))
    return render(request, "supervision/opened.html.jinja", {"openings": found})


def _check(person: User) -> None:
    if not services.may_open(person):
        raise Http404("Your role opens no supervision file.")
