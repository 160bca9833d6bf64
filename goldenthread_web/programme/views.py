"""What is aimed at, by what themes and components, and who decides: read and changed."""

from typing import Any, cast

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme import forms, queries, services
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.programme.enablers import usual_enabler
from goldenthread_web.programme.models import Body, Component, Enabler, Programme, Theme


@page(Permission.SEE_PLAN)
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """The aim, the themes, and the components of a good service."""
    person = cast(User, request.user)
    found = queries.programme()
    context = {
        "programme": found,
        "themes": queries.themes(),
        "components": queries.components().prefetch_related("themes"),
        "enablers": queries.enablers(),
        "days_left": None if found is None else (found.target_on - today()).days,
        "share": None if found is None else _share(found.starts_on, found.target_on),
        "may_edit": person.may(Permission.EDIT_PLAN),
        "may_see_bodies": person.may(Permission.SEE_MEETINGS),
    }
    return render(request, "programme/programme.html.jinja", context)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def aim(request: HttpRequest) -> HttpResponse:
    """Say what is to be reached by when."""
    found = queries.programme()
    names = forms.AimForm.base_fields
    initial = {} if found is None else {name: getattr(found, name) for name in names}
    form = forms.AimForm(request.POST or None, initial=initial)
    stored = initial | {"version": _version(found)}

    def save(said: dict[str, Any]) -> None:
        services.set_aim(**said, version=version_of(request), by=cast(User, request.user))

    return _edited(request, form, save, "The aim", "programme:programme", stored=stored)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def component(request: HttpRequest, number: int) -> HttpResponse:
    """Say a component of a good service in other words; a number that is not there yet adds one."""
    found = Component.objects.filter(number=number).first()
    initial = {} if found is None else {"title": found.title, "looks_like": found.looks_like}
    form = forms.ComponentForm(request.POST or None, initial=initial)

    def save(said: dict[str, Any]) -> None:
        services.set_component(number, **said, version=version_of(request), by=cast(User, request.user))

    stored = initial | {"version": _version(found)}
    return _edited(request, form, save, f"Component {number}", "programme:programme", stored=stored)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def enabler(request: HttpRequest, number: int) -> HttpResponse:
    """Say an enabler of improvement in other words; one that is not there yet begins as councils know it."""
    found = Enabler.objects.filter(number=number).first()
    initial = {"title": found.title, "looks_like": found.looks_like} if found else usual_enabler(number)
    form = forms.ComponentForm(request.POST or None, initial=initial)

    def save(said: dict[str, Any]) -> None:
        services.set_enabler(number, **said, version=version_of(request), by=cast(User, request.user))

    stored = initial | {"version": _version(found)}
    return _edited(request, form, save, f"Enabler {number}", "programme:programme", stored=stored)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest, number: int) -> HttpResponse:
    """Say a theme in other words; a number that is not there yet adds one."""
    found = Theme.objects.filter(number=number).first()
    initial: dict[str, Any] = {}
    if found is not None:
        initial = {name: getattr(found, name) for name in ("title", "focus", "remaining", "post")}
        initial["components"] = [one.pk for one in found.components.all()]
    form = forms.ThemeForm(request.POST or None, initial=initial)

    def save(said: dict[str, Any]) -> None:
        services.set_theme(number, **said, version=version_of(request), by=cast(User, request.user))

    stored = initial | {"version": _version(found)}
    return _edited(request, form, save, f"Theme {number}", "programme:programme", stored=stored)


@page(Permission.SEE_MEETINGS)
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body with what it is for, who chairs it and how often it meets."""
    context = {
        "bodies": queries.bodies(),
        "may_edit": cast(User, request.user).may(Permission.KEEP_MEETINGS),
    }
    return render(request, "programme/bodies.html.jinja", context)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_body(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of a body."""
    found = get_object_or_404(Body, code=code)
    names = [name for name in forms.BodyForm.base_fields if name != "code"]
    initial = {name: getattr(found, name) for name in names}
    form = forms.BodyForm(request.POST or None, initial=initial, is_new=False)

    def save(said: dict[str, Any]) -> None:
        services.change_body(found, version=version_of(request), by=cast(User, request.user), **said)

    stored = initial | {"version": found.version}
    return _edited(request, form, save, found.name, "programme:bodies", stored=stored)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_body(request: HttpRequest) -> HttpResponse:
    """Enter a body."""
    form = forms.BodyForm(request.POST or None)

    def save(said: dict[str, Any]) -> None:
        services.add_body(said.pop("code"), by=cast(User, request.user), **said)

    return _edited(request, form, save, "A new body", "programme:bodies")


def _edited(
    request: HttpRequest, form: Any, save: Any, title: str, after: str, *, stored: Any = None
) -> HttpResponse:
    """The page of a form: saved, or shown with what stops it."""
    asked = Asked(
        title=title,
        caption="",
        lead="",
        button="Save",
        form=form,
        back=reverse(after),
        done="Saved.",
        keeps=True,
        version=(stored or {}).get("version", 0),
        stored=stored or {},
    )

    def write() -> None:
        try:
            with transaction.atomic():
                save(dict(form.cleaned_data))
        except IntegrityError:
            raise Refused("Another one has that name already: choose another.") from None

    return answered(request, asked, write)


def _version(found: Programme | Component | Enabler | Theme | None) -> int:
    """How often it was saved; 0 where it is not there yet."""
    return 0 if found is None else found.version


def _share(starts_on: Any, target_on: Any) -> int:
    """How much of the time has passed, of a hundred."""
    whole, gone = (target_on - starts_on).days, (today() - starts_on).days
    return max(0, min(100, round(100 * gone / whole)))
