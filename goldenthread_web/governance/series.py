"""On which days does a body meet, by its rhythm? Never on a weekend or a bank holiday."""

from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.calendar import add_months, add_working_days, is_working_day
from goldenthread_web.programme.models import Body

_WEEKS = {Body.Rhythm.WEEKLY: 1, Body.Rhythm.FORTNIGHTLY: 2}
_MONTHS = {
    Body.Rhythm.MONTHLY: 1,
    Body.Rhythm.TWO_MONTHS: 2,
    Body.Rhythm.QUARTERLY: 3,
    Body.Rhythm.HALF_YEARLY: 6,
}


def days(rhythm: str, first: date, until: date) -> list[date]:
    """The days of a series from its first to its last possible day, each a working day.

    A body that meets by the month keeps its weekday and its week: every second Tuesday, say. A day that
    is no working day is put off to the next one that is; as needed: the first day alone.
    """
    return [working(day) for day in _planned(rhythm, first) if day <= until] if first <= until else []


def working(day: date) -> date:
    """That day, or the next working day after it."""
    return day if is_working_day(day) else add_working_days(day, 1)


def working_days_before(day: date, number: int) -> date:
    """The day so many working days before a day."""
    found = day
    while number:
        found -= timedelta(1)
        number -= is_working_day(found)
    return found


def _planned(rhythm: str, first: date) -> Iterator[date]:
    """Every day of the rhythm for three years, which is longer than anybody plans."""
    if rhythm in _WEEKS:
        yield from (first + timedelta(weeks=_WEEKS[Body.Rhythm(rhythm)] * number) for number in range(160))
    elif rhythm in _MONTHS:
        step = _MONTHS[Body.Rhythm(rhythm)]
        yield first
        for number in range(1, 36 // step + 1):
            yield _same_week(first, add_months(first.replace(day=1), step * number))
    else:
        yield first


def _same_week(first: date, month: date) -> date:
    """The day of a month with the weekday and the week of the first; a fifth week falls into the fourth."""
    week = min((first.day - 1) // 7, 3)
    return month + timedelta((first.weekday() - month.weekday()) % 7 + 7 * week)
