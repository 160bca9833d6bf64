"""Improving, worsening or no real change: what may be said of the latest figure of a series?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goldenthread.figures.control import Kind, Limits, Signal, Values, limits, signals
from goldenthread.figures.figure import PARTIAL, Figure, rounded
from goldenthread.figures.wording import PER_10_000, Unit, is_month, period_said, unit_of
from goldenthread.indicators.catalogue import Definition

# Below these nothing is claimed: percentages of small groups swing by themselves, and a run of
# seven cannot be told from an average that consists of it.
FEWEST_CASES = 10
FEWEST_PERIODS = 8
# In a series that hardly moves, the limits are so near that one child more or less is beyond them.
FEWEST_CHANGED = 2


class Word(StrEnum):
    """The direction of travel in words; the last four claim nothing."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    RISING = "rising"
    FALLING = "falling"
    NO_REAL_CHANGE = "no real change"
    SMALL_NUMBERS = "small numbers"
    TOO_FEW_PERIODS = "too few periods"
    NO_FIGURE = "no figure"
    PARTIAL = "partial figures"


CLAIMS = (Word.IMPROVING, Word.WORSENING, Word.RISING, Word.FALLING)


@dataclass(frozen=True, kw_only=True)
class Direction:
    """The direction of travel, with a sentence that states the finding."""

    word: Word
    sentence: str
    unit: Unit
    change: Decimal | None = None  # percentage points, or the unit of the figure
    limits: Limits | None = None
    signals: tuple[Signal, ...] = ()
    values: tuple[Decimal | None, ...] = ()  # the values judged; None where one was left out

    @property
    def is_claimed(self) -> bool:
        """Whether a real change is claimed."""
        return self.word in CLAIMS

    @property
    def unusual(self) -> frozenset[int]:
        """Positions to point out: months beyond a limit, and those that a claim of change rests on."""
        latest = len(self.values) - 1
        told = [
            one for one in self.signals if one.kind is Kind.BEYOND or (self.is_claimed and one.last == latest)
        ]
        return frozenset(at for one in told for at in range(one.first, one.last + 1))


def direction(series: Sequence[Figure], definition: Definition) -> Direction:
    """What may be said of the last figure of a series of one indicator, oldest first."""
    unit = _unit_of_series(series, definition)
    values = tuple(_judged(figure, definition, unit) for figure in series)
    latest = series[-1]
    if why := _why_not(latest, definition, unit, values):
        return Direction(word=why[0], sentence=f"No direction is given: {why[1]}.", unit=unit, values=values)
    known = sum(value is not None for value in values)
    found = limits(values)
    if known < FEWEST_PERIODS or found is None:
        sentence = f"No direction is given: too few periods ({known}; at least {FEWEST_PERIODS} are needed)."
        return Direction(word=Word.TOO_FEW_PERIODS, sentence=sentence, unit=unit, values=values)
    if _is_of_few(latest, unit, found):
        sentence = f"No direction is given: small numbers (fewer than {FEWEST_CASES})."
        return Direction(word=Word.SMALL_NUMBERS, sentence=sentence, unit=unit, values=values)
    return _claimed(series, definition, unit, values, found)


def _unit_of_series(series: Sequence[Figure], definition: Definition) -> Unit:
    with_value = [figure for figure in series if figure.value is not None]
    return unit_of((with_value or list(series))[-1], definition)


def _judged(figure: Figure, definition: Definition, unit: Unit) -> Decimal | None:
    """The value, where it can be compared with its neighbours."""
    is_comparable = not _has_few_cases(figure) and figure.status != PARTIAL
    return figure.value if is_comparable and not _is_cut_count(figure, definition, unit) else None


def _has_few_cases(figure: Figure) -> bool:
    return figure.denominator is not None and figure.denominator < FEWEST_CASES


def _is_cut_count(figure: Figure, definition: Definition, unit: Unit) -> bool:
    """Whether it counts the events of a period that is not over: fewer days, so fewer events."""
    return definition.measure_type == "period" and _is_number(figure, unit) and figure.period.is_provisional


def _is_of_few(latest: Figure, unit: Unit, found: Limits) -> bool:
    """Whether so few are counted, usually and now, that one more or less is a large part of them."""
    if unit is PER_10_000:
        return (latest.numerator or 0) < FEWEST_CASES
    return _is_number(latest, unit) and max(latest.value or 0, found.centre) < FEWEST_CASES


def _is_number(figure: Figure, unit: Unit) -> bool:
    """Whether the value is itself a number of cases or pounds: no percentage, mean or median."""
    return not unit.is_percent and figure.value is not None and figure.value == figure.numerator


def _why_not(latest: Figure, definition: Definition, unit: Unit, values: Values) -> tuple[Word, str] | None:
    """Why nothing can be said of the latest figure, whatever came before."""
    if latest.value is None:
        return Word.NO_FIGURE, f"there is no figure for {period_said(latest.period)}"
    if _has_few_cases(latest):
        return Word.SMALL_NUMBERS, f"small numbers (fewer than {FEWEST_CASES} cases)"
    if latest.status == PARTIAL:
        return Word.PARTIAL, "the figure is partial"
    if _is_cut_count(latest, definition, unit):
        return Word.TOO_FEW_PERIODS, f"{period_said(latest.period)} is not over"
    return None


def _claimed(
    series: Sequence[Figure], definition: Definition, unit: Unit, values: Values, found: Limits
) -> Direction:
    shown = found.within(Decimal(0), Decimal(100) if unit.is_percent else None)
    every = tuple(signals(values, found))
    now = [signal for signal in every if signal.last == len(values) - 1]
    # The latest movement says more of the direction than the level does.
    first = next((s for kind in (Kind.TREND, Kind.BEYOND, Kind.RUN) for s in now if s.kind is kind), None)
    if first is None:
        value = series[-1].value or Decimal()
        sentence = f"No real change: {unit.said(value)} is within the usual range, {_range(shown, unit)}."
        return _direction(Word.NO_REAL_CHANGE, sentence, None, unit, values, shown, every)
    word = _word(definition.polarity, first.is_up)
    change, finding = _finding(first, values, found, shown, unit, _periods_said(series))
    if too_few := _too_few(change, series[-1], unit):
        sentence = f"No real change: {too_few}."
        return _direction(Word.NO_REAL_CHANGE, sentence, None, unit, values, shown, every)
    sentence = f"{word.capitalize()}: {finding}."
    return _direction(word, sentence, change, unit, values, shown, every)


def _too_few(change: Decimal, latest: Figure, unit: Unit) -> str:
    """Why a change is chance, however steady the series; blank where it is large enough to be said."""
    if not rounded(change):
        return f"less than {unit.change_said(Decimal('0.1'))}"
    cases = abs(change)
    if unit.is_percent and latest.denominator is not None:
        cases = cases * latest.denominator / 100
    elif unit is PER_10_000 and latest.value and latest.numerator is not None:
        cases = cases * abs(latest.numerator / latest.value)
    elif not _is_number(latest, unit):
        return ""
    if cases >= FEWEST_CHANGED:
        return ""
    return f"{unit.change_said(change)}, which is fewer than {FEWEST_CHANGED} cases"


def _direction(
    word: Word,
    sentence: str,
    change: Decimal | None,
    unit: Unit,
    values: Values,
    found: Limits,
    every: tuple[Signal, ...],
) -> Direction:
    return Direction(
        word=word,
        sentence=sentence,
        change=change,
        unit=unit,
        values=tuple(values),
        limits=found,
        signals=every,
    )


def _word(polarity: str, is_up: bool) -> Word:
    if polarity == "neutral":
        return Word.RISING if is_up else Word.FALLING
    return Word.IMPROVING if is_up == (polarity == "high") else Word.WORSENING


def _finding(
    signal: Signal, values: Values, found: Limits, shown: Limits, unit: Unit, periods: str
) -> tuple[Decimal, str]:
    """The change, and what happened in words."""
    last = _known(values, signal.last)
    if signal.kind is Kind.TREND:
        first = _known(values, signal.first)
        moved = "up" if signal.is_up else "down"
        return last - first, (
            f"{moved} {unit.change_said(last - first)} over {signal.points} {periods} in a row, "
            f"from {unit.briefly(first)} to {unit.said(last)}"
        )
    more = "above" if signal.is_up else "below"
    if signal.kind is Kind.BEYOND:
        change = last - found.centre
        return change, (
            f"{unit.said(last)} is {unit.change_said(change)} {more} the average of "
            f"{unit.briefly(found.centre)} and outside the usual range, {_range(shown, unit)}"
        )
    recent = _mean([value for value in values[signal.first :] if value is not None])
    before = _mean([value for value in values[: signal.first] if value is not None])
    return recent - before, (
        f"{signal.points} {periods} in a row {more} the average of {unit.briefly(found.centre)}; "
        f"on average {unit.change_said(recent - before)} {more} the {periods} before"
    )


def _known(values: Values, at: int) -> Decimal:
    value = values[at]
    assert value is not None  # a signal consists of known points
    return value


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal()) / len(values)


def _range(found: Limits, unit: Unit) -> str:
    return f"{unit.briefly(found.lower)} to {unit.briefly(found.upper)}"


def _periods_said(series: Sequence[Figure]) -> str:
    return "months" if all(is_month(figure.period) for figure in series) else "periods"
