"""A figure: a number with its numerator, denominator and unknown, and what may be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from goldenthread.calendar import add_months
from goldenthread.indicators.catalogue import Definition
from goldenthread.indicators.part import Kind, Part
from goldenthread.periods import Period

NOT_COMPUTABLE, NO_CASES, PROVISIONAL, PARTIAL, FINAL = (
    "not_computable",
    "no_cases",
    "provisional",
    "partial",
    "final",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One line of figures. `value` is rounded to one decimal, half away from zero."""

    ref: str
    part: str
    code: str
    title: str
    authority: str
    breakdown: Mapping[str, str]
    period: Period
    numerator: Decimal | None
    denominator: Decimal | None
    unknown: int | None
    value: Decimal | None
    status: str
    note: str = ""


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """Half away from zero, to that many decimals."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def whole(value: Decimal) -> Decimal:
    """The same number without trailing zeros: 5.0000 is 5, 1200.50 is 1200.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def is_percentage(part: Part, definition: Definition) -> bool:
    """Whether numerator over denominator is shown as a percentage (outputs spec, Value)."""
    return part.kind is Kind.PROPORTION or (
        part.kind is Kind.COUNT and part.has_denominator and "%" in definition.unit
    )


def per_10_000(numerator: Decimal, children: Decimal, definition: Definition, period: Period) -> Decimal:
    """A rate per 10,000 children; of what happens in a period that is no full year, as of a whole one."""
    above, below = numerator * 10_000, children
    is_year = period.ends_on == add_months(period.starts_on, 12) - timedelta(1)
    if definition.measure_type == "period" and not is_year:
        above, below = above * 365, below * period.days
    return rounded(above / below)


def value_of(
    part: Part,
    definition: Definition,
    period: Period,
    numerator: Decimal,
    denominator: Decimal | None,
    statistic: Decimal | None,
) -> Decimal | None:
    """The value of a figure; None where its denominator is 0 and it is no count."""
    if part.kind is Kind.STATISTIC:
        return None if statistic is None else rounded(statistic)
    if is_percentage(part, definition):
        if not denominator:
            return whole(numerator) if definition.is_count else None
        return rounded(numerator * 100 / denominator)
    if part.kind is Kind.RATE and denominator:
        return per_10_000(numerator, denominator, definition, period)
    if part.kind is Kind.MEAN and part.has_denominator:
        if not denominator:
            return None
        times, by = part.factor
        return rounded(numerator * times / (denominator * by))
    return whole(numerator)
