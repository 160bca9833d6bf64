"""Where does each fact of a report lead its reader? To where it comes from; a month's figure to its rows."""

from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from goldenthread.calendar import add_months
from goldenthread.periods import Period
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.behind import asked_at
from goldenthread_web.governance.opening import opener
from goldenthread_web.reports.documents import Document, addresses, document_of
from goldenthread_web.reports.html_file import body

_FIGURE = "figure"  # a run of it is named by its indicator and month: FD-02 2017-12


def body_for(person: User, document: Document) -> Markup:
    """The sections of a document with the links that its reader may follow.

    Who may see children behind figures gets from a figure to the rows of its own month in two clicks: this
    link, and the reason that is asked for.
    """
    if person.may(Permission.SEE_CHILDREN_BEHIND_FIGURES):
        document = document_of(_to_rows(document.to_json()))
    return body(document, opens=opener(person, addresses(document.sections), today()))


def _to_rows(kept: Any) -> Any:
    """A document as it is kept, each figure leading to its rows."""
    if isinstance(kept, list):
        return [_to_rows(one) for one in kept]
    if not isinstance(kept, dict):
        return kept
    if kept.get("kind") == _FIGURE:
        return kept | {"href": _rows_of(*kept["key"].split(" "))}
    return {name: _to_rows(one) for name, one in kept.items()}


def _rows_of(ref: str, month: str) -> str:
    return asked_at(ref, _month(month))


def _month(said: str) -> Period:
    """2017-12 as a period."""
    first = date.fromisoformat(f"{said}-01")
    last = add_months(first, 1) - timedelta(1)
    return Period(first, last, last)
