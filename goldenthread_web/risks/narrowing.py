"""Which risks does somebody want to see? The filters of the register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from goldenthread_web.risks.queries import Line
from goldenthread_web.risks.scales import bands, categories

MONTHS_BACK = 3
ONLY: dict[str, tuple[str, Callable[[Line], bool]]] = {
    "up": ("Moved up", lambda line: line.arrow == "up"),
    "down": ("Moved down", lambda line: line.arrow == "down"),
    "overdue": ("Review overdue", lambda line: line.is_review_overdue),
    "warned": ("With an early warning", lambda line: bool(line.warnings)),
    "escalated": ("Escalated", lambda line: line.escalated_to is not None),
    "beyond": ("Beyond the appetite", lambda line: line.is_beyond_appetite),
    "lacking": ("Not ready for a report", lambda line: bool(line.lacks)),
}


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What was asked for, each blank where it was not."""

    since: date
    category: str = ""
    band: str = ""
    only: str = ""
    with_closed: bool = False

    def keeps(self, line: Line) -> bool:
        """Whether a risk is among those asked for."""
        return (
            self.category in ("", line.risk.category)
            and self.band in ("", line.score.band.letter)
            and (not self.only or (ONLY[self.only][1](line) and not line.is_closed))
        )


def narrowed(given: QueryDict, on: date) -> Narrowed:
    """What a person asked for; whatever is not understood is left out."""
    category, band, only = (given.get(name, "") for name in ("category", "band", "only"))
    return Narrowed(
        since=_since(given.get("since", ""), on),
        category=category if category in categories() else "",
        band=band if band in {one.letter for one in bands()} else "",
        only=only,
        with_closed=given.get("closed") == "1",
    )


def fields(asked: Narrowed) -> list[dict[str, Any]]:
    """The fields of the filters, as the component takes them."""
    return [
        _select("category", "Category", categories(), asked.category, "Every category"),
        _select(
            "band", "Score", {one.letter: one.word.capitalize() for one in bands()}, asked.band, "Every score"
        ),
        _select("only", "Only", {code: words for code, (words, _) in ONLY.items()}, asked.only, "Every risk"),
        {"name": "since", "label": "Movement since", "kind": "date", "value": asked.since.isoformat()},
        {"name": "closed", "label": "Closed ones too", "kind": "checkbox", "value": asked.with_closed},
    ]


def _select(name: str, label: str, choices: dict[str, str], value: str, all_of: str) -> dict[str, Any]:
    options = [{"value": "", "text": all_of}]
    options += [{"value": code, "text": words} for code, words in choices.items()]
    return {"name": name, "label": label, "value": value, "options": options}


def _since(text: str, on: date) -> date:
    """The day asked for, or three months before the day of the register."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = on
    if asked < on:
        return asked
    months = on.year * 12 + on.month - 1 - MONTHS_BACK
    return date(months // 12, months % 12 + 1, min(on.day, 28))
