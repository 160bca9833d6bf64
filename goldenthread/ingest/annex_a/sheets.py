"""What stands in the rows of a delivered file, sheet by sheet, whatever kind of file it is?

An .xlsx, a legacy .xls and a .csv all become sheets of numbered rows of cells. A formula counts as
the value Excel saved with it; an error cell, or a formula without a saved value, is a `Fault`.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import python_calamine
import xlrd
import xlrd.compdoc
import xlrd.sheet

from goldenthread.ingest.annex_a.faults import Fault, FaultKind, Faults, faults_of
from goldenthread.ingest.annex_a.package import MOST_BYTES, MOST_ROWS, Package, open_package
from goldenthread.ingest.extract import Refused

Cell = str | float | bool | date | datetime | time | timedelta | Fault | None
Row = tuple[int, list[Cell]]  # its number in the sheet, from 1, and its cells from column A on

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAMS = {"EncryptedPackage", "EncryptionInfo"}
_MACRO_STREAMS = {"_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}
_LONGEST_FIELD = 1_000_000


class Sheet(Protocol):
    """One sheet of a workbook, or the whole of a .csv."""

    @property
    def title(self) -> str:
        """Its title; of a .csv the name of the file."""
        ...

    @property
    def starts_in_1904(self) -> bool:
        """Whether day 0 of its serial dates is in 1904, as on old Macs."""
        ...

    @property
    def is_ragged(self) -> bool:
        """Whether rows may differ in length, which in a .csv is an error."""
        ...

    def rows(self) -> Iterator[Row]:
        """Every row down to the last with a value, from row 1."""
        ...


def first_rows(sheet: Sheet, count: int) -> list[Row]:
    """The first rows of a sheet."""
    return list(islice(sheet.rows(), count))


def sheets_of(path: Path) -> Iterator[Sheet]:
    """The sheets of a delivered file; Refused with one sentence if it cannot be trusted."""
    start = _start_of(path)
    suffix = path.suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xlam"):
        raise Refused(f"{path.name} is a macro workbook: save it as .xlsx without macros and load that.")
    if start.startswith(_ZIP):
        return _xlsx_sheets(path)
    if start.startswith(_OLE):
        return _xls_sheets(path)
    if suffix == ".csv":
        return iter([CsvSheet(path)])
    raise Refused(f"{path.name} is not an Excel workbook or .csv: save the lists as .xlsx and load that.")


def is_zip(path: Path) -> bool:
    """Whether a file is packed as an .xlsx is; Refused if it is too large or cannot be opened."""
    return _start_of(path).startswith(_ZIP)


def _start_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Refused(f"{path.name} cannot be opened: {error.strerror or error}.") from error
    if size > MOST_BYTES:
        raise Refused(
            f"{path.name} is {size / 2**20:,.0f} MB and the limit is {MOST_BYTES // 2**20} MB: "
            "leave out what is not in lists 1 to 11, or save each list as a .csv."
        )
    return start


def _too_long(path: Path, title: str, rows: int) -> Refused:
    return Refused(f"Sheet {title} of {path.name} has {rows:,} rows and the limit is {MOST_ROWS:,}.")


# --- .xlsx


@dataclass
class XlsxSheet:
    """A sheet of an .xlsx."""

    title: str
    starts_in_1904: bool
    sheet: python_calamine.CalamineSheet
    faults: Faults
    is_ragged: bool = False

    def rows(self) -> Iterator[Row]:
        """Every row down to the last with a value, from row 1."""
        start = self.sheet.start
        before: list[Cell] = [None] * (start[1] if start else 0)
        number = 0
        for number, values in enumerate(self.sheet.iter_rows(), start=1):
            cells: list[Cell] = [*before, *values] if before else values
            yield number, self._with_faults(number, cells) if number in self.faults else cells
        for below in sorted(row for row in self.faults if row > number):
            yield below, self._with_faults(below, [])

    def _with_faults(self, row: int, cells: list[Cell]) -> list[Cell]:
        for column, fault in self.faults[row].items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = fault
        return cells


def _xlsx_sheets(path: Path) -> Iterator[Sheet]:
    package = open_package(path)
    workbook = _read_fast(path, lambda: python_calamine.CalamineWorkbook.from_path(str(path)))
    for known in workbook.sheets_metadata:
        if known.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if known.name not in package.sheets:
            raise Refused(f"{path.name} is damaged at sheet {known.name}: save it again as .xlsx.")
        yield _xlsx_sheet(path, package, workbook, known.name)


def _xlsx_sheet(
    path: Path, package: Package, workbook: python_calamine.CalamineWorkbook, title: str
) -> XlsxSheet:
    faults = faults_of(package, title)
    sheet = _read_fast(path, lambda: workbook.get_sheet_by_name(title))
    rows = sheet.end[0] + 1 if sheet.end else 0
    if rows > MOST_ROWS:
        raise _too_long(path, title, rows)
    return XlsxSheet(title, package.starts_in_1904, sheet, faults)


def _read_fast(path: Path, read: Any) -> Any:
    """Run the fast reader; whatever it fails with, the file is refused in one sentence."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the fast reader is not an Exception
        raise Refused(
            f"{path.name} cannot be read as a workbook: open it in Excel and save it again as .xlsx."
        ) from error


# --- .xls


@dataclass
class XlsSheet:
    """A sheet of a legacy .xls."""

    title: str
    starts_in_1904: bool
    sheet: xlrd.sheet.Sheet
    is_ragged: bool = False

    def rows(self) -> Iterator[Row]:
        """Every row down to the last with a value, from row 1."""
        for number in range(self.sheet.nrows):
            yield number + 1, [self._value(cell) for cell in self.sheet.row(number)]

    def _value(self, cell: Any) -> Cell:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return Fault(FaultKind.ERROR, xlrd.error_text_from_code.get(cell.value, "#ERROR"))
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._date(cell.value)
        return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else None

    def _date(self, serial: float) -> Cell:
        if serial < 1:
            return time(0)  # a time alone, or an empty date; neither is a day
        try:
            return xlrd.xldate.xldate_as_datetime(serial, 1 if self.starts_in_1904 else 0)
        except (ValueError, OverflowError):
            return serial


def _xls_sheets(path: Path) -> Iterator[Sheet]:
    content = path.read_bytes()
    _check_streams(path, content)
    book = _read_legacy(
        path, lambda: xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    )
    for title in book.sheet_names():
        sheet = _read_legacy(path, partial(book.sheet_by_name, title))
        yield XlsSheet(title, book.datemode == 1, sheet)
        book.unload_sheet(title)


def _read_legacy(path: Path, read: Callable[[], Any]) -> Any:
    """Run the reader of .xls, which fails in many ways on what is not one."""
    try:
        return read()
    except Exception as error:
        if "encrypted" in str(error).lower():
            raise _protected(path) from error
        raise Refused(
            f"{path.name} cannot be read as a workbook: open it in Excel and save it again as .xlsx."
        ) from error


def _check_streams(path: Path, content: bytes) -> None:
    streams = _read_legacy(path, lambda: xlrd.compdoc.CompDoc(content, logfile=io.StringIO()).dirlist)
    names = {stream.name for stream in streams}
    if names & _ENCRYPTED_STREAMS:
        raise _protected(path)
    if names & _MACRO_STREAMS:
        raise Refused(f"{path.name} holds macros: save it as .xlsx without macros and load that.")


def _protected(path: Path) -> Refused:
    return Refused(f"{path.name} is protected by a password: save it without one and load that.")


# --- .csv


@dataclass
class CsvSheet:
    """A .csv that holds one list."""

    path: Path
    starts_in_1904: bool = False
    is_ragged: bool = True

    @property
    def title(self) -> str:
        """The name of the file stands for the name of the sheet."""
        return self.path.stem

    def rows(self) -> Iterator[Row]:
        """Every record, numbered by the line on which it starts."""
        csv.field_size_limit(_LONGEST_FIELD)
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                line = 1
                for count, fields in enumerate(reader):
                    if count > MOST_ROWS:
                        raise _too_long(self.path, self.title, count)
                    yield line, list(fields)
                    line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise Refused(f"{self.path.name} is not UTF-8: save it in Excel as 'CSV UTF-8'.") from error
        except csv.Error as error:
            raise Refused(f"{self.path.name} is not a well-formed .csv ({error}): save it again.") from error
