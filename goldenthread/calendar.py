"""Working days, months and ages: how far apart are two days, and when is something due?

Conventions (specs `timescales` and `indicators`): the day a clock starts is day 0, so the working
days from a to b are those d with a < d <= b; months are clamped to the end of the month; an age is
in completed years and a 29 February birthday falls on 1 March in other years.
"""

import csv
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import ibis
import ibis.expr.types as ir
import pyarrow as pa

# The table of days that definitions join to: bound when figures are worked out.
CALENDAR = ibis.table({"day": "date", "is_working": "boolean", "working_day": "int64"}, name="calendar")

# Records reach further back than the bank holidays we hold: a child in care today may have come in
# 2009. A working day is no Saturday, no Sunday and none of the bank holidays listed (`wd` in the
# conventions), so the days of a clock that started before the list are counted as weekdays. What must
# lie in a year of the list, or it is a loud error, is the day on which a clock is read, stops or is due.
FIRST_DAY = date(1970, 1, 1)


class OutsideCalendar(ValueError):
    """A working day was asked for in a year without bank holidays."""


@dataclass(frozen=True)
class BankHoliday:
    """One bank holiday in England; `is_projected` where the year is not yet proclaimed."""

    day: date
    is_projected: bool


@cache
def bank_holidays() -> tuple[BankHoliday, ...]:
    """England's bank holidays, substitute days included, in date order."""
    text = (files("goldenthread") / "bank_holidays.csv").read_text("utf-8")
    return tuple(
        BankHoliday(date.fromisoformat(row["day"]), row["is_projected"] == "yes")
        for row in csv.DictReader(text.splitlines())
    )


@cache
def _holidays() -> frozenset[date]:
    return frozenset(holiday.day for holiday in bank_holidays())


def calendar_years() -> range:
    """The years whose bank holidays are known or projected."""
    days = [holiday.day for holiday in bank_holidays()]
    return range(min(days).year, max(days).year + 1)


def require_year(day: date) -> None:
    """Raise OutsideCalendar unless the bank holidays of that day's year are known."""
    years = calendar_years()
    if day.year not in years:
        raise OutsideCalendar(
            f"{day} lies outside the bank holidays held ({years[0]} to {years[-1]}): "
            "add the year to goldenthread/bank_holidays.csv."
        )


def is_working_day(day: date, extra: Collection[date] = ()) -> bool:
    """Whether that day is neither a weekend, a bank holiday in England nor an extra closure day."""
    require_year(day)
    return day.weekday() < 5 and day not in _holidays() and day not in extra


def _require_start(day: date) -> None:
    """Raise OutsideCalendar for a clock that starts after the bank holidays held, or out of all reason."""
    if day.year > calendar_years()[-1]:
        require_year(day)
    if day < FIRST_DAY:
        raise OutsideCalendar(f"{day} is before {FIRST_DAY}: no clock of a child's record starts so early.")


@cache
def _working_days(extra: frozenset[date]) -> list[date]:
    rows = calendar_table(extra)
    return rows.filter(rows["is_working"])["day"].to_pylist()


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(number)


def working_days_between(start: date, stop: date, extra: Collection[date] = ()) -> int:
    """Working days d with start < d <= stop; negative when stop is before start.

    The later of the two must lie in a year whose bank holidays are held.
    """
    require_year(max(start, stop))
    _require_start(min(start, stop))
    days = _working_days(frozenset(extra))
    return bisect_right(days, stop) - bisect_right(days, start)


def add_working_days(start: date, number: int, extra: Collection[date] = ()) -> date:
    """The number-th working day after start (0: start itself); its bank holidays must be held."""
    _require_start(start)
    days = _working_days(frozenset(extra))
    at = bisect_right(days, start) + number - 1
    due = start if number == 0 else days[at] if 0 <= at < len(days) else None
    if due is None or due.year not in calendar_years():
        raise OutsideCalendar(f"{number} working days after {start} lie outside the bank holidays held.")
    return due


def add_months(start: date, number: int) -> date:
    """The same day of the month that many months on, clamped to the end of that month."""
    month = start.year * 12 + start.month - 1 + number
    year, month = divmod(month, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def age_on(born_on: date, day: date) -> int:
    """Completed years on that day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def calendar_table(extra: Collection[date] = ()) -> pa.Table:
    """The rows of CALENDAR: every day held, with the running number of working days up to it."""
    return _calendar(frozenset(extra))


@cache
def _calendar(extra: frozenset[date]) -> pa.Table:
    last = date(calendar_years()[-1], 12, 31)
    holidays = _holidays() | extra
    days = list(_days(FIRST_DAY, last))
    working = [day.weekday() < 5 and day not in holidays for day in days]
    running, number = [], 0
    for is_working in working:
        number += is_working
        running.append(number)
    return pa.table({"day": days, "is_working": working, "working_day": pa.array(running, pa.int64())})


def with_working_day(rows: ir.Table, *columns: str) -> ir.Table:
    """Add `<column>_working_day`, the running number of working days up to each of those dates.

    The difference of two such numbers is the number of working days between the two dates.
    """
    for column in columns:
        name = f"{column}_working_day"
        days = CALENDAR.select(**{f"{name}_of": CALENDAR.day, name: CALENDAR.working_day})
        rows = rows.left_join(days, rows[column] == days[f"{name}_of"]).drop(f"{name}_of")
    return rows


def with_nth_working_day(rows: ir.Table, name: str, after: str, number: ir.IntegerValue | int) -> ir.Table:
    """Add `name`: the number-th working day after the date `after`, whose `_working_day` must be there."""
    days = CALENDAR.filter(CALENDAR.is_working)
    days = days.select(**{name: days.day, f"{name}_number": days.working_day})
    nth = rows[f"{after}_working_day"] + number
    return rows.left_join(days, nth == days[f"{name}_number"]).drop(f"{name}_number")


def months_after(day: ir.DateValue, number: ir.IntegerValue | int) -> ir.DateValue:
    """Ibis expression: the same day that many months on, clamped to the end of the month."""
    months = ibis.literal(number) if isinstance(number, int) else number
    # The engines return a timestamp for date + months: cast there and back so that it is a date.
    return (day.cast("timestamp") + months.as_interval("M")).cast("date")


def days_after(day: ir.DateValue, number: ir.IntegerValue | int) -> ir.DateValue:
    """Ibis expression: the day that many days on."""
    days = ibis.literal(number) if isinstance(number, int) else number
    return (day.cast("timestamp") + days.as_interval("D")).cast("date")


def days_between(start: ir.DateValue, stop: ir.DateValue) -> ir.IntegerValue:
    """Ibis expression: stop - start in calendar days."""
    return stop.delta(start, unit="day")


def age(born_on: ir.DateValue, day: ir.DateValue) -> ir.IntegerValue:
    """Ibis expression: completed years on that day."""
    born = born_on.month() * 100 + born_on.day()
    now = day.month() * 100 + day.day()
    return day.year() - born_on.year() - (now < born).ifelse(1, 0)


def birthday(born_on: ir.DateValue, years: int) -> ir.DateValue:
    """Ibis expression: the day on which that age is reached; 1 March for a 29 February where need be."""
    day = months_after(born_on, 12 * years)
    return (day.day() < born_on.day()).ifelse(days_after(day, 1), day)


def moment(at: ir.TimestampValue, is_timed: ir.BooleanValue) -> ir.StringValue:
    """Ibis expression: a date-time as it is printed, the day alone where no time is known."""
    day, minute = at.strftime("%Y-%m-%d"), at.strftime("%Y-%m-%dT%H:%M")
    return is_timed.fill_null(False).ifelse(minute, day)


def open_until(ended_on: ir.DateValue) -> ir.DateValue:
    """Ibis expression: the end date, or a day after all others where there is none.

    In the condition of a join `ended_on is null or ended_on > day` makes an engine compare every
    pair of rows; `open_until(ended_on) > day` says the same and is four hundred times as fast.
    """
    return ibis.coalesce(ended_on, ibis.date("9999-12-31"))


def known_since(started_on: ir.DateValue) -> ir.DateValue:
    """Ibis expression: the start date, or a day before all others where it is not known."""
    return ibis.coalesce(started_on, ibis.date("1900-01-01"))
