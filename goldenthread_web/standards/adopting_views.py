"""Editions: begun, proposed, adopted, sent back, thrown away."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.standards import forms, queries, services
from goldenthread_web.standards.models import Edition

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin another edition."""
    last = queries.adopted_editions().first()
    form = forms.AboutForm(request.POST or None)
    source = (
        "the default set" if last is None else f"edition {last.number}, every standard and question of it"
    )
    asked = Asked(
        title="Begin an edition",
        caption="Practice standards",
        lead=f"It begins with {source}. Nothing holds until it is adopted.",
        button="Begin the draft",
        form=form,
        back=reverse("standards:list"),
        done="The draft is there: change, add and take out what you like, then propose it.",
        leads_on=True,
    )
    by = cast(User, request.user)
    return _answered(request, asked, lambda: services.begin_edition(by=by, **form.cleaned_data))


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def about(request: HttpRequest, number: int) -> HttpResponse:
    """Say what is new in the draft."""
    edition = _edition(number)
    initial = {"about": edition.about}
    form = forms.AboutForm(request.POST or None, initial=initial)
    asked = _of(edition, form, "What is new in it", "", "Save", "Saved.", stored=initial)
    return _written(request, asked, services.say_what_is_new, edition)


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the draft to be adopted."""
    edition = _edition(number)
    lead = "From then on it waits and is not changed. Somebody else adopts it, or sends it back."
    done = "It waits to be adopted. Tell the director of children’s services."
    asked = _of(edition, _confirm(request), f"Propose edition {number}?", lead, "Propose it", done)
    return _written(request, asked, services.propose_edition, edition)


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Go on writing what waits to be adopted."""
    edition = _edition(number)
    lead = "It is a draft again until somebody proposes it once more."
    done = "It is a draft again."
    asked = _of(edition, _confirm(request), f"Go on writing edition {number}?", lead, "Take it back", done)
    return _written(request, asked, services.take_back_edition, edition)


@page(Permission.ADOPT_STANDARDS)
@require_http_methods(ASKS)
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Adopt an edition from a day on."""
    edition = _edition(number)
    form = forms.AdoptForm(request.POST or None, today=today())
    lead = "From that day practice is judged by it. It is never changed again; another edition may follow."
    asked = _of(edition, form, f"Adopt edition {number}", lead, "Adopt it", "The edition is adopted.")
    return _written(request, asked, services.adopt_edition, edition)


@page(Permission.ADOPT_STANDARDS)
@require_http_methods(ASKS)
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Do not adopt it as it is."""
    edition = _edition(number)
    form = forms.SendBackForm(request.POST or None)
    lead = "Whoever wrote it reads what you say here, changes the draft and proposes it again."
    asked = _of(edition, form, f"Send edition {number} back", lead, "Send it back", "It is sent back.")
    return _written(request, asked, services.send_back_edition, edition)


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throw the draft away."""
    edition = _edition(number)
    lead = "Everything written in this draft is gone. Editions that were adopted stay as they are."
    asked = Asked(
        title=f"Throw the draft of edition {number} away?",
        caption="Practice standards",
        lead=lead,
        button="Throw it away",
        form=_confirm(request),
        back=reverse("standards:list"),
        done="The draft is gone.",
        version=edition.version,
    )
    return _written(request, asked, services.discard_edition, edition)


def _edition(number: int) -> Edition:
    return get_object_or_404(queries.editions(), number=number)


def _confirm(request: HttpRequest) -> forms.ConfirmForm:
    return forms.ConfirmForm(request.POST if request.method == "POST" else None)


def _of(
    edition: Edition, form: Any, title: str, lead: str, button: str, done: str, *, stored: Any = None
) -> Asked:
    return Asked(
        title=title,
        caption="Practice standards",
        lead=lead,
        button=button,
        form=form,
        back=edition.get_absolute_url(),
        done=done,
        version=edition.version,
        stored=stored or {},
    )


def _written(
    request: HttpRequest, asked: Asked, service: Callable[..., Any], edition: Edition
) -> HttpResponse:
    """Done by a service that takes the edition, the version that was shown, and what the form says."""
    by = cast(User, request.user)
    write = lambda: service(edition, version=version_of(request), by=by, **asked.form.cleaned_data)  # noqa: E731
    return _answered(request, asked, write)


def _answered(request: HttpRequest, asked: Asked, write: Callable[[], Any]) -> HttpResponse:
    return answered(request, asked, write, template="standards/form.html.jinja")
