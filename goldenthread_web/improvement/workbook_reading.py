"""What does a council's own plan say, kept in a workbook? Rows of texts, and what was not understood.

Nothing of the workbook is run: a formula, a macro or a link to another file is refused with its place.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.ui.csv_files import restored

LARGEST = 5 * 1024 * 1024  # bytes of the file
LARGEST_INSIDE = 60 * 1024 * 1024  # once unpacked
MOST_ROWS = 1000
LOOK_FOR_HEADINGS = 20  # rows
_SIGNS = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_STAGE = re.compile(r"(?:phase|stage)\s*(\d+)", re.IGNORECASE)
_LONG = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH = re.compile(r"(?:end(?:\s+of)?\s+)?([A-Za-z]{3,9})\.?(?:\s+(\d{4})|-(\d{2}|\d{4}))", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NUMBERED = re.compile(r"(\d+(?:\.+\d+)*[a-z]?)[.):]*\s+(?=\S)")
_TELLS = {
    "lead_post",
    "due_on",
    "status",
    "progress",
}  # one of these beside what is to be done makes it a plan


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column we know: the field it fills, our heading, and what else it is called."""

    field: str
    heading: str
    also: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What was read: which heading fills which field, the rows by field, and what nobody could use."""

    name: str
    mapping: tuple[tuple[str, str], ...]  # as printed, field; blank: not used
    rows: tuple[dict[str, str], ...]  # texts; `row` is the number in the sheet
    left_out: tuple[str, ...] = field(default=())


@cache
def columns() -> tuple[Column, ...]:
    """The columns, as workbook_columns.toml says them."""
    text = (files("goldenthread_web.improvement") / "workbook_columns.toml").read_text("utf-8")
    return tuple(
        Column(field=one["field"], heading=one["heading"], also=tuple(one["also"]))
        for one in tomllib.loads(text)["column"]
    )


def read(content: bytes, name: str) -> Sheet:
    """The first sheet with headings we know. Refused where the file is not to be trusted or holds no plan."""
    _look_inside(content, name)
    try:
        book = load_workbook(BytesIO(content), read_only=False, data_only=False, keep_links=False)
    except Exception as problem:  # whatever is wrong inside a workbook, the reader has its own word for it
        raise Refused("The file could not be read as a workbook: save it again as .xlsx.") from problem
    for sheet in book.worksheets:
        found = _headings(sheet)
        if found is not None:
            return _sheet(sheet, *found)
    raise Refused(
        "No sheet has headings of a plan: one row must say at least What?, or Objective, and beside it Who?, "
        "When?, Current status or Progress note."
    )


def as_day(text: str, stages: Mapping[int, date]) -> date | None:
    """A day as people write it: 2017-12-31, 31/12/17, 31 December 2017, Dec 2017 or Dec-17 (its last day),
    Phase 2 (that stage's end).
    """
    said = text.strip()
    if found := _ISO.match(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(said):
        year = int(found[3])
        return _day(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    if found := _STAGE.fullmatch(said):
        return stages.get(int(found[1]))
    if found := _LONG.fullmatch(said):
        month = _month(found[2])
        return _day(int(found[3]), month, int(found[1])) if month else None
    if found := _MONTH.fullmatch(said):
        year = int(found[2] or found[3])
        return _month_end(found[1], year + 2000 if year < 100 else year)
    return None


def lines(text: str) -> list[str]:
    """The lines of a cell, without bullets and blank ones."""
    return [one for one in (line.strip(" \t•-–*") for line in text.splitlines()) if one]


def _look_inside(content: bytes, name: str) -> None:
    if not name.lower().endswith(".xlsx"):
        raise Refused("Only workbooks saved as .xlsx are taken over, without macros: save it as .xlsx.")
    if len(content) > LARGEST:
        raise Refused("The file is larger than 5 MB: keep the plan alone in it.")
    try:
        with ZipFile(BytesIO(content)) as packed:
            inside = packed.infolist()
    except BadZipFile as problem:
        raise Refused("The file is not a workbook: save it again as .xlsx.") from problem
    if sum(one.file_size for one in inside) > LARGEST_INSIDE:
        raise Refused("The file is far larger once unpacked than a plan can be: it is not opened.")
    names = [one.filename.lower() for one in inside]
    if any("vbaproject" in one or "macrosheet" in one for one in names):
        raise Refused("The workbook holds macros: save it as .xlsx without them.")
    if any("externallink" in one for one in names):
        raise Refused("The workbook is linked to other files: break the links and save it again.")


def _headings(sheet: Any) -> tuple[int, dict[int, str], list[tuple[str, str]]] | None:
    """The row of headings, the field of each column, and each heading with its field."""
    for number, row in enumerate(sheet.iter_rows(min_row=1, max_row=LOOK_FOR_HEADINGS), start=1):
        fields: dict[int, str] = {}
        mapping = []
        for place, cell in enumerate(row):
            said = "" if cell.value is None else str(cell.value).strip()
            if not said:
                continue
            found = _field_of(said, set(fields.values()))
            if found:
                fields[place] = found
            mapping.append((said, found))
        if "text" not in fields.values():  # a plan of objectives alone: each is what is to be done
            fields = {place: "text" if name == "objective" else name for place, name in fields.items()}
            mapping = [(said, "text" if name == "objective" else name) for said, name in mapping]
        if "text" in fields.values() and _TELLS & set(fields.values()):
            return number, fields, mapping
    return None


def _field_of(heading: str, taken: set[str]) -> str:
    plain = _SIGNS.sub(" ", heading.lower()).strip()
    for column in columns():
        own = _SIGNS.sub(" ", column.heading.lower()).strip()
        if column.field not in taken and any(fnmatch(plain, each) for each in (own, *column.also)):
            return column.field
    return ""


def _sheet(sheet: Any, start: int, fields: dict[int, str], mapping: list[tuple[str, str]]) -> Sheet:
    rows, left_out = [], []
    headings = {name: said for said, name in mapping if name}
    for number, row in enumerate(sheet.iter_rows(min_row=start + 1), start=start + 1):
        for cell in row:
            if cell.data_type == "f":
                raise Refused(
                    f"Sheet {sheet.title}, cell {cell.coordinate} holds a formula: replace it by its value."
                )
        texts = {name: _text(row[place].value) for place, name in fields.items() if place < len(row)}
        if not any(texts.values()):
            continue
        if "ref" not in headings and (found := _NUMBERED.match(texts["text"])):
            texts["ref"] = re.sub(r"\.+", ".", found[1])
            texts["text"] = texts["text"][found.end() :]
        if not texts.get("ref") or not texts["text"]:
            said = next(one for one in texts.values() if one)
            needed = headings.get("ref", "number before its words")
            left_out.append(f"Row {number} (“{said[:60]}”) has no {needed} or no {headings['text']}.")
            continue
        rows.append(texts | {"row": str(number)})
        if len(rows) > MOST_ROWS:
            raise Refused(f"The sheet has more than {MOST_ROWS} actions: it is not taken for a plan.")
    if not rows:
        raise Refused(f"Sheet {sheet.title} has headings of a plan, and no action under them.")
    return Sheet(name=sheet.title, mapping=tuple(mapping), rows=tuple(rows), left_out=tuple(left_out))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return restored(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its name or the first letters of it; 0: it is none."""
    short = name.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _month_end(name: str, year: int) -> date | None:
    month = _month(name)
    if not month:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def joined(texts: Iterable[str]) -> str:
    """Lines of a cell."""
    return "\n".join(texts)
