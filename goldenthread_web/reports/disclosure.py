"""What would a report tell beside what was released before, and beside the other forums' forms of it?

The figures of every release count as known to a reader, whatever became of it since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from goldenthread.figures.figure import FINAL, Figure
from goldenthread.figures.public import Earlier, PublicFigure, public
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.reports.frame import month_of
from goldenthread_web.reports.queries import released_with_figures

COUNTS = ("numerator", "denominator")


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Figures (indicator, last day) that may not be shown beside earlier releases, and why in sentences."""

    held: frozenset[tuple[str, date]]
    sentences: tuple[str, ...]


def disclosure(figures: Iterable[dict[str, Any]]) -> Disclosure:
    """Which of a report's figures would tell of a few children beside what was released."""
    listed = [_figure(kept) for kept in figures if kept["numerator"] is not None]
    released = released_with_figures()
    earlier = [
        Earlier(
            name=f"{one.title}, version {one.version}",
            figures=tuple(_figure(kept) for kept in one.figures),
            shown=tuple(_shown(kept) for kept in one.figures),
        )
        for one in released
    ]
    earlier = [one for one in earlier if one.figures]
    if not listed or not earlier:
        return Disclosure(held=frozenset(), sentences=())
    table = public(listed, earlier=earlier)
    held = frozenset(
        (one.figure.ref, one.figure.period.ends_on)
        for one in table.figures
        if one.hidden & {*COUNTS, "value"}
    )
    return Disclosure(held=held, sentences=tuple(dict.fromkeys(table.warnings)))


def _shown(kept: dict[str, Any]) -> PublicFigure:
    hidden = {name for name in COUNTS if kept[name] is None} if kept["is_hidden"] else set()
    return PublicFigure(figure=_figure(kept), hidden=frozenset(hidden))


def _figure(kept: dict[str, Any]) -> Figure:
    numbers = {name: None if kept[name] is None else Decimal(kept[name]) for name in COUNTS}
    return Figure(
        ref=kept["ref"],
        part="",
        code=catalogue()[kept["ref"]].code,
        title=kept["title"],
        authority="",
        breakdown={},
        period=month_of(kept),
        unknown=None,
        value=None if kept["number"] is None else Decimal(kept["number"]),
        status=FINAL,
        **numbers,
    )
