"""What does the page of one indicator say: its series, groups, teams and parts?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from goldenthread.figures.breakdowns import OF_THE_CHILD
from goldenthread.figures.control import Limits
from goldenthread.figures.direction import FEWEST_CASES
from goldenthread.figures.figure import NO_CASES, NOT_COMPUTABLE, PARTIAL, PROVISIONAL, Figure
from goldenthread.figures.public import PublicFigure
from goldenthread.figures.scorecard import Line
from goldenthread.figures.scorecard.lines import cases_said, value_said
from goldenthread.figures.suppression import SUPPRESSED
from goldenthread.figures.targets import Target, rating
from goldenthread.figures.wording import Unit, day_said, is_month, period_said, unit_of
from goldenthread.indicators.catalogue import Definition
from goldenthread.standard.schema import code_labels
from goldenthread_web.ui.words import missing

MONTHS_OF_TEAMS = 12
GROUPS = {
    "team": "team",
    "service": "service",
    "age_band": "age",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "disability": "disability",
    "locality": "locality",
}
CODED = ("sex", "ethnicity")  # breakdowns whose values are codes of the standard
_STATUS = {PROVISIONAL: "provisional", PARTIAL: "partial", NO_CASES: "", NOT_COMPUTABLE: ""}
_NOT_KNOWN = ("not known", "NOBT", "REFU")
_AGES = ("unborn", "under 1", "1 to 4", "5 to 9", "10 to 15", "16 to 17", "18 and over")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A figure in words: `value` is c where it is hidden, and says why where there is none."""

    label: str
    value: str
    cases: str
    number: Decimal | None  # for a picture; None where there is none or it is hidden
    remark: str = ""
    is_small: bool = False  # fewer than ten cases: no more than a hint

    @property
    def is_hidden(self) -> bool:
        """Whether it is a small number that is not shown."""
        return self.value == SUPPRESSED


@dataclass(frozen=True, kw_only=True)
class Group:
    """One breakdown: the groups with their figures, and what stands out."""

    code: str
    by: str
    lines: tuple[Said, ...]
    finding: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A team in a month against the target: said, with a letter, and how far off (0 to 4)."""

    said: str  # in brackets: of fewer than ten cases
    letter: str = ""
    word: str = ""
    level: int | None = None
    href: str = ""  # to the children behind it, for who may see them


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How an indicator's figures are said: in which unit, against which target."""

    definition: Definition
    unit: Unit
    counts: tuple[str, str]
    target: Target | None
    margin: Decimal

    def said(self, label: str, one: PublicFigure, remark: str = "") -> Said:
        """One figure in words."""
        figure = one.figure
        status = _STATUS.get(figure.status, "")
        return Said(
            label=label,
            value=value_said(one, self.unit, is_brief=True),
            cases=cases_said(one, self.unit, self.definition, self.counts),
            number=figure.value,
            remark=", ".join(filter(None, (status, remark))),
            is_small=figure.denominator is not None and figure.denominator < FEWEST_CASES,
        )

    def part_said(self, one: PublicFigure) -> Said:
        """A figure of a part, in its own unit: a share may have a mean of days as a part."""
        is_known = one.figure.value is not None and "value" not in one.hidden
        unit = unit_of(one.figure, self.definition) if is_known else self.unit
        whole = replace(self, unit=unit).said("", one)
        return replace(whole, value=value_said(one, unit))

    def rated(self, one: PublicFigure) -> Cell:
        """One figure against the target."""
        said, figure = value_said(one, self.unit, is_brief=True), one.figure
        if "value" in one.hidden:
            return Cell(said=said)
        if figure.value is None:
            return Cell(said=missing("no cases" if figure.status == NO_CASES else "not computable"))
        if figure.denominator is not None and figure.denominator < FEWEST_CASES:
            return Cell(said=f"({said})")
        if self.target is None:
            return Cell(said=said)
        found = rating(figure, self.definition, self.unit, self.target, self.margin)
        assert found is not None  # it has a value, of cases enough
        return Cell(said=said, letter=found.letter, word=found.word, level=self._level(figure, found.letter))

    def _level(self, figure: Figure, letter: str) -> int:
        """0 at target, 2 near it, 3 off it, 4 off it by more than four times the tolerance."""
        assert self.target is not None and figure.value is not None
        if letter != "R":
            return {"G": 0, "A": 2}[letter]
        allowed = self.target.tolerance if self.target.tolerance is not None else self.margin
        is_far = self.unit.is_percent and abs(figure.value - self.target.value) > 4 * allowed
        return 4 if is_far else 3


def reading_of(line: Line, margin: Decimal) -> Reading:
    """How the figures of a line of the scorecard are said."""
    return Reading(
        definition=line.definition, unit=line.unit, counts=line.counts, target=line.target, margin=margin
    )


@dataclass(frozen=True)
class Lines:
    """All figures of one indicator in a set, told apart."""

    shown: tuple[PublicFigure, ...]
    definition: Definition

    @property
    def months(self) -> list[PublicFigure]:
        """The headline month by month, oldest first."""
        found = [one for one in self._of() if is_month(one.figure.period)]
        return sorted(found, key=lambda one: one.figure.period.starts_on)

    def parts(self) -> list[tuple[str, PublicFigure | None, PublicFigure | None]]:
        """Each part: its figure of the latest month, and of twelve months where it is of what happens."""
        latest = max((one.figure.period.ends_on for one in self.shown), default=None)
        found: dict[str, dict[bool, PublicFigure]] = {}
        for one in self.shown:
            figure = one.figure
            if figure.part and not figure.breakdown and figure.period.ends_on == latest:
                found.setdefault(figure.part, {})[is_month(figure.period)] = one
        return [(part, of.get(True), of.get(False)) for part, of in found.items()]

    def by(self, breakdown: str) -> list[PublicFigure]:
        """The groups of a breakdown over twelve months, or at the latest day."""
        found = [one for one in self._of(breakdown) if is_month(one.figure.period) == self.is_of_a_day]
        latest = max((one.figure.period.ends_on for one in found), default=None)
        return [one for one in found if one.figure.period.ends_on == latest]

    def of_teams(self) -> dict[str, dict[date, PublicFigure]]:
        """Each team's figures by the first day of the month."""
        found: dict[str, dict[date, PublicFigure]] = {}
        for one in self._of("team"):
            if is_month(one.figure.period):
                found.setdefault(one.figure.breakdown["team"], {})[one.figure.period.starts_on] = one
        return found

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is read at a day, so that twelve months of it are no more than the last."""
        return self.definition.measure_type != "period"

    @property
    def span_said(self) -> str:
        """What groups are shown for."""
        whole = [one.figure.period for one in self.shown if is_month(one.figure.period) == self.is_of_a_day]
        if not whole:
            return ""
        last = max(whole, key=lambda period: period.ends_on)
        return f"at {day_said(last.ends_on)}" if self.is_of_a_day else period_said(last)

    def _of(self, breakdown: str = "") -> list[PublicFigure]:
        wanted = (breakdown,) if breakdown else ()
        return [one for one in self.shown if not one.figure.part and tuple(one.figure.breakdown) == wanted]


def groups(lines: Lines, reading: Reading) -> list[Group]:
    """Every breakdown there are figures for."""
    found = []
    for code, by in GROUPS.items():
        said = [
            reading.said(_label(code, one), one)
            for one in sorted(lines.by(code), key=lambda one: _order(code, one))
        ]
        if said:
            found.append(Group(code=code, by=by, lines=tuple(said), finding=_finding(said, by, reading)))
    return found


def _label(code: str, one: PublicFigure) -> str:
    value = one.figure.breakdown[code]
    if code in CODED:
        value = code_labels(code).get(value, value)
    return value[:1].upper() + value[1:] if code in OF_THE_CHILD else value


def _order(code: str, one: PublicFigure) -> tuple[bool, int, str]:
    """What is not known comes last; ages in their order."""
    value = one.figure.breakdown[code]
    place = _AGES.index(value) if code == "age_band" and value in _AGES else 0
    return value in _NOT_KNOWN, place, value


def _finding(said: Sequence[Said], by: str, reading: Reading) -> str:
    """Which group is highest and which lowest, of those with enough cases to say so."""
    judged = [
        one
        for one in said
        if one.number is not None and not one.is_small and one.label.lower() != "not known"
    ]
    if len(judged) < 2 or not reading.unit.is_percent:
        return ""
    ordered = sorted(judged, key=lambda one: one.number or Decimal(0))
    lowest, highest = ordered[0], ordered[-1]
    if lowest.number == highest.number:
        return f"Every {by} has {highest.value}."
    return f"Highest: {_of(highest)}. Lowest: {_of(lowest)}."


def _of(one: Said) -> str:
    return f"{one.label}, {one.value} ({one.cases})" if one.cases else f"{one.label}, {one.value}"


def heat(
    lines: Lines, reading: Reading, asked_at: Callable[..., str] | None = None
) -> tuple[list[str], list[dict[str, object]]]:
    """Teams by months: the heads of the columns, and a row for each team.

    `asked_at` says where the children behind a team's figure are asked for; the latest month leads there.
    """
    months = [one.figure.period for one in lines.months][-MONTHS_OF_TEAMS:]
    rows = []
    for team, figures in lines.of_teams().items():
        cells = [
            reading.rated(figures[month.starts_on]) if month.starts_on in figures else None
            for month in months
        ]
        latest = figures.get(months[-1].starts_on) if months else None
        if asked_at is not None and latest is not None and latest.figure.value is not None:
            href = asked_at(lines.definition.ref, latest.figure.period, team=team)
            cells[-1] = replace(reading.rated(latest), href=href)
        if any(one.figure.value is not None or one.hidden for one in figures.values()):
            rows.append({"label": team, "cells": cells})
    return [f"{month.starts_on:%b} {month.starts_on:%y}" for month in months], rows


def table_rows(lines: Lines, line: Line, reading: Reading) -> list[Said]:
    """The headline month by month, the newest first, with what is to be said of each month."""
    judged = {one.figure.period.starts_on: at for at, one in enumerate(line.shown)}
    found = []
    for one in reversed(lines.months):
        at = judged.get(one.figure.period.starts_on)
        remark = ""
        if at is not None and at in line.direction.unusual:
            remark = "unusual"
        elif at is not None and one.figure.value is not None and line.direction.values[at] is None:
            remark = "not used for the direction"
        unknown = one.shown("unknown")
        remark = ", ".join(filter(None, (remark, f"{unknown} not known" if unknown not in (0, None) else "")))
        found.append(reading.said(period_said(one.figure.period), one, remark))
    return found


def earlier_years(months: Iterable[PublicFigure], reading: Reading) -> list[Said]:
    """The latest month and the same month of the years before."""
    listed = list(months)
    return [reading.said(period_said(one.figure.period), one) for one in listed[::-1][::12]]


def limits_said(limits: Limits | None, unit: Unit) -> str:
    """How to read the lines of a control chart."""
    if limits is None:
        return ""
    return (
        f"The shaded band is the usual range, {unit.briefly(limits.lower)} to {unit.briefly(limits.upper)}; "
        f"the dotted line is the average, {unit.said(limits.centre)}. Diamonds mark more than the usual "
        "variation."
    )
