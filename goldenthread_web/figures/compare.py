"""How do teams, months and authorities stand beside each other?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from goldenthread.figures.benchmarks import Benchmark, areas, average, comparable
from goldenthread.figures.direction import FEWEST_CASES
from goldenthread.figures.public import PublicFigure
from goldenthread.figures.scorecard import Line, Scorecard
from goldenthread.figures.scorecard.summary import HEADLINE_TIER
from goldenthread.figures.wording import is_month
from goldenthread_web.figures.card import CurrentSet
from goldenthread_web.figures.indicator import Cell, Reading, reading_of
from goldenthread_web.figures.lines import MONTH, shown
from goldenthread_web.figures.scorecard_rows import year_said


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One indicator with what stands in each column."""

    line: Line
    span: str
    cells: tuple[Cell | None, ...]


def compared_lines(card: Scorecard, area: str) -> list[Line]:
    """The headline indicators of an area (blank: of all) that can be worked out."""
    return [
        line
        for line in card.lines
        if line.is_computable and line.definition.tier == HEADLINE_TIER and area in ("", line.definition.area)
    ]


def places_beside(
    found: CurrentSet,
    lines: Sequence[Line],
    breakdown: str,
    places: Sequence[str],
    margin: Decimal,
    *,
    is_public_view: bool,
) -> list[Beside]:
    """The whole and then each place: over twelve months, or at the latest day."""
    kept = found.worked_out.figure_lines.filter(
        ref__in=[line.ref for line in lines],
        part="",
        breakdown__in=["", breakdown],
        breakdown_value__in=["", *places],
        period_end=found.worked_out.as_at_on,
    )
    figures: dict[tuple[str, str, bool], PublicFigure] = {}
    for one in shown(kept.order_by("id"), is_public_view=is_public_view):
        figure = one.figure
        figures[figure.ref, figure.breakdown.get(breakdown, ""), is_month(figure.period)] = one
    rows = []
    for line in lines:
        of_a_day = line.definition.measure_type != "period"
        cells = [figures.get((line.ref, place, of_a_day)) for place in ("", *places)]
        if any(cell is not None for cell in cells[1:]):
            said = reading_of(line, margin)
            rated = tuple(None if one is None else said.rated(one) for one in cells)
            rows.append(Beside(line=line, span="now" if of_a_day else "12 months", cells=rated))
    return rows


def without_empty_columns(columns: Sequence[str], rows: Sequence[Beside]) -> tuple[list[str], list[Beside]]:
    """The same without places that have no figure in any row."""
    kept = [at for at in range(len(columns)) if any(row.cells[at] is not None for row in rows)]
    return [columns[at] for at in kept], [
        replace(row, cells=tuple(row.cells[at] for at in kept)) for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One indicator in two months, and the change between them."""

    line: Line
    before: str
    before_cases: str
    after: str
    after_cases: str
    change: str
    is_up: bool
    verdict: str  # better, worse, higher, lower, the same; blank where nothing can be said


def months_beside(
    found: CurrentSet,
    lines: Sequence[Line],
    months: tuple[date, date],
    margin: Decimal,
    *,
    is_public_view: bool,
) -> list[Moved]:
    """Each indicator in two months."""
    kept = found.worked_out.figure_lines.filter(
        ref__in=[line.ref for line in lines], part="", breakdown="", every=MONTH, period_start__in=months
    )
    figures = {
        (one.figure.ref, one.figure.period.starts_on): one
        for one in shown(kept, is_public_view=is_public_view)
    }
    pairs = [(line, *(figures.get((line.ref, month)) for month in months)) for line in lines]
    return [
        _moved(line, before, after, reading_of(line, margin))
        for line, before, after in pairs
        if before is not None and after is not None
    ]


def _moved(line: Line, before: PublicFigure, after: PublicFigure, reading: Reading) -> Moved:
    then, now = reading.said("", before), reading.said("", after)
    change = None if then.number is None or now.number is None else now.number - then.number
    few = any(
        one.figure.denominator is not None and one.figure.denominator < FEWEST_CASES
        for one in (before, after)
    )
    return Moved(
        line=line,
        before=then.value,
        before_cases=then.cases,
        after=now.value,
        after_cases=now.cases,
        change="" if change is None else _change_said(change, line),
        is_up=change is not None and change > 0,
        verdict="" if change is None or few else _verdict(change, line.definition.polarity),
    )


def _change_said(change: Decimal, line: Line) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{line.unit.change_said(change)}"


def _verdict(change: Decimal, polarity: str) -> str:
    if not change:
        return "the same"
    if polarity == "neutral":
        return "higher" if change > 0 else "lower"
    return "better" if (change > 0) == (polarity == "high") else "worse"


@dataclass(frozen=True, kw_only=True)
class Published:
    """One indicator beside what is published of other authorities."""

    line: Line
    here: str
    cases: str
    others: tuple[tuple[str, str, str], ...]  # area, value, for when
    to_england: str
    published_as: str
    difference: str
    source: str


def authorities_beside(card: Scorecard, lines: Iterable[Line], neighbours: Sequence[str]) -> list[Published]:
    """Indicators for which something comparable is published, with every area there is."""
    on = card.period.ends_on
    rows = []
    for line in lines:
        others = comparable(line.ref, areas(), on)
        if not others or not line.benchmarks:
            continue
        others = average(line.ref, neighbours, on) | others
        rows.append(_published(line, others))
    return rows


def _published(line: Line, others: dict[str, Benchmark]) -> Published:
    first = next(iter(others.values()))
    england, here = others.get("England"), line.latest.value
    gap = "" if england is None or here is None else _change_said(here - england.value, line)
    return Published(
        line=line,
        here=line.number,
        cases=line.cases,
        others=tuple((area, line.unit.briefly(one.value), year_said(one)) for area, one in others.items()),
        to_england=gap,
        published_as=first.measure.published_as,
        difference=first.measure.difference,
        source=first.measure.source,
    )
