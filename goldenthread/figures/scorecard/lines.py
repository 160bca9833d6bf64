"""What does one line of the scorecard say of one indicator?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from goldenthread.figures.benchmarks import Benchmark
from goldenthread.figures.dictionary import dictionary
from goldenthread.figures.direction import Direction, Word, direction
from goldenthread.figures.figure import NO_CASES, NOT_COMPUTABLE, PARTIAL, PROVISIONAL, Figure
from goldenthread.figures.public import PublicFigure
from goldenthread.figures.shortfall import Shortfall, missing, shortfall
from goldenthread.figures.suppression import SUPPRESSED
from goldenthread.figures.targets import Rating, Target, rating
from goldenthread.figures.wording import (
    NUMBER,
    PER_10_000,
    POLARITY,
    Unit,
    is_rate,
    number,
    period_said,
    unit_of,
)
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.settings import Settings

YEAR = 12


@dataclass(frozen=True)
class OpenFindings:
    """Findings on what one indicator reads, still open."""

    errors: int = 0
    warnings: int = 0

    @property
    def said(self) -> str:
        """In words: 12 errors, 3 warnings; none."""
        found = [(self.errors, "error"), (self.warnings, "warning")]
        words = [f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in found if count]
        return ", ".join(words) or "none"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One indicator: its latest figure, and all that may be said of it."""

    definition: Definition
    shown: tuple[PublicFigure, ...]  # month by month, oldest first; the last is the latest
    unit: Unit
    direction: Direction
    means: str
    counts: tuple[str, str]
    target: Target | None = None
    rating: Rating | None = None
    shortfall: Shortfall | None = None
    missing: Shortfall | None = None
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    findings: OpenFindings = OpenFindings()

    @property
    def ref(self) -> str:
        """Catalogue reference."""
        return self.definition.ref

    @property
    def title(self) -> str:
        """Title of the indicator."""
        return self.definition.title

    @property
    def polarity(self) -> str:
        """Whether high or low is good, in words."""
        return POLARITY[self.definition.polarity]

    @property
    def latest(self) -> Figure:
        """The latest figure, without what is hidden."""
        return self.shown[-1].figure

    @property
    def is_computable(self) -> bool:
        """Whether there is data for it at all."""
        return self.latest.status != NOT_COMPUTABLE

    @property
    def value(self) -> str:
        """The latest value, or in words why there is none."""
        return value_said(self.shown[-1], self.unit)

    @property
    def number(self) -> str:
        """The latest value without the words of a long unit."""
        return value_said(self.shown[-1], self.unit, is_brief=True)

    @property
    def cases(self) -> str:
        """The latest numerator and denominator."""
        return cases_said(self.shown[-1], self.unit, self.definition, self.counts)

    @property
    def caveat(self) -> str:
        """In words, whether the latest figure is provisional or partial."""
        figure = self.latest
        if figure.status == PROVISIONAL:
            return f"Provisional: {period_said(figure.period)} is not over"
        return f"Partial: {figure.note}" if figure.status == PARTIAL else ""

    @property
    def unknown(self) -> str:
        """How many the data cannot judge, if any."""
        count = self.shown[-1].shown("unknown")
        return f"{count} not known" if count not in (0, None) else ""

    @property
    def year_before(self) -> str:
        """The value twelve months before."""
        return value_said(self.shown[-1 - YEAR], self.unit, is_brief=True) if len(self.shown) > YEAR else ""

    @property
    def target_said(self) -> str:
        """The target's value."""
        return "" if self.target is None else self.unit.said(self.target.value)


def value_said(line: PublicFigure, unit: Unit, *, is_brief: bool = False) -> str:
    """A value in its unit; in words where there is none, never 0."""
    if "value" in line.hidden:
        return SUPPRESSED
    unit = _own(unit, line.figure)
    # Of nobody there is no share, also where what is counted may be none and the figure is final.
    if line.figure.status == NO_CASES or (unit.is_percent and line.figure.denominator == 0):
        return "No cases"
    if line.figure.value is None:
        return "Not computable"
    # Beside a rate stand numbers: those of teams, which have no population.
    is_brief = is_brief and unit is not PER_10_000
    return unit.briefly(line.figure.value) if is_brief else unit.said(line.figure.value)


def _own(unit: Unit, figure: Figure) -> Unit:
    """The unit of a series; of what may be a rate, whether this figure is one."""
    definition = catalogue()[figure.ref]
    if not definition.is_rate:
        return unit
    return PER_10_000 if is_rate(figure, definition) else NUMBER


def in_one_unit(shown: Sequence[PublicFigure], definition: Definition) -> list[PublicFigure]:
    """A series of rates or of numbers, as the latest is: months say which they lack an estimate for.

    Where the latest is a number, rates before it are said as the numbers they are made of.
    """
    is_of_rates = is_rate(shown[-1].figure, definition)
    return [one if is_rate(one.figure, definition) == is_of_rates else _other(one) for one in shown]


def _other(one: PublicFigure) -> PublicFigure:
    figure = one.figure
    if figure.denominator is not None:
        return replace(one, figure=replace(figure, value=figure.numerator, denominator=None))
    lacks = f"not computable: needs the estimate of children aged 0 to 17 of {figure.period.ends_on.year - 1}"
    return replace(one, figure=replace(figure, value=None, status=NOT_COMPUTABLE, note=lacks))


def cases_said(line: PublicFigure, unit: Unit, definition: Definition, counts: tuple[str, str]) -> str:
    """What the value is made of: 17 of 21, or the number it is out of; blank where that says nothing."""
    if line.figure.status in (NOT_COMPUTABLE, NO_CASES) or line.shown("denominator") is None:
        return ""
    pounds = "£" if definition.unit.startswith("£") else ""
    numerator, denominator = (_amount(line.shown(name), pounds) for name in ("numerator", "denominator"))
    unit = _own(unit, line.figure)
    if unit.is_percent:
        return f"{numerator} of {denominator}"
    if unit is PER_10_000:
        counted = counts[0] if numerator == "1" else counts[1]
        return f"{numerator} {counted}, {denominator} children aged 0 to 17"
    if line.shown("numerator") is None:
        return f"{denominator} {counts[1]}"
    # A count beside what it is out of; a mean has nothing to be out of.
    is_count = "value" in line.hidden or line.figure.value == line.figure.numerator
    return f"of {denominator}" if is_count else ""


def _amount(value: object, pounds: str) -> str:
    return f"{pounds}{number(value)}" if isinstance(value, Decimal) else str(value)


def line_of(
    definition: Definition,
    shown: Sequence[PublicFigure],
    settings: Settings,
    *,
    target: Target | None,
    benchmarks: Mapping[str, Benchmark],
    findings: OpenFindings,
) -> Line:
    """Everything the scorecard says of one indicator, from its figures month by month."""
    entry = dictionary()[definition.ref]
    shown = in_one_unit(shown, definition)
    figures = [one.figure for one in shown]
    with_value = [figure for figure in figures if figure.value is not None]
    unit = unit_of((with_value or figures)[-1], definition)
    latest = shown[-1]
    is_whole = not latest.hidden - {"unknown"}
    margin = Decimal(str(settings.value("rag_amber_margin_pp")))
    rated, short, left = None, None, None
    if is_whole:
        if target is not None:
            rated = rating(latest.figure, definition, unit, target, margin)
            short = shortfall(latest.figure, definition, unit, target.value, entry.counts)
        left = missing(latest.figure, definition, unit, entry.counts)
    return Line(
        definition=definition,
        shown=tuple(shown),
        unit=unit,
        direction=_direction(figures, latest, definition),
        means=entry.said(settings),
        counts=entry.counts,
        target=target,
        rating=rated,
        shortfall=short,
        missing=left if _is_a_number_of_cases(definition) else None,
        benchmarks={area: one for area, one in benchmarks.items() if _stands_beside(one, unit)},
        findings=findings,
    )


def _direction(figures: Sequence[Figure], latest: PublicFigure, definition: Definition) -> Direction:
    found = direction(figures, definition)
    if "value" not in latest.hidden:
        return found
    return Direction(
        word=Word.SMALL_NUMBERS,
        sentence="No direction is given: small numbers are not shown.",
        unit=found.unit,
        values=found.values,
    )


def _is_a_number_of_cases(definition: Definition) -> bool:
    """Pounds and days lost are not cases that somebody can put right one by one."""
    return not definition.unit.startswith("£") and definition.ref not in ("WF-08", "LAC-26")


def _stands_beside(one: Benchmark, unit: Unit) -> bool:
    units = {
        "%": unit.is_percent,
        "per 10,000": unit is PER_10_000,
        "days": unit.after == " days",
        "cases": "cases" in unit.after,
    }
    return units.get(one.measure.unit, False)


def age_said(as_at_on: date, on: date) -> str:
    """How old the data is on a day, in words."""
    days = (on - as_at_on).days
    if days == 0:
        return "of this very day"
    said = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    return f"{said} old" if days > 0 else f"made {said} after the day of this scorecard"
