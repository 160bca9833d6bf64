"""Working days, calendar months and ages, as the conventions define them."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.oracle.specs import specification

LONDON = ZoneInfo("Europe/London")
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)


class Moment:
    """A date-time column's value: its local date, and its instant where the time is known."""

    def __init__(self, on: date, hour: int | None = None, minute: int | None = None):
        self.date = on
        self.is_timed = hour is not None
        self.local = None
        if hour is not None:  # fold=0: a time that occurs twice is the earlier
            self.local = datetime(on.year, on.month, on.day, hour, minute or 0, tzinfo=LONDON)

    @property
    def instant(self) -> datetime | None:
        """The UTC instant, or None where the time is not known."""
        return self.local.astimezone(UTC) if self.local else None

    @classmethod
    def read(cls, text: str) -> "Moment":
        """YYYY-MM-DD, or YYYY-MM-DDTHH:MM with T or a space; seconds are dropped."""
        on = date.fromisoformat(text[:10])
        return cls(on, int(text[11:13]), int(text[14:16])) if len(text) > 10 else cls(on)

    def __str__(self) -> str:
        return self.local.strftime("%Y-%m-%dT%H:%M") if self.local else self.date.isoformat()

    __repr__ = __str__

    def __eq__(self, other) -> bool:
        return isinstance(other, Moment) and (self.date, self.local) == (other.date, other.local)

    def __hash__(self) -> int:
        return hash((self.date, self.local))


def on(value) -> date | None:
    """date(x): the local calendar date of a date or Moment; None stays None."""
    return value.date if isinstance(value, Moment) else value


def is_negative(start, stop) -> bool:
    """True if stop is before start: instants where both have a time, else calendar dates."""
    if isinstance(start, Moment) and isinstance(stop, Moment) and start.is_timed and stop.is_timed:
        return stop.instant < start.instant
    return on(stop) < on(start)


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays in England of timescales.json."""
    days = specification("timescales.json")["bank_holidays_england_2013_2027"]
    return frozenset(date.fromisoformat(day) for day in days)


@cache
def _ranks(extra: frozenset[date]) -> dict[date, int]:
    closed, ranks, rank, day = bank_holidays() | extra, {}, 0, _FIRST
    while day <= _LAST:
        rank += day.weekday() < 5 and day not in closed
        ranks[day] = rank
        day += timedelta(days=1)
    return ranks


def _extra(days) -> frozenset[date]:
    return frozenset(date.fromisoformat(d) if isinstance(d, str) else d for d in days)


def wd(a: date, b: date, extra=()) -> int:
    """Working days d with a < d <= b; negative as -wd(b, a). `extra`: extra_non_working_days."""
    ranks = _ranks(_extra(extra))
    return ranks[on(b)] - ranks[on(a)]


def add_wd(a: date, n: int, extra=()) -> date:
    """The n-th working day after a."""
    day = on(a)
    while wd(on(a), day, extra) < n:
        day += timedelta(days=1)
    return day


def days(a: date, b: date) -> int:
    """b - a in calendar days."""
    return (on(b) - on(a)).days


def add_days(a: date, n: int) -> date:
    """The day n calendar days after a."""
    return on(a) + timedelta(days=n)


def add_months(a: date, n: int) -> date:
    """Same day of the month n months on, clamped to the last day of that month."""
    year, month = divmod(on(a).year * 12 + on(a).month - 1 + n, 12)
    return date(year, month + 1, min(on(a).day, monthrange(year, month + 1)[1]))


def birthday(born: date, n: int) -> date:
    """The n-th birthday; a 29 February birthday falls on 1 March in other years."""
    if (born.month, born.day) == (2, 29) and monthrange(born.year + n, 2)[1] == 28:
        return date(born.year + n, 3, 1)
    return born.replace(year=born.year + n)


def completed_years(born: date, d: date) -> int:
    """Completed years from born to d."""
    return d.year - born.year - ((d.month, d.day) < (born.month, born.day))
