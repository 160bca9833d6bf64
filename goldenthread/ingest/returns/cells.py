"""What does one text of a statutory return mean in its column, in that collection year?"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from goldenthread.calendar import add_months
from goldenthread.ingest.extract import Severity
from goldenthread.ingest.values import LONGEST_TEXT, Unreadable, read_date, read_decimal, read_integer
from goldenthread.standard import code_labels, code_years
from goldenthread.standard.schema import Column

EARLIEST_DATE = date(1990, 1, 1)  # an earlier date is a warning (rule R09)
YEARS = range(2017, 2027)  # collection years whose layout and codes are held as data

# Whole numbers exported through a spreadsheet come back as 1.0.
_FLOAT_DIRT = re.compile(r"([0-9]+)\.0+", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
_XML_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]", re.ASCII | re.IGNORECASE)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][A-Z]{2}", re.ASCII | re.IGNORECASE)
_BOOLEANS = {"0": False, "1": True, "false": False, "true": True}
_CACHE_LIMIT = 200_000  # texts remembered per column

# What a number may be, where its type does not say it.
_LIMITS = {
    "sdq_score": (0, 40),
    "previous_plan_count": (0, 1_000),
    "adopter_count": (0, 1_000),
    "cases_at_30_september": (0, 100_000),
    "agency_headcount": (0, 1_000_000),
    "fte": (0, 1),
    "fte_at_30_september": (0, 1),
}


@dataclass(frozen=True)
class Collection:
    """The return being read: its year decides the codes, its as-at date what lies in the future."""

    year: int
    as_at_on: date

    @property
    def first_day(self) -> date:
        """The first of the twelve months a return covers; what was open then is in it too."""
        return add_months(self.as_at_on, -12) + timedelta(1)


@dataclass(frozen=True)
class Problem:
    """What is to be said about a text."""

    rule: str
    severity: Severity
    message: str
    shown: bool = True  # false where the text must not be repeated in a report
    once: bool = False  # true where it is said of the file, not of each row


def read_xml_date(text: str) -> date:
    """An xs:date: YYYY-MM-DD, with or without a time zone."""
    found = _XML_DATE.fullmatch(text)
    return read_date(found[1] if found else text)


def read_day_first_date(text: str) -> date:
    """A date written day/month/year, or year-month-day, which cannot be mistaken for it."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        if "/" in text or not _XML_DATE.fullmatch(text):
            raise Unreadable("is not a date written DD/MM/YYYY")
        return read_date(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise Unreadable("is not a day of the calendar") from None


def _boolean(text: str) -> bool:
    found = _BOOLEANS.get(text.lower())
    if found is None:
        raise Unreadable("is neither 0 nor 1, true nor false")
    return found


def _upn_given(text: str) -> bool:
    if not _UPN.fullmatch(text):
        raise Unreadable("is not written as a UPN (a letter, 11 digits, a digit or letter)")
    return True


def _upn_or_reason(text: str) -> str:
    if text.upper() in code_labels("ssda903_upn"):
        return text.upper()
    return "given" if _upn_given(text) else ""


def _postcode_district(text: str) -> str:
    found = _POSTCODE.fullmatch("".join(text.split()))
    if found is None:
        raise Unreadable("is not a full postcode")
    return found[1].upper()


def _year_of_birth(text: str) -> int:
    return read_xml_date(text).year


# Columns of which less is kept than was delivered. What stood there is in no finding either.
_MINIMISED: dict[str, Callable[[str], Any]] = {
    "has_upn": _upn_given,
    "has_former_upn": _upn_given,
    "upn": _upn_or_reason,
    "home_postcode_district": _postcode_district,
    "placement_postcode_district": _postcode_district,
    "birth_year": _year_of_birth,
}


class Cell:
    """Reads the texts of one column of one return; each different text is worked out once."""

    def __init__(self, column: Column, collection: Collection, read_day: Callable[[str], date]) -> None:
        self.column = column
        self.clean: dict[str, Any] = {"": None}  # texts that mean something and need no finding
        self._collection = collection
        self._problems: dict[str, tuple[Any, Problem]] = {}
        self._read = self._reader(read_day)

    def read(self, text: str) -> tuple[Any, Problem | None]:
        """The value of a text as delivered, and what is to be said about it."""
        text = text.strip()
        if text in self.clean:
            return self.clean[text], None
        if text in self._problems:
            return self._problems[text]
        value, problem = self._work_out(text)
        if len(self.clean) + len(self._problems) < _CACHE_LIMIT and self.column.type != "text":
            if problem is None:
                self.clean[text] = value
            else:
                self._problems[text] = (value, problem)
        return value, problem

    def _work_out(self, text: str) -> tuple[Any, Problem | None]:
        name = self.column.header or self.column.name
        try:
            value = self._read(text)
        except Unreadable as why:
            shown = self.column.name not in _MINIMISED
            done = "left out" if self.column.type == "code_list" else "left blank"
            return None, Problem("R05", Severity.ERROR, f"{name} {why}; it was {done}.", shown)
        return value, self._remark(value, text, name)

    def _remark(self, value: Any, text: str, name: str) -> Problem | None:
        if isinstance(value, date):
            return self._remark_on_day(value, name)
        if self.column.codes and isinstance(value, str):
            return self._remark_on_code(value, name)
        if self.column.type == "decimal" and len(text.partition(".")[2].rstrip("0")) > 4:
            return Problem("rounded", Severity.INFO, f"{name} was rounded to four decimals.", once=True)
        if self.column.type == "text" and len(text) > LONGEST_TEXT:
            return Problem("R04", Severity.WARNING, f"{name} was cut to {LONGEST_TEXT} characters.")
        return None

    def _remark_on_day(self, day: date, name: str) -> Problem | None:
        as_at_on = self._collection.as_at_on
        if day > as_at_on and not self.column.may_be_future:
            return Problem("R09", Severity.WARNING, f"{name} is after the as-at date {as_at_on}.")
        if day < EARLIEST_DATE:
            return Problem("R09", Severity.WARNING, f"{name} is before 1990.")
        return None

    def _remark_on_code(self, code: str, name: str) -> Problem | None:
        years = code_years(self.column.codes or "").get(code, (None, None))
        year = self._collection.year
        if in_years(year, *years):
            return None
        message = (
            f"{name} {code} is not a code of the {year} collection ({years_in_words(*years)}); it was kept."
        )
        return Problem("code-of-another-year", Severity.WARNING, message)

    def _reader(self, read_day: Callable[[str], date]) -> Callable[[str], Any]:
        column = self.column
        if column.name in _MINIMISED:
            return _MINIMISED[column.name]
        if column.codes:
            return _code_reader(column.codes)
        simple: dict[str, Callable[[str], Any]] = {
            "date": read_day,
            "boolean": lambda text: _boolean(_without_float_dirt(text)),
            "integer": lambda text: _within(column.name, read_integer(_without_float_dirt(text))),
            "decimal": lambda text: _within(column.name, read_decimal(text)),
        }
        return simple.get(column.type, lambda text: text[:LONGEST_TEXT])


def _without_float_dirt(text: str) -> str:
    found = _FLOAT_DIRT.fullmatch(text)
    return found[1] if found else text


def _within(name: str, number: Any) -> Any:
    low, high = _LIMITS.get(name, (number, number))
    if not low <= number <= high:
        raise Unreadable(f"is outside {low} to {high}")
    return number


def _code_reader(code_set: str) -> Callable[[str], str]:
    written = {code.casefold(): code for code in code_labels(code_set)}

    def read_code(text: str) -> str:
        code = written.get(text.casefold()) or written.get(_without_float_dirt(text).casefold())
        if code is None:
            raise Unreadable("is not one of the codes of this item")
        return code

    return read_code


def in_years(year: int, first: int | None, last: int | None) -> bool:
    """Whether a collection year lies within a first and a last year, where they are given."""
    return (first is None or year >= first) and (last is None or year <= last)


def years_in_words(first: int | None, last: int | None) -> str:
    """The collection years of an item or code, for a sentence."""
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}"
