"""When is a day, a working day or a birthday, for days kept as whole numbers (date.toordinal)?

The journeys of one authority hold about a million dates. As whole numbers they compare and add
quickly; the answers are those of goldenthread.calendar, looked up once and kept.
"""

from bisect import bisect_right
from datetime import date
from functools import cache
from random import Random

from goldenthread import calendar

_FIRST = date(1970, 1, 1).toordinal()
_YEARS_AHEAD = 12  # beyond the bank holidays: certificates expire and plans end after the as-at date


@cache
def _last() -> int:
    return date(calendar.calendar_years()[-1] + _YEARS_AHEAD, 12, 31).toordinal()


@cache
def _iso() -> list[str]:
    return [date.fromordinal(n).isoformat() for n in range(_FIRST, _last() + 1)]


@cache
def _months() -> list[int]:
    found = (date.fromordinal(n) for n in range(_FIRST, _last() + 1))
    return [day.year * 12 + day.month - 1 for day in found]


@cache
def _working() -> list[int]:
    """The working days; outside the years whose bank holidays are held, every weekday."""
    years = calendar.calendar_years()
    days = (date.fromordinal(n) for n in range(_FIRST, _last() + 1))
    return [
        d.toordinal() for d in days if (calendar.is_working_day(d) if d.year in years else d.weekday() < 5)
    ]


@cache
def _running() -> list[int]:
    working = _working()
    return [bisect_right(working, n) for n in range(_FIRST, _last() + 1)]


def iso(day: int | None) -> str | None:
    """The day as a local extract writes it; nothing for no day."""
    return None if day is None else _iso()[day - _FIRST]


def moment(day: int | None, minute: int) -> str | None:
    """A date-time as a local extract writes it, `minute` counted from midnight."""
    return None if day is None else f"{_iso()[day - _FIRST]}T{minute // 60:02d}:{minute % 60:02d}"


def month(day: int) -> int:
    """The month of a day as a whole number: year * 12 + month - 1."""
    return _months()[day - _FIRST]


def first_of(number: int) -> int:
    """The first day of a month numbered as by `month`."""
    return date(number // 12, number % 12 + 1, 1).toordinal()


def last_of(number: int) -> int:
    """The last day of a month numbered as by `month`."""
    return first_of(number + 1) - 1


def working_between(start: int, stop: int) -> int:
    """Working days d with start < d <= stop."""
    running = _running()
    return running[stop - _FIRST] - running[start - _FIRST]


def add_working(start: int, number: int) -> int:
    """The number-th working day after start (before it where negative)."""
    if number == 0:
        return start
    before = _running()[start - _FIRST]
    if number < 0 and _working()[before - 1] != start:
        before += 1  # from a day off, the working day before is one back
    return _working()[before + number - 1]


def is_working(day: int) -> bool:
    """Whether the day is a working day."""
    return _working()[_running()[day - _FIRST] - 1] == day


def working_in(first: int, last: int) -> list[int]:
    """The working days from first to last, both included."""
    running = _running()
    return _working()[running[first - 1 - _FIRST] : running[last - _FIRST]]


@cache
def add_months(start: int, number: int) -> int:
    """The same day of the month that many months on, clamped to the end of that month."""
    return calendar.add_months(date.fromordinal(start), number).toordinal()


@cache
def birthday(born: int, age: int) -> int:
    """The day on which someone born that day becomes that age; 29 February falls on 1 March."""
    day = date.fromordinal(born)
    try:
        return day.replace(year=day.year + age).toordinal()
    except ValueError:
        return date(day.year + age, 3, 1).toordinal()


def age(born: int, on: int) -> int:
    """Completed years on that day; -1 before birth."""
    if born > on:
        return -1
    years = (on - born) // 365
    return years if birthday(born, years) <= on else years - 1


def school_age(born: int, on: int) -> bool:
    """Whether a child is 5 to 15 on the 31 August before the school year that holds the day."""
    day = date.fromordinal(on)
    begins = date(day.year if day.month >= 9 else day.year - 1, 8, 31).toordinal()
    return 5 <= age(born, begins) <= 15


def working_day_near(rng: Random, day: int) -> int:
    """A day on which the office is open: the day itself, or the next one that is."""
    return day if is_working(day) else add_working(day, 1)
