"""How are a figure's numbers said: with which sign, in which unit, and how is a change said?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from goldenthread.figures.figure import rounded
from goldenthread.indicators.catalogue import Definition
from goldenthread.periods import Period

POLARITY = {"high": "Higher is better", "low": "Lower is better", "neutral": "Neither high nor low is better"}


class Numbers(Protocol):
    """A value and what it is made of: a figure, or one side of a revised one."""

    @property
    def numerator(self) -> Decimal | None:
        """What was counted or added up."""
        ...

    @property
    def denominator(self) -> Decimal | None:
        """Out of which it was."""
        ...

    @property
    def value(self) -> Decimal | None:
        """The value."""
        ...


@dataclass(frozen=True)
class Unit:
    """What stands before and after a value, and in which words a change is said."""

    before: str = ""
    after: str = ""
    change: tuple[str, str] = ("", "")  # one, many
    decimals: int | None = None  # None: as many as the number has, one at most

    @property
    def is_percent(self) -> bool:
        """Whether values are percentages, and changes percentage points."""
        return self.after == "%"

    def said(self, value: Decimal) -> str:
        """A value: 78.1%, £1,151.1 a week, 1,234."""
        sign = "-" if value < 0 else ""
        return f"{sign}{self.before}{number(abs(value), self.decimals)}{self.after}"

    def briefly(self, value: Decimal) -> str:
        """A value whose unit was said just before: 78.1%, but 18.6 for 18.6 cases per full-time post."""
        return self.said(value) if self.after in ("", "%") else f"{self.before}{number(value, self.decimals)}"

    def change_said(self, change: Decimal) -> str:
        """A change without its direction: 12.3 percentage points, 45."""
        size = number(abs(change), self.decimals)
        word = self.change[0] if size in ("1", "1.0") else self.change[1]
        return f"{self.before}{size}{' ' + word if word else ''}"


PERCENT = Unit(after="%", change=("percentage point", "percentage points"), decimals=1)
NUMBER = Unit()
DAYS = Unit(after=" days", change=("day", "days"))
PER_10_000 = Unit(after=" per 10,000", change=("per 10,000", "per 10,000"), decimals=1)
_BY_UNIT = {
    "£ per week": Unit(before="£", after=" a week", change=("a week", "a week"), decimals=0),
    "cases per FTE": Unit(after=" cases per full-time post", change=("case", "cases"), decimals=1),
    "days": DAYS,
}


def unit_of(figure: Numbers, definition: Definition) -> Unit:
    """The unit of a figure: the catalogue's, as far as this figure is in it."""
    if is_percentage(figure, definition):
        return PERCENT
    if is_rate(figure, definition):
        return PER_10_000
    if definition.unit in _BY_UNIT:
        return _BY_UNIT[definition.unit]
    if figure.numerator is None and "days" in definition.unit:
        return DAYS
    if definition.unit.startswith("£"):
        return Unit(before="£", decimals=0)
    if definition.unit == "%" and figure.value is None and figure.numerator is None:
        return PERCENT  # it is not known or may not be shown: its target still has a unit
    return NUMBER


def is_percentage(figure: Numbers, definition: Definition) -> bool:
    """Whether the value is numerator over denominator times 100 (outputs spec, Value)."""
    if "%" not in definition.unit or figure.numerator is None or figure.denominator is None:
        return False
    if not figure.denominator or figure.value is None:
        return True
    # A mean of an indicator whose headline is a percentage has a denominator too.
    return abs(figure.numerator * 100 / figure.denominator - figure.value) <= Decimal("0.05")


def is_rate(figure: Numbers, definition: Definition | None) -> bool:
    """Whether the value is per 10,000 children, and the denominator how many children there are."""
    return definition is not None and definition.is_rate and figure.denominator is not None


def number(value: Decimal, decimals: int | None = None) -> str:
    """With thousands separated; whole numbers without decimals, others with one."""
    if decimals is None:
        decimals = 0 if value == value.to_integral_value() else 1
    return f"{rounded(value, decimals):,f}"


def day_said(day: date) -> str:
    """31 December 2017."""
    return f"{day.day} {day:%B %Y}"


def period_said(period: Period) -> str:
    """December 2017, or the first and last day of what is no whole month."""
    if is_month(period):
        return f"{period.starts_on:%B %Y}"
    return f"{day_said(period.starts_on)} to {day_said(period.ends_on)}"


def is_month(period: Period) -> bool:
    """Whether the period is a calendar month, possibly cut."""
    first, last = period.starts_on, period.full_ends_on
    return (
        first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last - first).days >= 27
    )
