"""Of which case audits are results shown? One way of choosing, one kind, months or quarters: no mixture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldenthread.calendar import add_months
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.results_reading import RE_AUDIT, SELECTIONS, Look, like_with_like

MONTH, QUARTER = "month", "quarter"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A month or a quarter."""

    starts_on: date
    ends_on: date

    @property
    def said(self) -> str:
        """Nov 2017; Oct to Dec 2017."""
        if self.starts_on.month == self.ends_on.month:
            return f"{self.starts_on:%b %Y}"
        return f"{self.starts_on:%b} to {self.ends_on:%b %Y}"

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What results are shown of."""

    selection: str
    kind: str
    every: str
    spans: tuple[Span, ...]

    @property
    def starts_on(self) -> date:
        """The first day of all."""
        return self.spans[0].starts_on

    @property
    def ends_on(self) -> date:
        """The last day of all."""
        return self.spans[-1].ends_on

    @property
    def said(self) -> str:
        """In words: case audits chosen at random."""
        return SELECTIONS[self.selection][:1].lower() + SELECTIONS[self.selection][1:]

    def kept(self, looks: Iterable[Look]) -> list[Look]:
        """Those that results are shown of."""
        return like_with_like(looks, selection=self.selection, kind=self.kind)


def asked(given: Mapping[str, str], on: date, *, is_public_view: bool) -> Asked:
    """What a query asks for. Whoever sees no small numbers gets quarters: months can be taken apart."""
    selection, kind = given.get("selection", "random"), given.get("kind", "")
    every = QUARTER if is_public_view or given.get("every") != MONTH else MONTH
    return Asked(
        selection=selection if selection in SELECTIONS else "random",
        kind=kind if kind in Kind.values and kind != RE_AUDIT else "",
        every=every,
        spans=spans(on, every),
    )


def spans(on: date, every: str) -> tuple[Span, ...]:
    """Twelve months and what is under way, as months or quarters of the calendar; the latest last."""
    step = 1 if every == MONTH else 3
    first = date(on.year, (on.month - 1) // step * step + 1, 1)
    starts = [add_months(first, -step * back) for back in range(rules().trend_months // step + 1)]
    return tuple(
        Span(starts_on=one, ends_on=add_months(one, step) - timedelta(days=1)) for one in reversed(starts)
    )


def fields(of: Asked, *, is_public_view: bool) -> list[dict[str, Any]]:
    """The fields of the filter."""
    kinds = [(code, label) for code, label in Kind.choices if code != RE_AUDIT]
    found = [
        {"name": "selection", "label": "How cases were chosen", "value": of.selection}
        | {"options": _options(SELECTIONS.items())},
        {"name": "kind", "label": "Kind", "value": of.kind}
        | {"options": _options([("", "Every first look at a case"), *kinds])},
    ]
    if not is_public_view:
        choices = [(QUARTER, "Quarters"), (MONTH, "Months")]
        found.append({"name": "every", "label": "By", "value": of.every} | {"options": _options(choices)})
    return found


def _options(of: Iterable[tuple[str, Any]]) -> list[dict[str, str]]:
    return [{"value": value, "text": str(text)} for value, text in of]
