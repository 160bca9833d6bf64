"""Which rows and columns of a table come from which source?

The local rows are the only rows of a table (kind by kind, where it has kinds); without them those
of the next source. Children are merged field by field. A local column that was not supplied is
filled from the rows of lower sources that speak of the same event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Extract, Supply
from goldenthread.ingest.local_extracts.rules import RULES
from goldenthread.ingest.precedence import LOCAL, can_match, match_keys, positions
from goldenthread.standard.schema import Column, Table, standard_tables


@dataclass(frozen=True, kw_only=True)
class CombinedSupply:
    """What all sources together supplied for one table, and which source filled each part of it.

    `columns` are those of the highest source whose rows the table holds (for children, of every
    source); `filled_by` has also the columns that a lower source filled in some rows.
    """

    sources: tuple[str, ...]  # whose rows the table holds, highest first
    columns: frozenset[str]
    kinds: frozenset[str] = frozenset()
    starts_on: date | None = None
    covers_from_on: date | None = None
    rows: int = 0
    filled_by: dict[str, str] = field(default_factory=dict)  # column -> highest source that fills it
    kinds_from: dict[str, str] = field(default_factory=dict)  # kind -> source of its rows
    by_source: dict[str, Supply] = field(default_factory=dict)  # what each source itself supplied


def merged(table: Table, having: Sequence[Extract]) -> tuple[pa.Table, CombinedSupply]:
    """The rows of a standard table, before columns are filled, and who supplied them."""
    if table.name == "children":
        rows = _merged_children(table, having)
        supply = _supply(table.name, having, having, rows)
        return rows, replace(supply, columns=frozenset(supply.filled_by))
    if table.kind_column is None:
        rows = having[0].tables[table.name]
        return rows, _supply(table.name, having[:1], having, rows)
    kinds_from: dict[str, str] = {}
    using, parts = [], []
    for extract in having:
        kinds = extract.supply[table.name].kinds - kinds_from.keys()
        if kinds or not using:
            rows = extract.tables[table.name]
            among = pa.array(sorted(kinds), pa.string())
            parts.append(rows.filter(pc.is_in(rows[table.kind_column], value_set=among)))
            using.append(extract)
        kinds_from |= dict.fromkeys(sorted(kinds), extract.source)
    rows = pa.concat_tables(parts)
    return rows, replace(_supply(table.name, using, having, rows), kinds_from=kinds_from)


def as_delivered(name: str, having: Sequence[Extract]) -> tuple[pa.Table, CombinedSupply]:
    """The rows of a native table, which one source alone fills."""
    rows = pa.concat_tables([extract.tables[name] for extract in having])
    return rows, _supply(name, having, having, rows)


def _supply(name: str, using: Sequence[Extract], having: Sequence[Extract], rows: pa.Table) -> CombinedSupply:
    first = using[0].supply[name]
    filled_by: dict[str, str] = {}
    for extract in using:
        for column in sorted(extract.supply[name].columns):
            filled_by.setdefault(column, extract.source)
    return CombinedSupply(
        sources=tuple(extract.source for extract in using),
        columns=first.columns,
        kinds=frozenset().union(*(extract.supply[name].kinds for extract in having)),
        starts_on=first.starts_on,
        covers_from_on=first.covers_from_on,
        rows=rows.num_rows,
        filled_by=filled_by,
        by_source={extract.source: extract.supply[name] for extract in having},
    )


def _merged_children(table: Table, having: Sequence[Extract]) -> pa.Table:
    """Every child of any source; each field is the first that holds a value, in their order."""
    rows = having[0].tables[table.name]
    for extract in having[1:]:
        others = extract.tables[table.name]
        at = positions(rows["child_id"], others["child_id"])
        for column in table.columns:
            for name in _stored(column):
                rows = _set(rows, name, _first_held(rows[name], others[name].take(at)))
        is_first = pc.equal(positions(others["child_id"], others["child_id"]), _numbers(others.num_rows))
        is_new = pc.and_(positions(others["child_id"], rows["child_id"]).is_null(), is_first)
        rows = pa.concat_tables([rows, others.filter(pc.fill_null(is_new, False))])
    return rows


def _numbers(count: int) -> pa.Array:
    return pa.array(range(count), pa.int32())


def _stored(column: Column) -> list[str]:
    """The stored fields of a column."""
    if column.type != "datetime":
        return [column.name]
    return [column.name, f"{column.name}_is_timed", f"{column.name}_utc"]


def _first_held(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(one.is_valid(), one, other)


def _set(rows: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    at = rows.schema.get_field_index(name)
    return rows.set_column(at, rows.schema.field(at), values)


def fill_columns(
    tables: dict[str, pa.Table],
    supply: dict[str, CombinedSupply],
    extracts: Sequence[Extract],
    as_at_on: date,
) -> None:
    """Fill the columns that the local file does not have from rows of lower sources that match."""
    for table in standard_tables().values():
        found = supply.get(table.name)
        if not found or found.sources[0] != LOCAL or table.name == "children" or not can_match(table):
            continue
        for extract in extracts:
            if extract.source != LOCAL and table.name in extract.tables:
                _fill_from(table, extract, tables, supply, as_at_on)


def _fill_from(
    table: Table,
    extract: Extract,
    tables: dict[str, pa.Table],
    supply: dict[str, CombinedSupply],
    as_at_on: date,
) -> None:
    rows, found = tables[table.name], supply[table.name]
    columns = [
        column
        for column in table.columns
        if column.name in extract.supply[table.name].columns - found.columns
        and _leads_somewhere(f"{table.name}.{column.name}", extract.source, supply)
    ]
    if not columns:
        return
    others = extract.tables[table.name]
    at = positions(match_keys(table, rows, as_at_on), match_keys(table, others, as_at_on))
    is_local = pc.equal(rows["from_source"], LOCAL)
    at = pc.if_else(is_local, at, pa.scalar(None, pa.int32()))
    for column in columns:
        for name in _stored(column):
            rows = _set(rows, name, _first_held(rows[name], others[name].take(at)))
    filled = {column.name: extract.source for column in columns}
    tables[table.name] = rows
    supply[table.name] = replace(found, filled_by=filled | found.filled_by)


def _leads_somewhere(name: str, source: str, supply: Mapping[str, CombinedSupply]) -> bool:
    """Whether a column is no link, or a link into rows of the same source."""
    if name not in RULES.links:
        return True
    target = supply.get(RULES.links[name].split(".")[0])
    return target is not None and target.sources == (source,)


def blank_lost_links(tables: dict[str, pa.Table], supply: Mapping[str, CombinedSupply]) -> None:
    """Blank the links between tables of different sources that lead to no row (R08)."""
    for name, target in RULES.links.items():
        table, column = name.split(".")
        target_table, target_column = target.split(".")
        if table not in tables or target_table not in tables:
            continue
        if supply[table].sources == supply[target_table].sources and len(supply[table].sources) == 1:
            continue
        rows = tables[table]
        known = tables[target_table][target_column].combine_chunks()
        is_there = pc.is_in(rows[column], value_set=known, skip_nulls=True)
        tables[table] = _set(rows, column, pc.if_else(is_there, rows[column], pa.scalar(None, pa.string())))
