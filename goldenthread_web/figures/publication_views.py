"""Pages of what was published: every publication, and one with what has changed of it since."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from goldenthread.figures.publication import NotPublished
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.figures import publications as reading


@page(Permission.SEE_FIGURES)
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """What was published, when, by whom, and how much of it would be otherwise today."""
    listed, damaged = reading.published()
    return render(request, "figures/publications.html.jinja", {"listed": listed, "damaged": damaged})


@page(Permission.SEE_FIGURES)
@require_safe
def publication(request: HttpRequest, name: str) -> HttpResponse:
    """One publication: what it holds, and what of it would be otherwise today, and why."""
    try:
        found = reading.publication(name)
    except NotPublished:  # the list says what is wrong with it
        return redirect("figures:publications")
    headlines = reading.headlines(found)
    is_public = cast(User, request.user).held_role.is_public_view
    context = {
        "one": reading.told(found),
        "is_public": is_public,
        "why": reading.why_revised(found),
        "indicators": [(ref, title, "", "") for ref, title, *_ in headlines] if is_public else headlines,
        "revised": [] if is_public else reading.revised_of(found),
    }
    return render(request, "figures/publication.html.jinja", context)
