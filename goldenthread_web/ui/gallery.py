"""Every component with an invented example, so that it can be looked at and checked in one place."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread_web.ui.pages import open_page

LONDON = ZoneInfo("Europe/London")
TODAY = date(2018, 3, 14)
MONTHS = [
    f"{month} {year}"
    for year, month in (
        *((2016, month) for month in ("Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")),
        *((2017, month) for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")),
        *((2017, month) for month in ("Nov", "Dec")),
        *((2018, month) for month in ("Jan", "Feb")),
    )
]
SHARES = [71.2, 70.1, 72.4, 69.8, 71.5, 70.9, None, 72.0, 70.3, 71.8, 69.5, 70.6]
SHARES += [72.2, 71.1, 69.9, 70.8, 64.2, 66.0, 68.7, 72.9, 74.8, 76.1, 78.0, 79.4]
HEAT = {"G": (0, "at target"), "A": (2, "near target"), "R": (3, "off target")}
HEAT_ROWS = (
    ("Assessment 1", "82% G", "84% G", "79% A", "77% A", "81% G", "85% G"),
    ("Assessment 2", "61% R", "58% R", "66% R", "71% A", "74% A", "78% A"),
    ("Children in need", "80% G", "81% G", None, "83% G", "80% G", "82% G"),
    ("Court and protection", "74% A", "72% A", "69% R", "66% R", "63% R", "60% R"),
)


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title of the target", help_text="As it stands in the improvement plan.")
    from_day = forms.DateField(
        label="In force from", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    team = forms.ChoiceField(choices=[("", "Choose a team"), ("a1", "Assessment 1"), ("a2", "Assessment 2")])
    reason = forms.ChoiceField(
        label="Why do you need to see this list?",
        widget=forms.RadioSelect,
        choices=[("supervision", "Supervision"), ("plan", "Planning the week"), ("quality", "Data quality")],
    )
    parts = forms.MultipleChoiceField(
        label="Which services?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("help", "Early help"), ("need", "Children in need"), ("care", "Looked after children")],
    )
    is_published = forms.BooleanField(label="This figure is published", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    files = forms.FileField(
        label="Files of the extract", required=False, help_text="Workbooks, CSV or XML, several at once."
    )


@open_page
def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery, in a demonstration only."""
    if not settings.DEMO:
        raise Http404
    numbers = Paginator(range(1, 487), 50)
    context = {
        "today": TODAY,
        "as_at": date(2018, 2, 28),
        "reorganised_on": date(2017, 7, 3),
        "inspected_on": date(2017, 10, 16),
        "months": MONTHS,
        "shares": SHARES,
        "chart_rows": [
            [month, None if share is None else f"{share}%"]
            for month, share in zip(MONTHS, SHARES, strict=True)
        ],
        "form": ExampleForm({"title": "", "reason": "plan", "team": "a2"}),
        "page": numbers.page(3),
        "given": request.GET,
        "heat": [
            {
                "label": team,
                "href": "#heat",
                "hidden": "month by month",
                "cells": [_cell(said) for said in cells],
            }
            for team, *cells in HEAT_ROWS
        ],
        "heat_key": [
            {"letter": letter, "level": level, "word": word} for letter, (level, word) in HEAT.items()
        ],
        "events": _events(),
        "dates": _dates(),
    }
    return render(request, "ui/gallery.html.jinja", context)


def _cell(said: str | None) -> dict[str, object] | None:
    if said is None:
        return None
    value, letter = said.split()
    return {"said": value, "letter": letter, "level": HEAT[letter][0], "word": HEAT[letter][1]}


def _events() -> list[dict[str, object]]:
    return [
        {
            "at": datetime(2018, 3, 12, 9, 5, tzinfo=LONDON),
            "by": "Head of service",
            "words": "Target approved",
            "detail": "80%, from 1 April 2018",
        },
        {
            "at": datetime(2018, 3, 9, 16, 40, tzinfo=LONDON),
            "by": "Performance analyst",
            "words": "Target proposed",
        },
    ]


def _dates() -> list[dict[str, object]]:
    told = (
        (date(2018, 4, 3), "due", "Child protection review", "Six months after the last."),
        (date(2018, 3, 21), "due", "Core group", ""),
        (date(2018, 3, 7), "overdue", "Visit", "Last seen on 21 February 2018."),
        (date(2018, 2, 21), "event", "Visit, child seen alone", ""),
        (date(2018, 1, 16), "decision", "Child protection plan began", "Category: neglect."),
        (date(2017, 12, 29), "event", "Initial child protection conference", ""),
    )
    return [{"on": on, "tone": tone, "title": title, "text": text} for on, tone, title, text in told]
