"""Which rows of the standard tables do the rows of each list make? (`makes.toml`)"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.annex_a.codes import code_set
from goldenthread.ingest.annex_a.lists import ListRead
from goldenthread.standard import Column, Table, table

_THE_AS_AT_DATE = "the as-at date"
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, kw_only=True)
class Make:
    """How the rows of one list make rows of one standard table."""

    list: int
    table: str
    made_from: str | None = None  # the column without whose value a row makes nothing
    to: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    opposite: tuple[str, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    same_row: Mapping[str, str] = field(default_factory=dict)
    not_supplied: tuple[str, ...] = ()
    needs: str | None = None  # a column without which the list says nothing for this table
    suffix: str = ""

    @property
    def standard(self) -> Table:
        """The table that rows are made of."""
        return table(self.table)

    def applies_to(self, read: ListRead) -> bool:
        """Whether the list was delivered with what this takes."""
        return (self.made_from or self.needs) in read.columns

    def supplied(self, read: ListRead) -> frozenset[str]:
        """The columns of the standard table that the list supplies."""
        return frozenset(
            {self.standard.columns[0].name, "child_id", *self.to}
            | {name for name, source in self.columns.items() if source in read.columns}
            | {name for name, source in self.same_row.items() if source in read.columns}
            | (set(self.constants) - set(self.not_supplied))
        )

    def kinds(self) -> frozenset[str]:
        """The kind of row this makes, where the table has kinds."""
        kind = self.constants.get(self.standard.kind_column or "")
        return frozenset() if kind is None else frozenset([kind])

    def rows(self, read: ListRead, as_at_on: date) -> pa.Table:
        """The rows the list makes, in the form of the standard table."""
        lines = read.table
        if self.made_from:
            lines = lines.filter(pc.is_valid(lines[self.made_from]))
        made: dict[str, Any] = {
            "authority": lines["authority"],
            self.standard.columns[0].name: row_ids(read.number, lines["from_row"], self.suffix),
            "child_id": lines["child_id"],
        }
        made |= {name: lines[str(self.made_from)] for name in self.to}
        for name, source in self.columns.items():
            made[name] = self._translated(name, source, read, lines)
        for name, value in self.constants.items():
            made[name] = pa.scalar(as_at_on if value == _THE_AS_AT_DATE else value)
        for name, source in self.same_row.items():
            ids = row_ids(read.number, lines["from_row"])
            made[name] = pc.if_else(pc.is_valid(lines[source]), ids, pa.scalar(None, pa.string()))
        made |= {name: lines[name] for name in ("from_source", "from_file", "from_sheet", "from_row")}
        return in_form_of(self.standard, made, len(lines))

    def _translated(self, name: str, source: str, read: ListRead, lines: pa.Table) -> pa.ChunkedArray:
        column = self.standard.column[name]
        values = lines[source]
        from_codes = read.table_column(source).codes
        if from_codes is None:
            return values
        codes = standard_codes(from_codes, column)
        if name in self.opposite:
            codes = {code: None if value is None else not value for code, value in codes.items()}
        return translated(values, codes, column.arrow)


def row_ids(number: int, rows: pa.ChunkedArray, suffix: str = "") -> pa.ChunkedArray:
    """Stable ids made from source, list and row number: `annex_a:list_3:17`."""
    parts = [pa.scalar(f"annex_a:list_{number}"), rows.cast(pa.string())]
    return pc.binary_join_element_wise(*parts, *([pa.scalar(suffix)] if suffix else []), ":")


def standard_codes(name: str, column: Column) -> dict[str, Any]:
    """The standard code, or true and false, of each code of an Annex A set; none where it has none."""
    codes = code_set(name).standard
    if column.type == "boolean":
        return {code: None if value is None else _BOOLEANS[value] for code, value in codes.items()}
    return dict(codes)


def translated(values: pa.ChunkedArray, codes: Mapping[str, Any], kind: pa.DataType) -> pa.ChunkedArray:
    """A column with each code replaced by the standard one."""
    encoded = pc.dictionary_encode(values.combine_chunks())
    meant = pa.array([codes[code] for code in encoded.dictionary.to_pylist()], kind)
    return pa.chunked_array([meant.take(encoded.indices)])


def in_form_of(standard: Table, made: Mapping[str, Any], count: int) -> pa.Table:
    """Columns in the schema of a standard table; what is not made is null, a day is its midnight."""
    columns: list[Any] = []
    for name, kind in zip(standard.arrow.names, standard.arrow.types, strict=True):
        value = made.get(name)
        if value is None:
            day = made.get(name.removesuffix("_is_timed")) if name.endswith("_is_timed") else None
            columns.append(pa.nulls(count, kind) if day is None else _untimed(day))
        elif isinstance(value, pa.Scalar):
            columns.append(pa.repeat(value.cast(kind), count))
        else:
            columns.append(value.cast(kind))
    return pa.table(columns, schema=standard.arrow)


def _untimed(days: pa.ChunkedArray) -> pa.ChunkedArray:
    """No time is known of a day; nothing is known where there is no day."""
    return pc.if_else(pc.is_valid(days), pa.scalar(False), pa.scalar(None, pa.bool_()))


@cache
def makes() -> tuple[Make, ...]:
    """Every make of `makes.toml`, in order."""
    data = tomllib.loads((files("goldenthread.ingest.annex_a") / "makes.toml").read_text("utf-8"))
    return tuple(
        Make(
            made_from=entry.pop("from", None),
            to=tuple(entry.pop("to", ())),
            opposite=tuple(entry.pop("opposite", ())),
            not_supplied=tuple(entry.pop("not_supplied", ())),
            **entry,
        )
        for entry in data["makes"]
    )


@cache
def make_data(section: str) -> Any:
    """Another section of `makes.toml`: how children and allocations are made."""
    return tomllib.loads((files("goldenthread.ingest.annex_a") / "makes.toml").read_text("utf-8"))[section]
