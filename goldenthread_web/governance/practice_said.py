"""What do children, parents and carers speak of, for a board? No words of theirs; small numbers hidden."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from goldenthread.calendar import add_months
from goldenthread.figures.wording import day_said
from goldenthread_web.accounts.restrictions import restricted_rows
from goldenthread_web.governance.practice_line import Line
from goldenthread_web.voice import words
from goldenthread_web.voice.models import Feedback, Reply
from goldenthread_web.voice.queries import FAMILIES
from goldenthread_web.worklist.small_numbers import shown_numbers

MONTHS = 12
MOST = 3  # themes, those with most that was not good


def lists(on: date) -> "dict[str, QuerySet[Any]]":
    """What families said in the twelve months to a day, and what they were told. No restricted child."""
    since = add_months(on, -MONTHS)
    said = Feedback.objects.filter(audience__in=FAMILIES, received_on__gt=since, received_on__lte=on)
    # What is in no list of JSON is read when it is asked for: as text it is read with the rest.
    said = said.annotate(about=Cast("themes", TextField())).defer("themes", "text")
    told = Reply.objects.filter(audience__in=FAMILIES, published_on__gt=since, published_on__lte=on)
    return {"said_by_families": said.exclude(reference__in=restricted_rows()), "told_of": told}


def lines(on: date, read: Mapping[str, list[Any]]) -> list[Line]:
    """The themes with most that was not good, each with how often and whether families were answered."""
    cells: Counter[tuple[str, ...]] = Counter()
    for one in read["said_by_families"]:
        for code in words.themes():
            if f'"{code}"' in one.about:
                cells[code, "all"] += 1
                cells[code, "good" if one.is_positive else "other"] += 1
    codes = [code for code in words.themes() if cells[code, "other"]]
    for code in codes:
        cells[code, "good"] += 0
    kept = {cell: number for cell, number in cells.items() if cell[0] in codes}
    shown = shown_numbers(kept, [((code, "all"), [(code, "good"), (code, "other")]) for code in codes])
    answered = {one.theme for one in read["told_of"]}
    most = sorted(codes, key=lambda code: (-cells[code, "other"], words.themes()[code]))[:MOST]
    return [
        Line(
            title=f"Families on: {words.themes()[code]}",
            text=_said(shown((code, "all")), shown((code, "good")), on),
            tag="answered" if code in answered else "no answer told yet",
            tone="good" if code in answered else "attention",
        )
        for code in most
    ]


def _said(number: int | None, good: int | None, on: date) -> str:
    since = f"in the twelve months to {day_said(on)}"
    if number is None:
        return f"Spoken of {since}; how often is hidden: a small number."
    many = f"Spoken of about {number} times {since}; "
    return many + (
        "how often something good is hidden: a small number."
        if good is None
        else f"about {good} of them something good."
    )
