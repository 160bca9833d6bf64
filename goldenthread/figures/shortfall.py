"""How many more children must be reached, or are too many, for a target to be met?"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from goldenthread.figures.figure import Figure
from goldenthread.figures.wording import Unit, number
from goldenthread.indicators.catalogue import Definition

CHILDREN = ("child", "children")


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """How far a figure is from what it should be, in what it counts; 0 where it is there."""

    amount: Decimal
    sentence: str


def shortfall(
    figure: Figure,
    definition: Definition,
    unit: Unit,
    target: Decimal,
    counted: tuple[str, str] = CHILDREN,
) -> Shortfall | None:
    """What is missing to reach the target, or too much for it; exact where the target is just met.

    None where nothing is counted against a target: no figure, no cases, or neither high nor low is better.
    """
    if definition.polarity == "neutral" or figure.value is None or figure.numerator is None:
        return None
    if unit.is_percent:
        if not figure.denominator:
            return None
        amount = _short_of_percentage(figure.numerator, figure.denominator, definition.polarity, target)
    elif figure.value == figure.numerator:
        amount = figure.value - target if definition.polarity == "low" else target - figure.value
    else:
        return None  # a mean or a median: no number of cases stands behind the gap
    if amount <= 0:
        return Shortfall(amount=Decimal(0), sentence="at target")
    if definition.polarity == "high":
        said = f"{number(amount)} more {_noun(amount, counted)} to reach {unit.said(target)}"
    else:
        said = f"{number(amount)} {_noun(amount, counted)} too many for {unit.said(target)}"
    return Shortfall(amount=amount, sentence=said)


def _short_of_percentage(numerator: Decimal, denominator: Decimal, polarity: str, target: Decimal) -> Decimal:
    """Cases missing or too many: whole ones, unless the figure itself counts parts (posts, pounds)."""
    limit = target * denominator / 100
    are_whole = numerator == numerator.to_integral_value() and denominator == denominator.to_integral_value()
    step = Decimal(1) if are_whole else Decimal("0.1")
    if polarity == "high":
        # The smallest number of cases that reaches the target.
        return _stepped(limit - numerator, step, ROUND_CEILING)
    allowed = _stepped(limit, step, ROUND_FLOOR)
    return numerator - allowed


def _stepped(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding) * step


def missing(
    figure: Figure, definition: Definition, unit: Unit, counted: tuple[str, str] = CHILDREN
) -> Shortfall | None:
    """How many do not meet the standard, where there is no target to measure against."""
    if definition.polarity == "neutral" or figure.numerator is None or figure.value is None:
        return None
    if unit.is_percent:
        if not figure.denominator:
            return None
        high = definition.polarity == "high"
        amount = figure.denominator - figure.numerator if high else figure.numerator
    elif definition.polarity == "low" and figure.value == figure.numerator:
        amount = figure.numerator
    else:
        return None
    if amount < 0:
        return None
    if amount == 0:
        return Shortfall(amount=amount, sentence="none")
    return Shortfall(amount=amount, sentence=f"{number(amount)} {_noun(amount, counted)}")


def _noun(amount: Decimal, counted: tuple[str, str]) -> str:
    return counted[0] if amount == 1 else counted[1]
