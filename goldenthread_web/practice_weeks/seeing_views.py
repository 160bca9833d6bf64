"""What a leader saw, written down; its themes; themes of the council's own."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.practice_weeks import numbers, observation_services, queries
from goldenthread_web.practice_weeks.forms import OwnThemeForm, ThemesForm
from goldenthread_web.practice_weeks.models import RosterEntry
from goldenthread_web.practice_weeks.seeing_forms import ObservationForm
from goldenthread_web.programme.asking import Asked, answered, version_of

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.OBSERVE_PRACTICE, narrative=True)
@require_http_methods(ASKS)
def observe(request: HttpRequest, number: int) -> HttpResponse:
    """Write what was seen at an entry of one's own."""
    person = cast(User, request.user)
    entry = queries.entry(person, number)
    if not queries.may_write(entry, person) or numbers.observation_of(entry) is not None:
        raise Http404("There is nothing for you to write here.")
    form = ObservationForm(
        request.POST or None,
        entry=entry,
        person=person,
        find=lambda typed: _child_of(person, typed),
        initial={"held_on": min(entry.on, today())},
    )
    done = "What you saw is written down."
    if person.held_role.sees_children:
        done += " If you raised a concern, copy what is about the child to the case record today."
    asked = Asked(
        title="What I saw",
        caption=f"{entry.ref} {entry.what.title}, {entry.team or 'no one team'}",
        lead=entry.what.about,
        button="Save what I saw",
        form=form,
        back=entry.get_absolute_url(),
        done=done,
        version=entry.version,
    )

    def write() -> None:
        observation_services.write_observation(entry, version=version_of(request), **form.said(), by=person)

    return answered(request, asked, write, template="practice_weeks/observe.html.jinja", entry=entry)


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Say which themes an observation is about."""
    person = cast(User, request.user)
    entry = queries.entry(person, number)
    seen = numbers.observation_of(entry)
    if seen is None or not queries.may_read(entry, person):
        raise Http404("There is nothing here for you to code.")
    stored = {"themes": [one.theme for one in seen.codings.all()]}
    form = ThemesForm(request.POST or None, initial=stored)
    asked = Asked(
        title=f"Themes of {entry.ref}",
        caption=entry.what.title,
        lead="What is it about? A theme that is lacking can be added.",
        button="Save the themes",
        form=form,
        back=entry.get_absolute_url(),
        done="Saved.",
        version=seen.version,
        stored=stored,
    )

    def write() -> RosterEntry:
        themes = form.cleaned_data["themes"]
        observation_services.code_observation(seen, version=version_of(request), themes=themes, by=person)
        return entry

    return answered(request, asked, write)


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def add_theme(request: HttpRequest) -> HttpResponse:
    """Add a theme of the council's own."""
    form = OwnThemeForm(request.POST or None)
    asked = Asked(
        title="Add a theme",
        caption="Practice Weeks",
        lead=f"There are already: {', '.join(queries.themes().values())}.",
        button="Add the theme",
        form=form,
        back=reverse("practice_weeks:list"),
        done="The theme can be used.",
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: observation_services.add_theme(form.cleaned_data["words"], by=by))


def _child_of(person: User, typed: str) -> Child | None:
    """The child of a typed number, where the person may see them."""
    found = index().find(typed.strip())
    if found is None or not person.held_role.sees_children:
        return None
    return found if found.is_within(child_scope(person, with_assigned=True)) else None
