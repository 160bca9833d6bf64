"""The scorecard: every headline figure on one page, and what they say."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from goldenthread.figures.direction import Word
from goldenthread.figures.scorecard import Line, Scorecard
from goldenthread.figures.scorecard.summary import HEADLINE_TIER
from goldenthread.figures.targets import AMBER, RED
from goldenthread.figures.wording import day_said, period_said
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.figures.behind import asked_at
from goldenthread_web.figures.card import CurrentSet, current_set, scorecard_of
from goldenthread_web.figures.kept import kept
from goldenthread_web.figures.records_words import records_said
from goldenthread_web.figures.scorecard_rows import row_of, told_of
from goldenthread_web.ui.words import capitalised as capital

HEADLINES, ALL = "headline", "all"
HEADS = (
    "Indicator",
    "Now",
    "Target",
    "Shortfall",
    "Direction of travel",
    "24 months",
    "Year before",
    "Data",
    "England",
    "London",
    "Neighbours",
)
WHICH = {HEADLINES: "Headline indicators", ALL: "All that can be worked out"}
ONLY: Mapping[str, tuple[str, Callable[[Line], bool]]] = {
    "": ("Everything", lambda line: True),
    "off_target": ("Off or near target", lambda line: line.rating in (AMBER, RED)),
    "worsening": ("Really worsening", lambda line: line.direction.word is Word.WORSENING),
    "improving": ("Really improving", lambda line: line.direction.word is Word.IMPROVING),
    "findings": ("With open data errors", lambda line: line.findings.errors > 0),
}


@page(Permission.SEE_FIGURES, asks=["area"], one_of={"which": WHICH, "only": ONLY})
@require_safe
def scorecard(request: HttpRequest) -> HttpResponse:
    """Every headline figure, by area, with what it should be and where it is going."""
    found = current_set()
    if found is None:
        return render(request, "figures/nothing_worked_out.html.jinja", {"title": "Scorecard"})
    asked = _asked(request)
    if asked["only"]:  # asked for now and then: not worth keeping in every combination
        body = Markup(_body(request, found, asked))  # noqa: S704 - our own template wrote it
    else:
        depends_on = ("scorecard", *asked.values(), records_said(found))
        body = kept(found, depends_on, lambda: _body(request, found, asked))
    return render(request, "figures/scorecard.html.jinja", {"body": body, "as_at": found.worked_out.as_at_on})


def _asked(request: HttpRequest) -> dict[str, str]:
    """What is asked for and what the person may see: all that the content depends on."""
    role = request.user.held_role
    area = request.GET.get("area", "")
    return {
        "area": area if area in {one.area for one in catalogue().values()} else "",
        "which": request.GET.get("which") or HEADLINES,
        "only": request.GET.get("only", ""),
        "view": "public" if role.is_public_view else "whole",
        "behind": "behind" if request.user.may(Permission.SEE_CHILDREN_BEHIND_FIGURES) else "",
    }


def _body(request: HttpRequest, found: CurrentSet, asked: Mapping[str, str]) -> str:
    card = scorecard_of(found, is_public_view=asked["view"] == "public")
    shown = {
        "card": card,
        "period": capital(period_said(card.period)),
        "summary": card.summary,
        "closing": " ".join(filter(None, (_closing(card), records_said(found)))),
        "told": told_of(card),
        "stats": _stats(card),
        "asked": asked,
        "fields": _fields(card, asked),
        "columns": _columns(found.neighbours),
        "has_neighbours": bool(found.neighbours),
        "domains": _domains(card, asked, found.margin),
        "behind": _behind(card) if asked["behind"] else {},
        "neighbours_said": _neighbours_said(found.neighbours),
    }
    return render_to_string("figures/scorecard_body.html.jinja", shown, request)


def _columns(neighbours: Sequence[str]) -> list[dict[str, str]]:
    """The heads of the table; that of the neighbours only where some have been chosen."""
    return [{"text": text} for text in HEADS if text != "Neighbours" or neighbours]


def _closing(card: Scorecard) -> str:
    """Whether the latest month may still change."""
    if card.period.is_provisional:
        return f"{period_said(card.period)} is not over: its figures are provisional."
    if card.provisional_until:
        return (
            f"Figures for {period_said(card.period)} are provisional until "
            f"{day_said(card.provisional_until)}, as work is recorded late."
        )
    return ""


def _stats(card: Scorecard) -> list[dict[str, Any]]:
    summary, lines = card.summary, list(card.lines)
    missing = sum(not line.is_computable for line in lines)
    rated = sum(line.rating is not None for line in lines)
    return [
        {
            "value": len(summary.worsening),
            "label": "really worsening",
            "tone": "bad" if summary.worsening else "",
            "href": "?only=worsening#figures" if summary.worsening else "",
        },
        {
            "value": len(summary.improving),
            "label": "really improving",
            "tone": "good" if summary.improving else "",
            "href": "?only=improving#figures" if summary.improving else "",
        },
        {
            "value": len(summary.off_target) if rated else None,
            "label": "off or near target",
            "note": f"of {rated} with a rating" if rated else "no targets are set",
            "href": "?only=off_target#figures" if summary.off_target else "",
        },
        {"value": summary.no_real_change, "label": "without real change", "note": "headline indicators"},
        {
            "value": missing,
            "label": "cannot be worked out",
            "note": f"of {len(lines)} in the catalogue",
            "href": reverse("figures:definitions") + "?show=missing",
        },
    ]


def _fields(card: Scorecard, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    areas = [("", "All areas"), *((area, capital(area)) for area in card.domains)]
    only = [(name, words) for name, (words, _) in ONLY.items()]
    choices = (("area", "Area", areas), ("which", "Indicators", WHICH.items()), ("only", "Show", only))
    return [
        {
            "name": name,
            "label": label,
            "value": asked[name],
            "options": [{"value": value, "text": text} for value, text in options],
        }
        for name, label, options in choices
    ]


def _behind(card: Scorecard) -> dict[str, str]:
    """By indicator, where the children behind its figure are asked for."""
    return {
        line.ref: asked_at(line.ref, line.latest.period)
        for line in card.lines
        if line.latest.value is not None
    }


def _neighbours_said(areas: Sequence[str]) -> str:
    if not areas:
        return "This council has not yet said which authorities are its statistical neighbours."
    return f"Statistical neighbours: the plain average of {', '.join(areas)}."


def _domains(card: Scorecard, asked: Mapping[str, str], margin: Decimal) -> list[dict[str, Any]]:
    """Each area with the lines asked for, headlines first; what cannot be worked out stands apart."""
    _, holds = ONLY[asked["only"]]
    found = []
    for area, lines in card.domains.items():
        if asked["area"] not in ("", area):
            continue
        wanted = [one for one in lines if asked["which"] == ALL or one.definition.tier == HEADLINE_TIER]
        computable = sorted((one for one in wanted if one.is_computable), key=lambda one: one.definition.tier)
        missing = [one for one in wanted if not one.is_computable] if not asked["only"] else []
        rows = [row_of(one, margin) for one in computable if holds(one)]
        if rows or missing:
            found.append({"area": area, "rows": rows, "missing": missing})
    return found
