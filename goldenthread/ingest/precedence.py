"""Which source wins, and which rows of two sources speak of the same event? (`precedence.toml`)"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.values import day_of
from goldenthread.standard.schema import Table

LOCAL, ANNEX_A = "local_extracts", "annex_a"


@dataclass(frozen=True)
class Precedence:
    """The rule as data."""

    order: tuple[str, ...]
    one_per_child: frozenset[str]
    in_force: Mapping[str, str]  # table -> the column that tells rows of one child apart
    spans: Mapping[str, tuple[str, str]]  # table -> start and end of its rows
    not_in_annex_a: Mapping[str, Mapping[str, Any]]
    last_events: Mapping[str, Mapping[str, Any]]  # table.kind -> how it is compared
    not_held: frozenset[str]


def _load() -> Precedence:
    data = tomllib.loads((files("goldenthread.ingest") / "precedence.toml").read_text("utf-8"))
    return Precedence(
        order=tuple(data["order"]),
        one_per_child=frozenset(data["matching"]["one_per_child"]),
        in_force=data["matching"]["in_force"],
        spans={table: (start, end) for table, (start, end) in data["open"].items()},
        not_in_annex_a=data["not_in_annex_a"],
        last_events=data["last_events"],
        not_held=frozenset(data["not_held"]["columns"]),
    )


PRECEDENCE = _load()
_BETWEEN = "\x1f"


def can_match(table: Table) -> bool:
    """Whether rows of two sources can be told to speak of the same event."""
    return "child_id" in table.column and (table.name == "children" or table.event_column is not None)


def match_keys(table: Table, rows: pa.Table, as_at_on: date) -> pa.ChunkedArray:
    """What a row is matched on; null for a row that is not matched."""
    child = rows["child_id"]
    if table.name == "children":
        return child
    if table.name in PRECEDENCE.one_per_child:
        return _where(in_force_rows(table, rows, as_at_on), child)
    if table.name in PRECEDENCE.in_force:
        role = rows[PRECEDENCE.in_force[table.name]]
        return _where(is_open(table, rows, as_at_on), pc.binary_join_element_wise(child, role, _BETWEEN))
    parts = [child, day_of(rows[table.event_column or ""]).cast(pa.string())]
    if table.kind_column:
        parts.append(rows[table.kind_column])
    return pc.binary_join_element_wise(*parts, _BETWEEN)


def _where(mask: pa.ChunkedArray, keys: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(mask, keys, pa.scalar(None, pa.string()))


def positions(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each key its first place among the others, null where it is not there or is null."""
    return pc.index_in(keys, value_set=among.combine_chunks(), skip_nulls=True)


def is_open(table: Table, rows: pa.Table, on: date) -> pa.ChunkedArray:
    """Whether each row is in force at the end of that day; a start that is not known is before it."""
    start, end = PRECEDENCE.spans[table.name]
    begun = pc.fill_null(pc.less_equal(rows[start], on), True)
    over = pc.fill_null(pc.less_equal(rows[end], on), False)
    turned = pc.fill_null(pc.less(rows[end], rows[start]), False)
    return pc.and_(begun, pc.invert(pc.or_(over, turned)))


def in_force_rows(table: Table, rows: pa.Table, on: date) -> pa.ChunkedArray:
    """Marks the one row of each child that holds on that day: the latest, then the highest key."""
    day, key = table.event_column or "", table.key[0]
    numbered = rows.select(["child_id", day, key]).append_column("_at", pa.array(range(rows.num_rows)))
    known = numbered.filter(pc.fill_null(pc.less_equal(rows[day], on), False))
    ordered = known.sort_by([(day, "descending"), (key, "descending")])
    first = ordered.group_by("child_id", use_threads=False).aggregate([("_at", "first")])
    return pc.is_in(numbered["_at"], value_set=first["_at_first"].combine_chunks())


def is_among(values: pa.ChunkedArray, condition: Mapping[str, Any]) -> pa.ChunkedArray:
    """Whether each value meets `is` or `is_not` of a condition."""
    found = pc.is_in(values, value_set=pa.array(condition.get("is") or condition["is_not"]))
    return found if "is" in condition else pc.invert(found)
