"""Comparing: teams and services, two months, and other authorities."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.figures.scorecard import Scorecard
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.figures import compare
from goldenthread_web.figures.card import CurrentSet, current_set, scorecard_of
from goldenthread_web.ui.words import capitalised as capital

Field = dict[str, Any]
WAYS = (
    ("figures:compare", "Teams and services"),
    ("figures:compare_months", "Two months"),
    ("figures:compare_authorities", "Other authorities"),
)


@page(Permission.SEE_FIGURES, asks=["area", "service"])
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Services side by side, or the teams of one service."""
    found = current_set()
    if found is None:
        return _nothing(request)
    card, is_public = _card(request, found)
    area, fields = _area(request, card.domains, next(iter(card.domains)))
    services = _services()
    service = request.GET.get("service", "")
    service = service if service in services else ""
    options = [("", "Services side by side"), *((name, f"Teams of {name}") for name in services)]
    fields.append(_field("service", "Compare", service, options))
    lines = compare.compared_lines(card, area)
    columns = services[service] if service else list(services)
    rows = compare.places_beside(
        found, lines, "team" if service else "service", columns, found.margin, is_public_view=is_public
    )
    columns, rows = compare.without_empty_columns(["All", *columns], rows)
    context = {"fields": fields, "area": area, "columns": columns, "rows": rows, "service": service}
    return _rendered(request, found, card, "figures:compare", "figures/compare_places.html.jinja", context)


@page(Permission.SEE_FIGURES, asks=["area", "then", "now"])
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Two months side by side."""
    found = current_set()
    if found is None:
        return _nothing(request)
    card, is_public = _card(request, found)
    area, fields = _area(request, ["", *card.domains], "")
    known = [one.figure.period.starts_on for one in next(iter(card.lines)).shown]
    then, now = _month(request, "then", known, -13), _month(request, "now", known, -1)
    options = [(month.isoformat(), f"{month:%B %Y}") for month in reversed(known)]
    fields += [
        _field("then", "From", then.isoformat(), options),
        _field("now", "To", now.isoformat(), options),
    ]
    lines = compare.compared_lines(card, area)
    rows = compare.months_beside(found, lines, (then, now), found.margin, is_public_view=is_public)
    context = {"fields": fields, "then": f"{then:%B %Y}", "now": f"{now:%B %Y}", "rows": rows}
    return _rendered(
        request, found, card, "figures:compare_months", "figures/compare_months.html.jinja", context
    )


@page(Permission.SEE_FIGURES)
@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """This council beside what is published of others."""
    found = current_set()
    if found is None:
        return _nothing(request)
    card, _ = _card(request, found)
    rows = compare.authorities_beside(card, card.lines, found.neighbours)
    columns = list(dict.fromkeys(area for row in rows for area, *_ in row.others))
    context = {
        "rows": rows,
        "columns": columns,
        "neighbours": found.neighbours,
        "may_choose": request.user.may(Permission.SET_TARGETS),
    }
    way = "figures:compare_authorities"
    return _rendered(request, found, card, way, "figures/compare_authorities.html.jinja", context)


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "figures/nothing_worked_out.html.jinja", {"title": "Compare"})


def _card(request: HttpRequest, found: CurrentSet) -> tuple[Scorecard, bool]:
    is_public = request.user.held_role.is_public_view
    return scorecard_of(found, is_public_view=is_public), is_public


def _rendered(
    request: HttpRequest, found: CurrentSet, card: Scorecard, way: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    frame = {"card": card, "as_at": found.worked_out.as_at_on, "way": way, "ways": WAYS}
    return render(request, template, frame | context)


def _area(request: HttpRequest, known: Collection[str], default: str) -> tuple[str, list[Field]]:
    """The area asked for, and its field."""
    area = request.GET.get("area", default)
    area = area if area in known else default
    options = [(one, capital(one) or "All areas") for one in known]
    return area, [_field("area", "Area", area, options)]


def _field(name: str, label: str, value: str, options: Sequence[tuple[str, str]]) -> Field:
    listed = [{"value": value, "text": text} for value, text in options]
    return {"name": name, "label": label, "value": value, "options": listed}


def _services() -> dict[str, list[str]]:
    """Each service with its teams, as they are today."""
    found: dict[str, list[str]] = {}
    for service, team in open_units(Unit.Kind.TEAM, today()).values_list("service", "name"):
        found.setdefault(service, []).append(team)
    return {service: sorted(set(teams)) for service, teams in sorted(found.items()) if service}


def _month(request: HttpRequest, name: str, known: Sequence[date], default: int) -> date:
    """A month of the address, or the one at that place."""
    asked = request.GET.get(name, "")
    return next((month for month in known if month.isoformat() == asked), known[max(default, -len(known))])
