"""Builders: standard tables from drawn text, and a load of them without any file being read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.ingest.extract import Supply
from goldenthread.standard import Column, Table, native_tables, recorded_tables, standard_tables

AUTHORITY = "Example"
DRAWN_COORDINATES = {"from_source", "from_sheet"}  # local extracts unless drawn
EARLY = "1990-01-01"  # where the history of every file starts unless a test says otherwise
LONDON = ZoneInfo("Europe/London")


def drawn(text: str) -> list[dict[str, str]]:
    """A table drawn as text (head, a ruler, lines) as one dict of stripped cells per line."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    head = [cell.strip() for cell in lines[0].split("|")]
    body = [line for line in lines[1:] if not set(line) <= set("-+| ")]
    rows = [[cell.strip() for cell in line.split("|")] for line in body]
    for row, line in zip(rows, body, strict=True):
        assert len(row) == len(head), f"this line has {len(row)} cells, the head {len(head)}: {line}"
    return [dict(zip(head, row, strict=True)) for row in rows]


def value(column: Column, text: str) -> object:
    """A drawn cell as the standard table stores it; blank is null."""
    if text == "":
        return None
    if column.type == "boolean":
        return {"yes": True, "true": True, "no": False, "false": False}[text]
    if column.type == "integer":
        return int(text)
    if column.type == "decimal":
        return Decimal(text).quantize(Decimal("0.0001"))
    if column.type == "code_list":
        return text.replace(" ", "").split(";")
    if column.type in ("date", "date_or_month", "month"):
        return date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    if column.type == "datetime":
        return datetime.fromisoformat(text)
    return text


def stored(table: Table, cells: Mapping[str, str], number: int) -> dict[str, object]:
    """One row of a standard table; key columns that were not drawn are numbered."""
    row: dict[str, object] = {"authority": AUTHORITY, "from_source": "local_extracts", "from_row": number}
    for column in table.columns:
        drawn_text = cells.get(column.name)
        if drawn_text is None and column.name in table.key and column.type == "text":
            drawn_text = f"{table.name}{number:03d}"
        row[column.name] = value(column, drawn_text or "")
        if column.type == "datetime" and drawn_text:
            moment = row[column.name]
            assert isinstance(moment, datetime)
            row[f"{column.name}_is_timed"] = len(drawn_text) > 10
            instant = moment.replace(tzinfo=LONDON).astimezone(UTC)
            row[f"{column.name}_utc"] = instant.replace(tzinfo=None)
    return row | {name: cells[name] for name in DRAWN_COORDINATES if cells.get(name)}


@dataclass(frozen=True)
class Supplied:
    """What an example supplies for a table."""

    columns: frozenset[str]
    kinds: frozenset[str]
    starts_on: date | None = None
    covers_from_on: date | None = None
    filled_by: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ("local_extracts",)
    kinds_from: Mapping[str, str] = field(default_factory=dict)
    by_source: Mapping[str, Supply] = field(default_factory=dict)


@dataclass
class ALoad:
    """A load of drawn tables; also the only load of its own store."""

    folder: Path
    as_at_on: date
    supply: dict[str, Supplied] = field(default_factory=dict)
    authority: str = AUTHORITY

    def add(
        self, name: str, text: str, *, without: frozenset[str] = frozenset(), starts_on: str = EARLY
    ) -> None:
        """Supply a table as drawn: every column, also those not drawn, save the ones left out.

        A list or file of a return is supplied by that return, a recorded table by the records, every other
        table by a local extract.
        """
        table = {**standard_tables(), **native_tables(), **recorded_tables()}[name]
        otherwise = "recorded" if name in recorded_tables() else "local_extracts"
        source = next((source for source in ("annex_a", "ssda903") if name.startswith(source)), otherwise)
        cells = drawn(text)
        known = set(table.column)
        rows = [
            stored(table, {k: v for k, v in row.items() if k in known | DRAWN_COORDINATES}, n + 2)
            for n, row in enumerate(cells)
        ]
        pq.write_table(pa.Table.from_pylist(rows, schema=table.arrow), self.folder / f"{name}.parquet")
        columns = frozenset(known - without)
        kinds = {str(row[table.kind_column]) for row in rows} if table.kind_column else set()
        filled_by = dict.fromkeys(columns, source)
        start = date.fromisoformat(starts_on)
        self.supply[name] = Supplied(columns, frozenset(kinds), start, None, filled_by, (source,))

    def table_path(self, name: str) -> Path | None:
        """Where a table lies; None if it was not supplied."""
        path = self.folder / f"{name}.parquet"
        return path if path.exists() else None

    def current(self) -> "ALoad":
        """The load in force."""
        return self

    def compiled_folder(self) -> None:
        """Nothing is kept between examples but in this process."""

    def serving(self, on: date) -> "ALoad | None":
        """The load that serves an earlier day."""
        return self if on <= self.as_at_on else None
