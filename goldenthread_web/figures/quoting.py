"""How did indicators stand on a day? Figures for pages and papers that are about something else.

Plans, risks, agendas and reports name an indicator and a day; here they get the figure in words, against the
target that was in force then, and whether it stayed within tolerance. In the public view small numbers are
hidden here already: what is hidden cannot be had.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from goldenthread.figures.figure import NO_CASES, NOT_COMPUTABLE, PROVISIONAL
from goldenthread.figures.public import PublicFigure
from goldenthread.figures.scorecard import Line
from goldenthread.figures.scorecard.lines import OpenFindings, cases_said, value_said
from goldenthread.figures.scorecard.lines import line_of as library_line
from goldenthread.figures.suppression import SUPPRESSED
from goldenthread.figures.targets import RED, rating
from goldenthread.figures.wording import period_said
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.config.clock import today
from goldenthread_web.figures.card import CurrentSet, current_set
from goldenthread_web.figures.lines import MONTH, shown
from goldenthread_web.figures.targets import in_force


@dataclass(frozen=True, kw_only=True)
class Point:
    """One month of an indicator in words. `letter` is G, A, R or blank where nothing may be judged."""

    ends_on: date
    said: str  # 74.0%; c; No cases
    number: Decimal | None
    cases: str  # 37 of 50
    letter: str
    numerator: Decimal | None = None  # None where it is hidden, too
    denominator: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """How an indicator stood at the end of the latest month on or before a day."""

    ref: str
    title: str
    team: str  # blank: the whole authority
    value: str
    number: Decimal | None
    cases: str
    period: str  # in words: December 2017
    starts_on: date
    ends_on: date
    as_at_on: date  # the day to whose end everything recorded is in it
    polarity: str  # in words: high is good
    target: str
    letter: str
    word: str
    direction: str
    finding: str  # the sentence of the chart
    change: str  # that the direction claims, in percentage points or the unit of the figure
    shortfall: str
    is_provisional: bool
    is_hidden: bool
    points: tuple[Point, ...]  # month by month, oldest first

    @property
    def is_a_figure(self) -> bool:
        """Whether there is a number, hidden or not."""
        return self.number is not None or self.is_hidden

    def at(self, month_of: date) -> Point | None:
        """The month that holds a day; None where there is no figure for it."""
        same = (month_of.year, month_of.month)
        return next((one for one in self.points if (one.ends_on.year, one.ends_on.month) == same), None)


def quoted(
    refs: Collection[str], *, on: date | None = None, team: str = "", is_public_view: bool
) -> dict[str, Quoted]:
    """Each of the indicators as it stood on a day (today where none is named), by its reference.

    What is not computable is there and says so; an indicator that the figures in force do not hold is not.
    Three queries, however many indicators.
    """
    found = current_set()
    if found is None or not refs:
        return {}
    day = on or today()
    targets = in_force(day)
    said = {}
    for ref, figures in _months(found, refs, day, team, is_public_view):
        definition = catalogue()[ref]
        line = library_line(
            definition,
            figures,
            found.settings,
            target=targets.get(ref),
            benchmarks={},
            findings=OpenFindings(),
        )
        said[ref] = _quoted(line, found, team)
    return said


def has_left_tolerance(ref: str, *, on: date | None = None, months: int = 2) -> bool:
    """Whether an indicator was off target, beyond its tolerance, in each of the last months.

    False where it has no target, or where a month cannot be judged: nothing is claimed of what is not known.
    """
    one = quoted([ref], on=on, is_public_view=False).get(ref)
    if one is None or len(one.points) < months:
        return False
    return all(point.letter == RED.letter for point in one.points[-months:])


def is_at_target(ref: str, *, on: date | None = None, months: int = 3) -> bool:
    """Whether an indicator was at its target in each of the last months; False where that is not known."""
    one = quoted([ref], on=on, is_public_view=False).get(ref)
    if one is None or len(one.points) < months:
        return False
    return all(point.letter == "G" for point in one.points[-months:])


def _months(
    found: CurrentSet, refs: Collection[str], day: date, team: str, is_public_view: bool
) -> Iterable[tuple[str, list[PublicFigure]]]:
    lines = found.worked_out.figure_lines.filter(
        ref__in=set(refs),
        every=MONTH,
        part="",
        breakdown="team" if team else "",
        breakdown_value=team,
        period_end__lte=day,
    ).order_by("ref", "period_start")
    for ref, figures in groupby(shown(lines, is_public_view=is_public_view), lambda one: one.figure.ref):
        yield ref, list(figures)


def _quoted(line: Line, found: CurrentSet, team: str) -> Quoted:
    latest, period = line.latest, line.latest.period
    letter, word = ("", "") if line.rating is None else (line.rating.letter, line.rating.word)
    change = line.direction.change
    return Quoted(
        ref=line.ref,
        title=line.title,
        team=team,
        value=line.number,
        number=latest.value,
        cases=line.cases,
        period=period_said(period),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        as_at_on=found.worked_out.as_at_on,
        polarity=line.polarity,
        target=line.target_said,
        letter=letter,
        word=word,
        direction=line.direction.word.value,
        finding=line.direction.sentence,
        change="" if change is None else line.unit.change_said(change),
        shortfall="" if line.shortfall is None else line.shortfall.sentence,
        is_provisional=latest.status == PROVISIONAL,
        is_hidden=line.number == SUPPRESSED,
        points=tuple(_point(one, line, found.margin) for one in line.shown),
    )


def _point(one: PublicFigure, line: Line, margin: Decimal) -> Point:
    figure, letter = one.figure, ""
    is_whole = not one.hidden - {"unknown"} and figure.status not in (NO_CASES, NOT_COMPUTABLE)
    if line.target is not None and is_whole:
        judged = rating(figure, line.definition, line.unit, line.target, margin)
        letter = "" if judged is None else judged.letter
    return Point(
        ends_on=figure.period.ends_on,
        said=value_said(one, line.unit, is_brief=True),
        number=figure.value,
        cases=cases_said(one, line.unit, line.definition, line.counts),
        letter=letter,
        numerator=figure.numerator,
        denominator=figure.denominator,
    )
