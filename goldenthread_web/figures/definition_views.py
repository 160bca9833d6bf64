"""Definitions: what every indicator of the catalogue counts, and whether it can be worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.figures.dictionary import dictionary
from goldenthread.figures.figure import NOT_COMPUTABLE
from goldenthread.figures.wording import POLARITY
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.figures.card import CurrentSet, current_set
from goldenthread_web.figures.definition import defined
from goldenthread_web.figures.lines import MONTH
from goldenthread_web.ui.words import capitalised as capital

SHOWS = {"": "Every indicator", "computable": "Can be worked out", "missing": "Cannot be worked out"}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One indicator in the list, and why it cannot be worked out if it cannot."""

    definition: Definition
    means: str
    polarity: str
    is_computable: bool | None  # None: nothing has been loaded yet
    needs: str


@page(Permission.SEE_DEFINITIONS, asks=["find", "area", "show"])
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every indicator by area, with a search."""
    found = current_set()
    listed = _listed(found)
    asked = {name: request.GET.get(name, "") for name in ("find", "area", "show")}
    kept = [one for one in listed if _is_asked(one, asked)]
    areas: dict[str, list[Listed]] = {}
    for one in kept:
        areas.setdefault(one.definition.area, []).append(one)
    context: dict[str, Any] = {
        "areas": areas,
        "kept": len(kept),
        "all": len(listed),
        "computable": None if found is None else sum(bool(one.is_computable) for one in listed),
        "fields": _fields(asked),
        "is_narrowed": any(asked.values()),
        "may_see_figures": request.user.may(Permission.SEE_FIGURES),
    }
    return render(request, "figures/definitions.html.jinja", context)


@page(Permission.SEE_DEFINITIONS)
@require_safe
def definition(request: HttpRequest, ref: str) -> HttpResponse:
    """How one indicator is defined, without its figures: for everybody who may read definitions."""
    if ref not in catalogue():
        raise Http404("There is no such indicator.")
    found = current_set()
    used = local_settings() if found is None else found.settings
    listed = next(one for one in _listed(found) if one.definition.ref == ref)
    context = {
        "definition": catalogue()[ref],
        "defined": defined(ref, used),
        "listed": listed,
        "may_see_figures": request.user.may(Permission.SEE_FIGURES),
    }
    return render(request, "figures/definition.html.jinja", context)


def _listed(found: CurrentSet | None) -> list[Listed]:
    needs = {} if found is None else _needs(found)
    used = local_settings()
    entries = dictionary()
    return [
        Listed(
            definition=one,
            means=entries[ref].said(used) if ref in entries else "",
            polarity=POLARITY[one.polarity],
            is_computable=None if found is None else ref not in needs,
            needs=needs.get(ref, ""),
        )
        for ref, one in catalogue().items()
    ]


def _needs(found: CurrentSet) -> dict[str, str]:
    """What each indicator needs that cannot be worked out for the latest month."""
    lines = found.worked_out.figure_lines.filter(
        every=MONTH, breakdown="", part="", period_end=found.worked_out.as_at_on, status=NOT_COMPUTABLE
    )
    notes = lines.values_list("ref", "note")
    return {ref: note.removeprefix("not computable: needs ") for ref, note in notes}


def _is_asked(one: Listed, asked: dict[str, str]) -> bool:
    words = asked["find"].casefold().split()
    text = f"{one.definition.ref} {one.definition.title} {one.means} {one.definition.code}".casefold()
    if asked["area"] not in ("", one.definition.area):
        return False
    if asked["show"] == "computable" and not one.is_computable:
        return False
    if asked["show"] == "missing" and one.is_computable is not False:
        return False
    return all(word in text for word in words)


def _fields(asked: dict[str, str]) -> Sequence[dict[str, Any]]:
    areas = dict.fromkeys(one.area for one in catalogue().values())
    return [
        {"name": "find", "label": "Search", "kind": "text", "value": asked["find"]},
        {
            "name": "area",
            "label": "Area",
            "value": asked["area"],
            "options": [
                {"value": "", "text": "All areas"},
                *({"value": a, "text": capital(a)} for a in areas),
            ],
        },
        {
            "name": "show",
            "label": "Show",
            "value": asked["show"],
            "options": [{"value": value, "text": text} for value, text in SHOWS.items()],
        },
    ]
