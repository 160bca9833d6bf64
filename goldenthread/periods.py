"""Periods: over which days is a figure worked out, and at which day is it read?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import ibis

# The table of periods that populations join to, bound when figures are worked out. `ends_on` is cut
# to the as-at date. An indicator of a period is read at `as_at_on`, a snapshot or rolling one at `ends_on`.
# The `_working_day` columns are the running numbers of goldenthread.calendar.CALENDAR.
_COLUMNS = {
    "period": "int64",
    "starts_on": "date",
    "ends_on": "date",
    "as_at_on": "date",
    "starts_on_working_day": "int64",
    "before_starts_on_working_day": "int64",
    "ends_on_working_day": "int64",
    "as_at_on_working_day": "int64",
}
PERIOD = ibis.table(_COLUMNS, name="period")
# Every day of every period, with the period's columns: engines find the periods of a day by equality in
# less than half the time they need to find it between two days.
PERIOD_DAY = ibis.table({"day": "date"} | _COLUMNS, name="period_day")


class Every(StrEnum):
    """How long each period of a series is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PROGRAMME_QUARTER = "programme_quarter"  # three months from the first day of the programme
    YEAR_TO_DATE = "year_to_date"  # from 1 April to each month's end
    ROLLING_12_MONTHS = "rolling_12_months"  # the twelve months that end with each month


@dataclass(frozen=True)
class Period:
    """The days from `starts_on` to `ends_on`, both included; `ends_on` is cut to the as-at date."""

    starts_on: date
    ends_on: date
    full_ends_on: date

    @property
    def is_provisional(self) -> bool:
        """Whether the last day of the period is after the as-at date."""
        return self.full_ends_on > self.ends_on

    @property
    def days(self) -> int:
        """Number of days, after the cut."""
        return (self.ends_on - self.starts_on).days + 1


def one_period(starts_on: date, ends_on: date, as_at_on: date) -> list[Period]:
    """The one period between two days; none if it begins after the as-at date."""
    if starts_on > as_at_on:
        return []
    return [Period(starts_on, min(ends_on, as_at_on), ends_on)]


def _month_start(day: date, months: int = 0) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _month_end(day: date) -> date:
    return _month_start(day, 1) - timedelta(1)


def _calendar(months: int) -> Callable[[date], tuple[date, date]]:
    def holding(day: date) -> tuple[date, date]:
        start = date(day.year, (day.month - 1) // months * months + 1, 1)
        return start, _month_start(start, months) - timedelta(1)

    return holding


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def _year_to_date(day: date) -> tuple[date, date]:
    return date(day.year - (day.month < 4), 4, 1), _month_end(day)


def _rolling(day: date) -> tuple[date, date]:
    return _month_start(day, -11), _month_end(day)


def _programme_quarter(programme_starts_on: date) -> Callable[[date], tuple[date, date]]:
    def holding(day: date) -> tuple[date, date]:
        months = (day.year - programme_starts_on.year) * 12 + day.month - programme_starts_on.month
        months = (months - (day.day < programme_starts_on.day)) // 3 * 3
        start = _on_day(programme_starts_on, months)
        return start, _on_day(programme_starts_on, months + 3) - timedelta(1)

    return holding


def _on_day(start: date, months: int) -> date:
    first = _month_start(start, months)
    return min(first.replace(day=min(start.day, _month_end(first).day)), _month_end(first))


def _holding(every: Every, programme_starts_on: date | None) -> Callable[[date], tuple[date, date]]:
    if every is Every.PROGRAMME_QUARTER:
        if programme_starts_on is None:
            raise ValueError("Programme quarters need programme_starts_on in the store's settings.toml.")
        return _programme_quarter(programme_starts_on)
    return {
        Every.DAY: lambda day: (day, day),
        Every.WEEK: _week,
        Every.MONTH: _calendar(1),
        Every.QUARTER: _calendar(3),
        Every.YEAR: _calendar(12),
        Every.YEAR_TO_DATE: _year_to_date,
        Every.ROLLING_12_MONTHS: _rolling,
    }[every]


def _series(
    holding: Callable[[date], tuple[date, date]], first: date, last: date
) -> Iterator[tuple[date, date]]:
    start, end = holding(first)
    while start <= last:
        yield start, end
        if end >= last:
            return
        start, end = holding(end + timedelta(1))


def periods(
    *,
    as_at_on: date,
    every: Every | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    programme_starts_on: date | None = None,
) -> list[Period]:
    """The periods of a series, or the one period where `every` is None, as the outputs spec says.

    The first holds `starts_on` and the last `ends_on`; defaults: `ends_on` the as-at date, and
    `starts_on` so that there are 12 periods (without `every`: the first of the month of `ends_on`).
    Periods that begin after the as-at date are left out.
    """
    last = ends_on or as_at_on
    if ends_on and starts_on and ends_on < starts_on:
        raise ValueError(f"The first day, {starts_on}, is after the last day, {ends_on}: turn them round.")
    if every is None:
        return one_period(starts_on or last.replace(day=1), last, as_at_on)
    holding = _holding(every, programme_starts_on)
    if starts_on is None:
        starts_on = last
        for _ in range(11):
            starts_on = _before(holding, every, starts_on)
    series = _series(holding, starts_on, last)
    return [Period(start, min(end, as_at_on), end) for start, end in series if start <= as_at_on]


def _before(holding: Callable[[date], tuple[date, date]], every: Every, day: date) -> date:
    if every in (Every.YEAR_TO_DATE, Every.ROLLING_12_MONTHS):
        return _month_start(day, -1)
    return holding(day)[0] - timedelta(1)
