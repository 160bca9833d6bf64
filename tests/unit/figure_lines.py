"""Figures as values: only what matters to a test appears in it."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal

from goldenthread.figures.figure import Figure, rounded
from goldenthread.indicators.catalogue import catalogue
from goldenthread.periods import Period


def a_month(number, year=2016, cut_to=None):
    """The month with that number after January of the year; cut to a day where one is given."""
    year, month = year + number // 12, number % 12 + 1
    last = date(year, month, monthrange(year, month)[1])
    return Period(date(year, month, 1), date(year, month, cut_to) if cut_to else last, last)


def a_figure(ref="CP-03", n=None, of=None, *, value="from n", month=0, status="final", **changes):
    """A figure: the percentage of n of N, or a count where there is no N."""
    definition = catalogue()[ref]
    n, of = (None if x is None else Decimal(str(x)) for x in (n, of))
    if value == "from n":
        value = n if of is None else rounded(n * 100 / of) if of else None
    return replace(
        Figure(
            ref=ref,
            part="",
            code=definition.code,
            title=definition.title,
            authority="991",
            breakdown={},
            period=a_month(month),
            numerator=n,
            denominator=of,
            unknown=0,
            value=None if value is None else Decimal(str(value)),
            status=status,
        ),
        **changes,
    )


def a_series(values, ref="CP-03", of=1000):
    """One figure a month with these values: percentages of N, or counts where N is None."""
    figures = []
    for month, value in enumerate(values):
        if value is None:
            figures.append(a_figure(ref, n=0, of=0, month=month, status="no_cases"))
        elif of is None:
            figures.append(a_figure(ref, n=value, month=month))
        else:
            figures.append(a_figure(ref, n=Decimal(str(value)) * of / 100, of=of, month=month))
    return figures
