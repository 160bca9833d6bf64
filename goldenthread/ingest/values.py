"""What does one text mean in a column of that type, and which texts mean nothing there?

The types are those of the local extracts: a text is trimmed of Unicode white space, blank is null,
and nothing else means null. Times are Europe/London clock times; one that does not occur is invalid
and one that occurs twice is the earlier.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.standard.schema import Column, code_labels

LONGEST_TEXT = 200
LONDON = ZoneInfo("Europe/London")

_FOUR_DECIMALS = Decimal("0.0001")

_INTEGER = re.compile(r"-?[0-9]+", re.ASCII)
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
_DATETIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
_LISTED_CODE = re.compile(r"(?=.*[0-9])[A-Z0-9]+", re.ASCII)


class Unreadable(ValueError):
    """A text that means nothing in a column of its type; says why."""


class Moment(NamedTuple):
    """A date-time as stored: London wall-clock time, whether a time was given, and the instant."""

    local: datetime
    is_timed: bool
    utc: datetime | None  # not known where only the day is


def read_integer(text: str) -> int:
    """A whole number with an optional minus sign."""
    if not _INTEGER.fullmatch(text):
        raise Unreadable("is not a whole number")
    number = int(text) if len(text) <= 20 else 2**63
    if not -(2**63) <= number < 2**63:
        raise Unreadable("is too large a number")
    return number


def read_decimal(text: str) -> Decimal:
    """Digits, optionally a point and more digits; kept to four decimals."""
    if not _DECIMAL.fullmatch(text):
        raise Unreadable("is not a number of digits with an optional decimal point")
    number = Decimal(text)
    if number >= 10**14:
        raise Unreadable("is too large a number")
    return number.quantize(_FOUR_DECIMALS, ROUND_HALF_UP)


def read_boolean(text: str) -> bool:
    """True or false, in any case, and nothing else."""
    lowered = text.lower()
    if lowered not in ("true", "false"):
        raise Unreadable("is neither true nor false")
    return lowered == "true"


def read_date(text: str) -> date:
    """A real calendar day written YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        raise Unreadable("is not a date written YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("is not a day of the calendar") from None


def read_month(text: str) -> date:
    """A month written YYYY-MM, as its first day."""
    if not _MONTH.fullmatch(text):
        raise Unreadable("is not a month written YYYY-MM")
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Unreadable("is not a month of the calendar") from None


def read_date_or_month(text: str) -> date:
    """A day written YYYY-MM-DD, or a month written YYYY-MM as its first day."""
    return read_month(text) if _MONTH.fullmatch(text) else read_date(text)


def read_moment(text: str) -> Moment:
    """A London clock time written YYYY-MM-DDTHH:MM, or the day alone where no time is known."""
    parts = _DATETIME.fullmatch(text)
    if parts is None:
        if _DATE.fullmatch(text):
            return moment_of_day(read_date(text))
        raise Unreadable("is not a date and time written YYYY-MM-DDTHH:MM, nor a date")
    day, hour, minute, second = parts.groups()
    midnight, ahead = london_day(day)
    if hour > "23" or minute > "59" or (second and second > "59"):
        raise Unreadable("has a time that no clock shows")
    local = midnight.replace(hour=int(hour), minute=int(minute))
    return Moment(local, True, london_instant(local) if ahead is None else local - ahead)


def moment_of_day(day: date) -> Moment:
    """A day without a known time, stored as its midnight."""
    return Moment(datetime(day.year, day.month, day.day), False, None)


@lru_cache(maxsize=20_000)
def london_day(text: str) -> tuple[datetime, timedelta | None]:
    """Midnight of a day, and how far London is ahead of UTC on it; None where that changes."""
    day = read_date(text)
    midnight = datetime(day.year, day.month, day.day)
    first, last = (midnight.replace(hour=hour, tzinfo=LONDON).utcoffset() for hour in (0, 23))
    return midnight, first if first == last else None


def london_instant(local: datetime) -> datetime:
    """The UTC instant of a London clock time; of two, the earlier; Unreadable if it does not occur."""
    instant = local.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    shown = instant.astimezone(LONDON).replace(tzinfo=None)
    if shown != local:
        raise Unreadable("is a time that does not occur: the clocks go forward over it")
    return instant.replace(tzinfo=None)


def code_reader(code_set: str) -> Callable[[str], str]:
    """Reads one code of that set, in any case, as the set writes it."""
    written = {code.casefold(): code for code in code_labels(code_set)}

    def read_code(text: str) -> str:
        code = written.get(text.casefold())
        if code is None:
            raise Unreadable("is not one of the codes of this column")
        return code

    return read_code


def code_list_reader(code_set: str | None) -> Callable[[str], list[str]]:
    """Reads codes separated by semicolons; without a code set, any codes that hold a digit."""
    read_code = code_reader(code_set) if code_set else _read_open_code

    def read_codes(text: str) -> list[str]:
        items = ["".join(item.split()) for item in text.split(";")]
        codes = list(dict.fromkeys(read_code(item) for item in items if item))
        if not codes:
            raise Unreadable("holds no code")
        return codes

    return read_codes


def _read_open_code(text: str) -> str:
    code = text.upper()
    if not _LISTED_CODE.fullmatch(code):
        raise Unreadable("is not a list of codes separated by semicolons")
    return code


def _within(read: Callable[[str], Any], low: float, high: float) -> Callable[[str], Any]:
    def read_within(text: str) -> Any:
        number = read(text)
        if not low <= number <= high:
            raise Unreadable(f"is outside {low:g} to {high:g}")
        return number

    return read_within


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": read_integer,
    "decimal": read_decimal,
    "boolean": read_boolean,
    "date": read_date,
    "date_or_month": read_date_or_month,
    "month": read_month,
    "datetime": read_moment,
}


def reader_of(column: Column, limits: tuple[float, float] | None = None) -> Callable[[str], Any]:
    """The function that reads one trimmed, non-blank text of that column, or raises Unreadable."""
    if column.type == "code":
        return code_reader(column.codes or "")
    if column.type == "code_list":
        return code_list_reader(column.codes)
    read = _READERS.get(column.type, str)
    return _within(read, *limits) if limits else read


def day_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The calendar day of a date or date-time column."""
    return column if column.type == pa.date32() else pc.floor_temporal(column).cast(pa.date32())


def as_written(value: Any) -> str:
    """A stored value as the extracts write it; a date-time at midnight as its day."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M") if value.hour or value.minute else value.date().isoformat()
    return str(value)
