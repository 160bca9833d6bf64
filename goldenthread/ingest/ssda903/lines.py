"""Which lines of an SSDA903 file can be used, and what do they say?

A line without a readable key is quarantined, and so are lines with the same key that differ; of
lines that are equal one is kept (rules R02, R05 and R07).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from goldenthread.ingest.extract import Severity
from goldenthread.ingest.returns.cells import (
    Cell,
    Collection,
    in_years,
    read_day_first_date,
    years_in_words,
)
from goldenthread.ingest.returns.rows import coordinates, line_rows, native_rows
from goldenthread.ingest.ssda903.files import SOURCE, Delivered, headings
from goldenthread.standard import Table, table

_START_AND_END = {
    "ssda903_episodes": ("DECOM", "DEC"),
    "ssda903_missing": ("MIS_START", "MIS_END"),
    "ssda903_social_worker_episodes": ("SW_DECOM", "SW_DEC"),
    "ssda903_placed_for_adoption": ("DATE_PLACED", "DATE_PLACED_CEASED"),
    "ssda903_dolo": ("DOLO_START", "DOLO_END"),
}


@dataclass
class Line:
    """One line: its number, what it says by column name, and what became of it."""

    number: int
    says: dict[str, Any]
    status: str = "kept"

    @property
    def child(self) -> str | None:
        """The child of the line."""
        return self.says.get("child_id")


@dataclass
class FileLines:
    """The lines of one file."""

    file: Delivered
    table: Table
    lines: list[Line] = field(default_factory=list)

    @property
    def kept(self) -> list[Line]:
        """The lines that can be used."""
        return [line for line in self.lines if line.status == "kept"]

    @property
    def columns(self) -> list[str]:
        """Names of the columns the file has."""
        return [name for heading, name in headings(self.table).items() if heading in self.file.columns]

    def quarantined_children(self) -> set[str | None]:
        """Children of whom a line cannot be used."""
        return {line.child for line in self.lines if line.status == "quarantined"}

    def say(
        self,
        line: Line,
        rule: str,
        severity: Severity,
        message: str,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Keep a finding about one line."""
        self.file.remarks.add(
            rule,
            severity,
            message,
            row=line.number,
            table=self.table.name,
            column=column,
            value=value,
            child_id=line.child,
        )


def read_lines(file: Delivered, collection: Collection) -> FileLines:
    """The lines of one file, read, with what cannot be used quarantined."""
    found = table(file.table or "")
    read = FileLines(file, found)
    by_heading = {column.header: column for column in found.columns}
    cells = [
        Cell(by_heading[heading], collection, read_day_first_date) if heading in by_heading else None
        for heading in file.columns
    ]
    _say_other_years(read, collection)
    for number, fields in file.lines:
        _read_line(read, number, fields, cells)
    _settle_same_keys(read)
    _check_order(read)
    return read


def _say_other_years(read: FileLines, collection: Collection) -> None:
    for name in read.columns:
        column = read.table.column[name]
        if not in_years(collection.year, column.from_year, column.to_year):
            years = years_in_words(column.from_year, column.to_year)
            message = f"{column.header} is an item of the collections {years}; it was read all the same."
            read.file.remarks.once("item-of-another-year", message, row=1)


def _read_line(read: FileLines, number: int, fields: list[str], cells: list[Cell | None]) -> None:
    line = Line(number, {})
    read.lines.append(line)
    if len(fields) != len(cells):
        line.status = "quarantined"
        message = f"The line has {len(fields)} fields where the header has {len(cells)}; it was not used."
        read.say(line, "R02", Severity.ERROR, message)
        return
    said = []
    for text, cell in zip(fields, cells, strict=True):
        if cell is not None:
            value, problem = cell.read(text)
            line.says[cell.column.name] = value
            if problem is not None:
                said.append((problem, cell.column.name, text))
    for problem, column, text in said:
        read.file.remarks.about(
            problem, row=number, table=read.table.name, column=column, text=text, child_id=line.child
        )
    blank = next((name for name in read.table.required if line.says.get(name) is None), None)
    if blank is not None:
        line.status = "quarantined"
        heading = read.table.column[blank].header
        message = f"{heading} is blank or not readable, so the line cannot be used."
        read.say(line, "R05", Severity.ERROR, message, blank)


def _settle_same_keys(read: FileLines) -> None:
    by_key: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in read.kept:
        by_key[tuple(line.says[name] for name in read.table.key)].append(line)
    key = ", ".join(read.table.column[name].header or name for name in read.table.key)
    for lines in by_key.values():
        if len(lines) > 1 and all(line.says == lines[0].says for line in lines):
            for line in lines[1:]:
                line.status = "duplicate"
                message = f"The line equals line {lines[0].number}; it was kept once."
                read.say(line, "R07", Severity.INFO, message)
        elif len(lines) > 1:
            numbers = ", ".join(str(line.number) for line in lines[:5])
            for line in lines:
                line.status = "quarantined"
                message = f"Lines {numbers} have the same {key} but differ; none of them was used."
                read.say(line, "R07", Severity.ERROR, message)


def _check_order(read: FileLines) -> None:
    span = _START_AND_END.get(read.table.name)
    if span is None:
        return
    start_name, end_name = (headings(read.table)[heading] for heading in span)
    for line in read.kept:
        start, end = line.says.get(start_name), line.says.get(end_name)
        if isinstance(end, date) and isinstance(start, date) and end < start:
            message = f"{span[1]} {end} is before {span[0]} {start}."
            read.say(line, "R09", Severity.ERROR, message, end_name)


def check_against_header(files: dict[str, FileLines]) -> None:
    """Say which children are not in the header file, or have another date of birth there."""
    header = files.get("ssda903_header")
    if header is None:
        return
    born = {line.child: line.says.get("born_on") for line in header.kept}
    for read in files.values():
        if read is not header:
            _check_children(read, born)


def _check_children(read: FileLines, born: dict[str | None, Any]) -> None:
    seen: set[str | None] = set()
    for line in read.kept:
        if line.child in seen:
            continue
        seen.add(line.child)
        if line.child not in born:
            message = "The child is not in the header file (or its line there cannot be used)."
            read.say(line, "R08", Severity.WARNING, message, "child_id", line.child)
            continue
        here, there = line.says.get("born_on"), born[line.child]
        if here is not None and there is not None and here != there:
            message = f"DOB is {here} here and {there} in the header file; the header file was used."
            read.say(line, "conflicting-birth-dates", Severity.WARNING, message, "born_on", str(here))


@dataclass(frozen=True)
class Native:
    """One file as Arrow: the rows used, the rows set aside, and every line with what became of it."""

    rows: pa.Table
    set_aside: pa.Table
    lines: pa.Table


def native_table(read: FileLines, authority: str) -> Native:
    """The lines of one file as a native table."""
    name = read.file.path.name
    same = coordinates(authority, SOURCE, name)
    kept, aside = native_rows(read.table.name, same), native_rows(read.table.name, same)
    lines = line_rows(SOURCE, name, read.table.name)
    columns = [column.name for column in read.table.columns]
    for line in read.lines:
        lines.add((line.number, line.status, line.child))
        rows = kept if line.status == "kept" else aside
        rows.add([*(line.says.get(column) for column in columns), line.number])
    return Native(kept.finish(), aside.finish(), lines.finish())
