"""What does a cell say, in a column of that type, and what must be said about it?

Dates are day before month, as the template asks. Whatever can be read in one way only is read;
whatever can be read in two is not, or is read with a warning, and nothing is left without a word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from goldenthread.ingest.annex_a.codes import code_set
from goldenthread.ingest.annex_a.faults import Fault, FaultKind
from goldenthread.ingest.annex_a.sheets import Cell
from goldenthread.ingest.extract import Severity
from goldenthread.ingest.values import LONGEST_TEXT
from goldenthread.standard import Column

Value = str | int | date | None

EARLIEST_YEAR = 1901  # 1899 and 1900 are how a spreadsheet or a database shows an empty date
LATEST_SERIAL = date(2100, 1, 1)
_MOST_COUNT = 100_000
_CODES_NAMED = 5  # a longer list of codes is left to the template
_EXACT_DIGITS = 15  # of a number in a spreadsheet; more are rounded

_ERROR_TEXT = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!)", re.I
)
_TIME = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})({_TIME})Z?", re.I)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/.\s](\d{{1,2}})[-/.\s](\d{{4}}|\d{{2}})({_TIME})", re.I)
_NAMED_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/.\s]+([a-z]{{3,9}})\.?,?[-/.\s]+(\d{{4}}|\d{{2}})({_TIME})", re.I
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_WHOLE = re.compile(r"-?\d{1,9}(?:\.0*)?")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d+)?")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.I)
_POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?", re.I)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january,feb february,mar march,apr april,may may,jun june,jul july,aug august,"
        "sep september sept,oct october,nov november,dec december".split(","),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True)
class Note:
    """What must be said about a cell. `once`: said once for the column, with how many cells."""

    rule: str
    severity: Severity
    text: str  # follows "Cell F7 (Date of referral) "
    once: bool = False


@dataclass(frozen=True)
class Read:
    """What a cell says, and what must be said about it."""

    value: Value = None
    note: Note | None = None


def unreadable(text: str, rule: str = "R05") -> Read:
    """A cell that says nothing in its column."""
    return Read(None, Note(rule, Severity.ERROR, text))


def _warned(value: Value, rule: str, text: str, once: bool = False) -> Read:
    return Read(value, Note(rule, Severity.INFO if once else Severity.WARNING, text, once))


def tidy(text: str) -> str:
    """Text with every run of white space, no-break spaces included, as one space, and none at the ends."""
    return " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


@dataclass(frozen=True)
class Setting:
    """What a cell must be read against."""

    as_at_on: date
    starts_in_1904: bool = False


def reader_of(column: Column, setting: Setting) -> Callable[[Cell], Read]:
    """How to read the cells of a column."""
    read = _typed_reader(column, setting)

    def read_cell(cell: Cell) -> Read:
        if cell is None or cell == "":
            return Read()
        if isinstance(cell, Fault):
            return _read_fault(cell)
        if isinstance(cell, str):
            cell = tidy(cell)
            if cell == "":
                return Read()
            if _ERROR_TEXT.fullmatch(cell):
                return _read_fault(Fault(FaultKind.ERROR, cell))
        return read(cell)

    return read_cell


def _typed_reader(column: Column, setting: Setting) -> Callable[[Cell], Read]:
    if column.name == "age":
        return _read_age
    if column.name == "placement_postcode":
        return _read_postcode
    if column.type == "date":
        return lambda cell: _read_date(cell, setting)
    if column.type == "integer":
        return _read_count
    if column.type == "code":
        return lambda cell: _read_code(cell, str(column.codes))
    return _read_text


def _read_fault(fault: Fault) -> Read:
    if fault.kind == FaultKind.ERROR:
        text = "holds an error instead of a value: correct the formula behind it."
    else:
        text = "holds a formula whose value was not saved: open the file in Excel, save it and load it again."
    return unreadable(text, str(fault.kind))


# --- text


def _read_text(cell: Cell) -> Read:
    text = as_text(cell)
    if len(text) > LONGEST_TEXT:
        why = f"is longer than {LONGEST_TEXT} characters: the rest was cut."
        return _warned(text[:LONGEST_TEXT], "R04", why)
    if isinstance(cell, date | time | timedelta):
        why = f"was turned into a date or time by the spreadsheet: read as {text}."
        return _warned(text, "date_in_text", why)
    if (isinstance(cell, float) and abs(cell) >= 10**_EXACT_DIGITS) or _ROUNDED.fullmatch(text):
        why = "has more digits than a spreadsheet keeps: the last may be wrong."
        return _warned(text, "rounded_number", why)
    return Read(text)


def as_text(cell: Cell) -> str:
    """A cell as text: a whole number without a decimal point, a date as YYYY-MM-DD."""
    if isinstance(cell, Fault):
        return cell.text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    return "" if cell is None else str(cell)


def _read_postcode(cell: Cell) -> Read:
    found = _POSTCODE.fullmatch(as_text(cell))
    if found is None:
        return unreadable("is not a postcode (what it holds is not repeated here).")
    return Read(found[1].upper())


def _read_code(cell: Cell, name: str) -> Read:
    if isinstance(cell, date | time | timedelta):
        return unreadable("holds a date or time where a code is expected.")
    codes = code_set(name)
    read = codes.read(as_text(cell))
    if read.code is None:
        return unreadable(f"{read.reason}.{_codes_to_write(tuple(codes.written.values()))}")
    if read.has_other_letter:
        why = "has another letter than the template gives the code."
        return _warned(read.code, "other_letter", why, once=True)
    return Read(read.code)


def _codes_to_write(written: tuple[str, ...]) -> str:
    return f" Write one of: {'; '.join(written)}." if len(written) <= _CODES_NAMED else ""


# --- numbers


def _read_count(cell: Cell) -> Read:
    if isinstance(cell, float) and cell.is_integer() or isinstance(cell, str) and _WHOLE.fullmatch(cell):
        number = int(float(cell))
        if 0 <= number <= _MOST_COUNT:
            return Read(number)
    return unreadable("is not a whole number of 0 or more.")


def _read_age(cell: Cell) -> Read:
    if isinstance(cell, str) and cell.casefold() == "unborn":
        return _warned(-1, "age_in_words", "says unborn in words: read as -1.")
    if not (isinstance(cell, float) or isinstance(cell, str) and _NUMBER.fullmatch(cell)):
        return unreadable("is not an age in years: write a whole number, or -1 for an unborn child.")
    years = float(cell)
    if not -1 <= years <= 150:
        return unreadable("is not an age: write completed years, or -1 for an unborn child.")
    whole = int(years // 1)
    if whole == years:
        return Read(whole)
    if whole < 0:
        return _warned(-1, "negative_age", "is an age between -1 and 0: read as unborn.")
    return _warned(whole, "age_with_decimals", "has decimals: only the completed years are used.", once=True)


# --- dates


def _read_date(cell: Cell, setting: Setting) -> Read:
    if isinstance(cell, datetime):
        return _checked(cell.date(), has_time=cell.time() != time(0))
    if isinstance(cell, date):
        return _checked(cell)
    if isinstance(cell, float):
        return _read_serial(cell, setting)
    if isinstance(cell, str):
        return _read_date_text(cell, setting)
    return unreadable("holds a time, or an empty date that the spreadsheet shows as 1900, and no day.")


def _checked(day: date, has_time: bool = False) -> Read:
    if day.year < EARLIEST_YEAR:
        return unreadable(f"says {day.isoformat()}, which is how an empty date shows: leave it blank.")
    if has_time:
        return _warned(day, "time_dropped", "holds a time as well: only the day is used.", once=True)
    return Read(day)


def _read_serial(number: float, setting: Setting) -> Read:
    epoch = date(1904, 1, 1) if setting.starts_in_1904 else date(1899, 12, 30)
    first, last = (date(EARLIEST_YEAR, 1, 1) - epoch).days, (LATEST_SERIAL - epoch).days
    if not first <= number < last:
        return unreadable("is a number and not a date: write day/month/year, as in 25/12/2019.")
    text = "holds a date as a bare number: read as the day that number stands for."
    return _warned(epoch + timedelta(days=int(number)), "serial_date", text, once=True)


def _read_date_text(text: str, setting: Setting) -> Read:
    if _SERIAL.fullmatch(text):
        return _read_serial(float(text), setting)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day_of(int(found[1]), int(found[2]), int(found[3]), found[4])
    if found := _NAMED_MONTH.fullmatch(text):
        month = _MONTHS.get(found[2].casefold())
        if month:
            return _with_century(found[3], month, int(found[1]), found[4], setting)
    if found := _DAY_FIRST.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        if month > 12 >= day:
            why = "has the month before the day: write day/month/year, as in 25/12/2019."
            return unreadable(why, "month_first")
        return _with_century(found[3], month, day, found[4], setting)
    return unreadable("is not a date: write day/month/year, as in 25/12/2019.")


def _with_century(year: str, month: int, day: int, clock: str, setting: Setting) -> Read:
    if len(year) == 4:
        return _day_of(int(year), month, day, clock)
    latest = setting.as_at_on.year + 10
    full = latest - (latest - int(year)) % 100
    read = _day_of(full, month, day, clock)
    if read.value is None:
        return read
    return _warned(read.value, "short_year", f"has a year of two digits: read as {full}.")


def _day_of(year: int, month: int, day: int, clock: str) -> Read:
    try:
        return _checked(date(year, month, day), has_time=bool(clock) and bool(re.search("[1-9]", clock)))
    except ValueError:
        return unreadable("is not a day of the calendar: write day/month/year, as in 25/12/2019.")


def could_be_month_first(cell: Cell) -> bool:
    """Whether a date in text would be another day if the month came first."""
    found = _DAY_FIRST.fullmatch(tidy(cell)) if isinstance(cell, str) else None
    if found is None:
        return False
    first, second = int(found[1]), int(found[2])
    return first <= 12 and second <= 12 and first != second
