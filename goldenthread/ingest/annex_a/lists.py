"""What does one list of Annex A hold: its rows as delivered, and every flaw with its place?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, islice

import pyarrow as pa

from goldenthread.ingest.annex_a.cells import Setting, Value, tidy
from goldenthread.ingest.annex_a.columns import ColumnReader
from goldenthread.ingest.annex_a.headings import table_of, words_of
from goldenthread.ingest.annex_a.matching import SheetMatch, heading_text
from goldenthread.ingest.annex_a.row_findings import (
    SOURCE,
    RowFindings,
    cell_findings,
    date_findings,
    duplicate_findings,
    required_findings,
    sheet_name,
)
from goldenthread.ingest.annex_a.sheets import Cell, Row, Sheet
from goldenthread.ingest.extract import LINES_SCHEMA, Finding, Severity
from goldenthread.standard import Column, Table

_BATCH = 10_000


@dataclass
class ListRead:
    """One list as it was delivered, in the form of its native table."""

    number: int
    file: str
    authority: str
    match: SheetMatch
    table: pa.Table
    lines: pa.Table
    findings: list[Finding]

    @property
    def sheet(self) -> str:
        """How its sheet is named in ids and coordinates, whatever its title."""
        return sheet_name(self.number)

    @property
    def table_name(self) -> str:
        """Its native table."""
        return table_of(self.number).name

    @property
    def columns(self) -> frozenset[str]:
        """The columns that were supplied."""
        return frozenset(self.match.columns)

    def table_column(self, name: str) -> Column:
        """A column of the list, as the standard describes it."""
        return table_of(self.number).column[name]


@dataclass
class _Reading:
    """The rows of a list on their way from cells to columns."""

    table: Table
    match: SheetMatch
    findings: RowFindings
    readers: dict[str, ColumnReader]
    values: dict[str, list[Value]]
    width: int | None = None  # of the heading row, where every row must have as many cells
    rows: list[int] = field(default_factory=list)
    quarantined: list[dict[str, object]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.table.columns[0].name


def read_list(sheet: Sheet, match: SheetMatch, *, file: str, as_at_on: date, authority: str) -> ListRead:
    """Read the rows below the headings of a sheet."""
    table = table_of(match.number or 0)
    setting = Setting(as_at_on, sheet.starts_in_1904)
    reading = _Reading(
        table=table,
        match=match,
        findings=RowFindings(file, match),
        readers={name: ColumnReader(table.column[name], setting) for name in match.columns},
        values={name: [] for name in match.columns},
    )
    for batch in _batches(sheet, reading):
        _read_batch(reading, batch)
    findings, duplicates = _judge(reading, as_at_on)
    kept = [i for i in range(len(reading.rows)) if i not in duplicates]
    native = _native_table(reading, kept, file, authority)
    lines = _lines(reading, file, duplicates)
    return ListRead(match.number or 0, file, authority, match, native, lines, findings)


def _judge(reading: _Reading, as_at_on: date) -> tuple[list[Finding], set[int]]:
    """Everything found in the rows, in their order, and which rows repeat an earlier one."""
    found = reading.findings
    found.child_ids = dict(zip(reading.rows, map(str, reading.values[reading.key]), strict=True))
    for reader in reading.readers.values():
        cell_findings(found, reader)
        required_findings(found, reader, reading.rows, reading.values[reader.column.name])
    date_findings(found, reading.rows, reading.values, as_at_on)
    duplicates = duplicate_findings(found, reading.rows, reading.values)
    return sorted(found.findings, key=lambda finding: finding.row or 0), duplicates


def _batches(sheet: Sheet, reading: _Reading) -> Iterator[list[Row]]:
    """The rows below the headings."""
    rows = dropwhile(lambda row: row[0] != reading.match.header_row, sheet.rows())
    _, headings = next(rows)
    reading.width = len(headings) if sheet.is_ragged else None
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _read_batch(reading: _Reading, batch: Sequence[Row]) -> None:
    batch = [row for row in batch if _is_a_record(reading, *row)]
    if not batch:
        return
    rows = [row for row, _ in batch]
    longest = max(len(cells) for _, cells in batch)
    level = [cells if len(cells) == longest else _padded(cells, longest) for _, cells in batch]
    columns = list(zip(*level, strict=True))
    blank: tuple[Cell, ...] = (None,) * len(rows)
    places = reading.match.columns
    read = {
        name: reader.read(columns[places[name]] if places[name] < longest else blank, rows)
        for name, reader in reading.readers.items()
    }
    _keep(reading, rows, read)


def _padded(cells: list[Cell], length: int) -> list[Cell]:
    return [*cells, *[None] * (length - len(cells))]


def _is_a_record(reading: _Reading, row: int, cells: list[Cell]) -> bool:
    """Whether a row is to be read: not blank, not the headings again, of the right length."""
    place = reading.match.columns[reading.key]
    first = cells[place] if place < len(cells) else None
    places = reading.match.columns.values()
    if _is_blank(first) and all(_is_blank(cells[p]) for p in places if p < len(cells)):
        return False
    if reading.width is not None and len(cells) != reading.width:
        text = f"has {len(cells)} values and the headings are {reading.width}: the row was set aside."
        reading.findings.add(row, "R02", Severity.ERROR, text)
        reading.quarantined.append({"row": row})
        return False
    if isinstance(first, str) and _is_heading(reading, place, first):
        text = "repeats the headings: it was not read."
        reading.findings.add(row, "repeated_headings", Severity.INFO, text)
        return False
    return True


def _is_blank(cell: Cell) -> bool:
    return cell is None or cell == "" or (isinstance(cell, str) and not tidy(cell))


def _is_heading(reading: _Reading, place: int, text: str) -> bool:
    heading = next(match.heading for match in reading.match.headings if match.position == place)
    return text[:1] == heading[:1] and words_of(heading_text(text)) == words_of(heading)


def _keep(reading: _Reading, rows: list[int], read: dict[str, list[Value]]) -> None:
    """Add what was read; a row without an id belongs to nobody and is set aside."""
    ids = read[reading.key]
    if None in ids:
        for i, row in enumerate(rows):
            if ids[i] is None:
                _set_aside(reading, row, {name: values[i] for name, values in read.items()})
        kept = [i for i in range(len(rows)) if ids[i] is not None]
        rows = [rows[i] for i in kept]
        read = {name: [values[i] for i in kept] for name, values in read.items()}
    reading.rows += rows
    for name, values in read.items():
        reading.values[name] += values


def _set_aside(reading: _Reading, row: int, values: dict[str, Value]) -> None:
    heading = reading.table.columns[0].header
    reading.findings.add(row, "R05", Severity.ERROR, f"has no {heading}: the row was set aside.", reading.key)
    team, worker = values.get("allocated_team"), values.get("allocated_worker")
    reading.quarantined.append({"row": row, "team": team, "worker_id": worker})


def _native_table(reading: _Reading, kept: list[int], file: str, authority: str) -> pa.Table:
    """The rows kept, with a null in every column that was not supplied."""
    whole = len(kept) == len(reading.rows)

    def chosen(values: list[Value]) -> list[Value]:
        return values if whole else [values[i] for i in kept]

    columns: dict[str, pa.Array] = {}
    for name, kind in zip(reading.table.arrow.names, reading.table.arrow.types, strict=True):
        values = reading.values.get(name)
        columns[name] = pa.nulls(len(kept), kind) if values is None else pa.array(chosen(values), kind)
    columns["authority"] = _repeated(authority, len(kept))
    columns["from_source"] = _repeated(SOURCE, len(kept))
    columns["from_file"] = _repeated(file, len(kept))
    columns["from_sheet"] = _repeated(sheet_name(reading.match.number), len(kept))
    columns["from_row"] = pa.array(chosen(list(reading.rows)), pa.int64())
    return pa.table(columns, schema=reading.table.arrow)


def _repeated(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _lines(reading: _Reading, file: str, duplicates: set[int]) -> pa.Table:
    """Every row read, for the population of DQ-01."""
    count = len(reading.rows)
    read = pa.table(
        {
            "row": pa.array(reading.rows, pa.int64()),
            "status": ["duplicate" if i in duplicates else "kept" for i in range(count)],
            "child_id": _column(reading, "child_id"),
            "team": _column(reading, "allocated_team"),
            "worker_id": _column(reading, "allocated_worker"),
        }
    )
    aside = pa.Table.from_pylist(
        [{"status": "quarantined", **line} for line in reading.quarantined],
        schema=pa.schema([LINES_SCHEMA.field(name) for name in read.column_names]),
    )
    both = pa.concat_tables([read.cast(aside.schema), aside]).sort_by("row")
    named = {
        "source": _repeated(SOURCE, len(both)),
        "file": _repeated(file, len(both)),
        "sheet": _repeated(sheet_name(reading.match.number), len(both)),
        "table": _repeated(reading.table.name, len(both)),
    }
    return pa.table(
        [named[name] if name in named else both[name] for name in LINES_SCHEMA.names], schema=LINES_SCHEMA
    )


def _column(reading: _Reading, name: str) -> pa.Array:
    values = reading.values.get(name)
    return pa.nulls(len(reading.rows), pa.string()) if values is None else pa.array(values, pa.string())
