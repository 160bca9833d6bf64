"""How do rows of Python values become Arrow tables without using much memory?

Rows are turned into Arrow in batches. Columns that are the same in every row (authority, source,
file, and columns a return does not have) are slices of one array per value, which cost nothing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from goldenthread.ingest.extract import LINES_SCHEMA
from goldenthread.standard import COORDINATES, table

BATCH_ROWS = 5_000


@lru_cache(maxsize=64)
def _repeated(value: Any, kind: pa.DataType) -> pa.Array:
    return pa.repeat(pa.scalar(value, kind), BATCH_ROWS)


def repeated(value: Any, kind: pa.DataType, rows: int) -> pa.ChunkedArray:
    """A column that holds the same value in every row."""
    whole = _repeated(value, kind)
    sizes = [min(BATCH_ROWS, rows - start) for start in range(0, rows, BATCH_ROWS)]
    return pa.chunked_array([whole.slice(0, size) for size in sizes], kind)


class TableRows:
    """The rows of one table, added one by one and kept as Arrow."""

    def __init__(self, schema: pa.Schema, columns: Sequence[str], same: Mapping[str, Any]) -> None:
        self._schema = schema
        self._columns = list(columns)
        self._same = same
        self._waiting: list[Sequence[Any]] = []
        self._done: list[pa.RecordBatch] = []

    def add(self, values: Sequence[Any]) -> None:
        """Add a row: a value for each of the columns named at the start."""
        self._waiting.append(values)
        if len(self._waiting) >= BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        rows = len(self._waiting)
        if not rows:
            return
        columns = zip(*self._waiting, strict=True)
        read = {
            name: pa.array(values, self._schema.field(name).type)
            for name, values in zip(self._columns, columns, strict=True)
        }
        self._waiting = []
        arrays = [
            read[field.name]
            if field.name in read
            else _repeated(self._same.get(field.name), field.type).slice(0, rows)
            for field in self._schema
        ]
        self._done.append(pa.record_batch(arrays, schema=self._schema))

    def finish(self) -> pa.Table:
        """All rows as a table."""
        self._flush()
        return pa.Table.from_batches(self._done, self._schema)


def coordinates(authority: str, source: str, file: str) -> dict[str, str | None]:
    """The columns that are the same in every row of one file."""
    return {"authority": authority, "from_source": source, "from_file": file, "from_sheet": None}


def native_rows(name: str, same: Mapping[str, Any]) -> TableRows:
    """Rows of a native table: its columns in order, then the row or line they were read from."""
    found = table(name)
    return TableRows(found.arrow, [column.name for column in found.columns] + ["from_row"], same)


def line_rows(source: str, file: str, name: str) -> TableRows:
    """Lines read for one table: row, status and child."""
    same = {"source": source, "file": file, "table": name}
    return TableRows(LINES_SCHEMA, ["row", "status", "child_id"], same)


def mapped_table(name: str, columns: Mapping[str, Any], read_from: pa.Table) -> pa.Table:
    """A standard table from columns of a native one; every other column of it is null."""
    schema = table(name).arrow
    kept = {key: read_from.column(key) for key in ("authority", *COORDINATES)}
    filled = {**kept, **columns}
    arrays = [
        filled[field.name] if field.name in filled else repeated(None, field.type, read_from.num_rows)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)
