"""How is a line of the scorecard said on a page: each cell in words, ready to be written?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.figures.benchmarks import NEIGHBOURS, Benchmark
from goldenthread.figures.figure import PARTIAL, PROVISIONAL
from goldenthread.figures.scorecard import Line, Scorecard
from goldenthread.figures.scorecard.summary import Said
from goldenthread.figures.suppression import SUPPRESSED
from goldenthread.figures.targets import tolerance_of
from goldenthread.figures.wording import period_said

COLUMNS = (NEIGHBOURS, "London", "England")
# What a figure is of, where it is not of what happened in the month.
_WHEN = {"period": "", "snapshot": ", at the end of the month", "rolling": ", looking back from its end"}


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What another area has, and for when."""

    area: str
    said: str = ""
    year: str = ""  # briefly
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator on the scorecard, in words. Blank: there is nothing to say."""

    ref: str
    title: str
    tier: int
    about: str
    value: str
    is_hidden: bool
    unit: str
    cases: str
    status: str
    note: str
    target: str
    tolerance: str  # how far from the target is still near it
    amber: str  # the value at which near the target ends
    stretch: str
    rating: tuple[str, str] | None
    short: str
    short_of: str  # what the shortfall is counted against
    direction: str
    change: str
    is_up: bool
    values: tuple[Decimal | None, ...]
    series: str
    year_before: str
    compared: tuple[Compared, ...]
    errors: int
    warnings: int


def row_of(line: Line, margin: Decimal) -> Row:
    """The words of a line."""
    direction, target, unit = line.direction, line.target, line.unit
    tolerance = None if target is None or line.rating is None else tolerance_of(target, unit, margin)
    short, short_of = _short(line)
    return Row(
        ref=line.ref,
        title=line.title,
        tier=line.definition.tier,
        about=f"{line.polarity}{_WHEN[line.definition.measure_type]}",
        value=line.number,
        is_hidden=line.number == SUPPRESSED,
        unit=unit.after.strip() if line.number != line.value else "",
        cases=", ".join(filter(None, (line.cases, line.unknown))),
        status=line.latest.status if line.latest.status in (PROVISIONAL, PARTIAL) else "",
        note=line.latest.note,
        target=line.target_said,
        tolerance=unit.change_said(tolerance) if tolerance else "",
        amber=_amber(line, tolerance) if tolerance else "",
        stretch=unit.said(target.stretch) if target is not None and target.stretch is not None else "",
        rating=None if line.rating is None else (line.rating.letter, line.rating.word),
        short=short,
        short_of=short_of,
        direction=direction.word.value,
        change=unit.change_said(direction.change) if direction.change is not None else "",
        is_up=direction.change is not None and direction.change > 0,
        values=tuple(one.figure.value for one in line.shown),
        series=series_said(line),
        year_before=line.year_before,
        compared=tuple(_compared(line, area) for area in COLUMNS),
        errors=line.findings.errors,
        warnings=line.findings.warnings,
    )


def _short(line: Line) -> tuple[str, str]:
    """How many are missing to the target, or do not meet the standard where there is no target."""
    if line.shortfall is not None:
        said = line.shortfall.sentence
        for word, of in ((" to reach ", "to reach "), (" for ", "for ")):
            amount, found, value = said.partition(word)
            if found:
                return _capital(amount), f"{of}{value}"
        return _capital(said), ""
    if line.missing is None:
        return "", ""
    return _capital(line.missing.sentence), "do not meet the standard" if line.missing.amount else ""


def _amber(line: Line, tolerance: Decimal) -> str:
    """The bound of amber in words: from 90.0%, to 20.0%, or 5.0 percentage points either way."""
    if line.target is None:
        return ""
    if line.definition.polarity == "neutral":
        return f"G within {line.unit.change_said(tolerance)}"
    if line.definition.polarity == "high":
        return f"A from {line.unit.briefly(line.target.value - tolerance)}"
    return f"A to {line.unit.briefly(line.target.value + tolerance)}"


def _compared(line: Line, area: str) -> Compared:
    other = line.benchmarks.get(area)
    if other is None:
        return Compared(area=area)
    return Compared(
        area=area, said=line.unit.briefly(other.value), year=year_said(other), when=when_said(other)
    )


def year_said(other: Benchmark) -> str:
    """2016-17 for a year to March or September, 2017 for a day in it."""
    if other.measure.covers.startswith("year to"):
        return f"{other.year - 1}-{other.year % 100:02d}"
    return str(other.year)


def when_said(other: Benchmark) -> str:
    """What a published figure covers, briefly: year to Mar 2017."""
    covers = other.measure.covers.replace("31 March", "Mar").replace("30 September", "Sep")
    return f"{covers} {other.year}"


def series_said(line: Line) -> str:
    """What a picture of the series shows."""
    known = [one.figure for one in line.shown if one.figure.value is not None]
    if len(known) < 2:
        return ""
    values = [figure.value for figure in known if figure.value is not None]
    said = line.unit.said
    return (
        f"From {said(values[0])} in {period_said(known[0].period)} to {said(values[-1])} in "
        f"{period_said(known[-1].period)}; lowest {said(min(values))}, highest {said(max(values))}."
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """A list of sentences under a heading."""

    title: str
    items: tuple[tuple[str, str, str], ...]  # ref, title, sentence
    otherwise: str
    only: str = ""  # which lines of the scorecard are all of these


def told_of(card: Scorecard) -> list[Told]:
    """What the scorecard says, list by list; one without anything to say is left out unless that is news."""
    summary = card.summary
    lists = [
        ("Really worsening", summary.worsening, "No headline indicator is really worsening.", "worsening"),
        ("Really improving", summary.improving, "No headline indicator is really improving.", "improving"),
        ("Furthest from target", summary.off_target, "", "off_target"),
        (f"Furthest behind {summary.behind_where}", summary.behind if summary.behind_where else (), "", ""),
        ("Most children missing a standard", summary.most_children, "", ""),
        ("Really moving, neither better nor worse", summary.moving, "", ""),
    ]
    return [
        Told(title=title, items=_items(said), otherwise=otherwise, only=only)
        for title, said, otherwise, only in lists
        if said or otherwise
    ]


def _items(said: Sequence[Said]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.line.ref, one.line.title, _after_the_word(one.sentence)) for one in said)


def _after_the_word(sentence: str) -> str:
    """Without the word that the heading has said: Improving: 80.0% is ... becomes 80.0% is ..."""
    word, colon, rest = sentence.partition(": ")
    return _capital(rest) if colon and word.isalpha() else sentence


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
