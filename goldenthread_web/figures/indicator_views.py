"""The page of one indicator: how it stands and moved, for whom, how it is worked out, what to doubt."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from markupsafe import Markup

from goldenthread.figures.scorecard import Line, Scorecard
from goldenthread.figures.wording import period_said
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.figures import indicator as reading
from goldenthread_web.figures.annotations import Noted, beside, noted_on
from goldenthread_web.figures.behind import asked_at
from goldenthread_web.figures.card import CurrentSet, current_set, line_of, scorecard_of
from goldenthread_web.figures.definition import defined, part_said
from goldenthread_web.figures.kept import kept
from goldenthread_web.figures.lines import shown as shown_lines
from goldenthread_web.figures.publications import revised_rows
from goldenthread_web.figures.records_words import records_said
from goldenthread_web.figures.scorecard_rows import COLUMNS, Row, row_of, series_said
from goldenthread_web.ui.drawing import trend
from goldenthread_web.ui.words import capitalised as capital

HEAT_KEY = (
    {"level": 0, "letter": "G", "word": "at target"},
    {"level": 2, "letter": "A", "word": "near target"},
    {"level": 3, "letter": "R", "word": "off target"},
    {"level": 4, "letter": "R", "word": "off by more than four times the tolerance"},
)
_SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Note"}


@page(Permission.SEE_FIGURES)
@require_safe
def indicator(request: HttpRequest, ref: str) -> HttpResponse:
    """One indicator: figures, chart, groups, definition, and what stands beside it."""
    if ref not in catalogue():
        raise Http404("There is no such indicator.")
    found = current_set()
    if found is None:
        return render(request, "figures/nothing_worked_out.html.jinja", {"title": catalogue()[ref].title})
    asked = {
        "view": "public" if request.user.held_role.is_public_view else "whole",
        "quality": "quality" if request.user.may(Permission.SEE_DATA_QUALITY) else "",
        "behind": "behind" if request.user.may(Permission.SEE_CHILDREN_BEHIND_FIGURES) else "",
        "annotate": "annotate" if request.user.may(Permission.SET_TARGETS) else "",
    }
    template = "figures/indicator_body.html.jinja"
    body = kept(
        found,
        ("indicator", ref, *asked.values(), records_said(found, ref)),
        lambda: render_to_string(template, _told(found, ref, asked), request),
    )
    shown = {"definition": catalogue()[ref], "as_at": found.worked_out.as_at_on, "body": body}
    return render(request, "figures/indicator.html.jinja", shown)


def _told(found: CurrentSet, ref: str, asked: Mapping[str, str]) -> dict[str, Any]:
    is_public = asked["view"] == "public"
    card = scorecard_of(found, is_public_view=is_public)
    line = line_of(card, ref)
    definition = catalogue()[ref]
    aside = beside(found.worked_out, ref)
    context: dict[str, Any] = {
        "card": card,
        "definition": definition,
        "defined": defined(ref, found.settings),
        "owner": aside.owner,
        "is_public": is_public,
        "may_see_quality": bool(asked["quality"]),
        "may_annotate": bool(asked["annotate"]),
        "failures": _failures(aside.failures),
        "restated": [] if is_public else revised_rows(aside.restatements, definition),
        "restated_count": len(aside.restatements),
        "records": records_said(found, ref),
        "line": line,
    }
    if line is None or not line.is_computable:
        needs = definition.needs if line is None else line.latest.note.removeprefix("not computable: needs ")
        return context | {"needs": needs, "is_computable": False}
    lines = found.worked_out.figure_lines.filter(ref=ref).order_by("id")
    series = reading.Lines(tuple(shown_lines(lines, is_public_view=is_public)), definition)
    may_see_behind = bool(asked["behind"])
    context |= {"is_computable": True, "behind": asked_at(ref, line.latest.period) if may_see_behind else ""}
    return context | _figures(card, line, series, found.margin, noted_on(ref), may_see_behind)


def _figures(
    card: Scorecard,
    line: Line,
    series: reading.Lines,
    margin: Decimal,
    noted: Sequence[Noted],
    may_see_behind: bool,
) -> dict[str, Any]:
    said = reading.reading_of(line, margin)
    row = row_of(line, margin)
    heads, teams = reading.heat(series, said, asked_at if may_see_behind else None)
    return {
        "row": row,
        "period": capital(period_said(card.period)),
        "stats": _stats(row, card, line),
        "drawing": _drawing(line, noted),
        "chart_title": line.direction.sentence,
        "chart_sentence": series_said(line),
        "chart_reading": reading.limits_said(line.direction.limits, line.unit),
        "notes": [{"letter": one.letter, "on": one.on, "text": f"{one.kind}: {one.text}"} for one in noted],
        "months": reading.table_rows(series, line, said),
        "years": reading.earlier_years(series.months, said),
        "groups": reading.groups(series, said),
        "span": series.span_said,
        "heads": heads,
        "heat_key": HEAT_KEY if line.target else (),
        "teams": teams,
        "parts": [
            (part_said(code), *(None if one is None else said.part_said(one) for one in figures))
            for code, *figures in series.parts()
        ],
        "parts_have_a_year": not series.is_of_a_day,
    }


def _stats(row: Row, card: Scorecard, line: Line) -> list[dict[str, Any]]:
    """How it stands in a row of numbers: now, against the target, a year ago, elsewhere."""
    letter, word = row.rating or ("", "")
    found: list[dict[str, Any]] = [
        {
            "value": row.value,
            "label": " ".join(filter(None, (row.unit, f"in {period_said(card.period)}"))),
            "note": "; ".join(filter(None, (row.cases, f"{letter}: {word}" if letter else "", row.status))),
            "tone": {"R": "bad", "A": "attention", "G": "good"}.get(letter, ""),
        }
    ]
    if row.target:
        stretch = f"in the end {row.stretch}" if row.stretch else ""
        few = "" if letter else "too few cases to rate"
        note = "; ".join(filter(None, (row.amber, stretch, few)))
        found.append({"value": row.target, "label": "target", "note": note})
    if row.short:
        amount, _, label = row.short.partition(" ")
        if amount.replace(",", "").replace(".", "").isdigit():
            found.append({"value": amount, "label": label, "note": row.short_of})
        else:  # none, or at target
            found.append(
                {"value": "0", "label": "short of the target" if row.target else "below the standard"}
            )
    found.append({"value": row.year_before or None, "label": "a year before"})
    for area, one in zip(COLUMNS, row.compared, strict=True):
        if one.said:
            found.append({"value": one.said, "label": area, "note": one.when})
    return found


def _drawing(line: Line, noted: Sequence[Noted]) -> Markup:
    values = [one.figure.value for one in line.shown]
    starts = [one.figure.period.starts_on for one in line.shown]
    limits = line.direction.limits
    places = [
        (at, one.letter)
        for one in noted
        for at, start in enumerate(starts)
        if (start.year, start.month) == (one.on.year, one.on.month)
    ]
    is_whole = all(value == value.to_integral_value() for value in values if value is not None)
    return trend(
        values,
        [f"{start:%b %Y}" for start in starts],
        series_said(line) or line.title,
        unit="%" if line.unit.is_percent else "",
        limits=None if limits is None else (limits.lower, limits.centre, limits.upper),
        target=None if line.target is None else line.target.value,
        unusual=sorted(line.direction.unusual),
        notes=places,
        decimals=0 if is_whole and not line.unit.is_percent else 1,
        ceiling=100 if line.unit.is_percent else None,
    )


def _failures(counted: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Open findings on what it reads, the most serious and frequent first."""
    order = list(_SEVERITIES)
    listed = sorted(counted, key=lambda one: (order.index(one["severity"]), -one["number"]))
    return [{**one, "severity_said": _SEVERITIES[one["severity"]]} for one in listed]
