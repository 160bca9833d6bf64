"""Where do two sources of one day contradict each other, or does one know what the other does not?

Every difference is a warning; the value of the higher source is the one used. Rules:
`source_conflict`, and against Annex A `annex_only` and `local_only`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Extract, Finding, Severity
from goldenthread.ingest.precedence import (
    ANNEX_A,
    LOCAL,
    PRECEDENCE,
    in_force_rows,
    is_among,
    is_open,
    match_keys,
    positions,
)
from goldenthread.ingest.values import as_written, day_of
from goldenthread.standard.schema import Column, Table


@dataclass(frozen=True)
class Sides:
    """The rows of one table from the source that wins and from one below it."""

    table: Table
    higher: str
    lower: str
    winning: pa.Table  # rows of the higher source
    losing: pa.Table  # rows of the lower source
    higher_columns: frozenset[str]
    lower_columns: frozenset[str]
    as_at_on: date
    months_only: frozenset[str] = frozenset()  # columns in which the higher source gives months
    listed: pa.Array | None = None  # children of whom Annex A is asked for what it else does not hold


def sides(table: Table, higher: Extract, lower: Extract) -> Sides:
    """Both sources' rows of a table; where it has kinds, only those that the higher source supplies."""
    winning, losing = higher.tables[table.name], lower.tables[table.name]
    if table.kind_column:
        among = pa.array(sorted(higher.supply[table.name].kinds), pa.string())
        losing = losing.filter(pc.is_in(losing[table.kind_column], value_set=among))
    return Sides(
        table=table,
        higher=higher.source,
        lower=lower.source,
        winning=winning,
        losing=losing,
        higher_columns=higher.supply[table.name].columns,
        lower_columns=lower.supply[table.name].columns,
        as_at_on=higher.as_at_on,
        months_only=months_only(higher, table),
        listed=_listed(table, lower),
    )


def months_only(extract: Extract, table: Table) -> frozenset[str]:
    """The columns of a table in which a source gives months where days are possible."""
    return frozenset(
        str(entry["column"])
        for entry in extract.mapping
        if entry.get("table") == table.name and entry.get("precision") == "month"
    )


def _listed(table: Table, lower: Extract) -> pa.Array | None:
    """The children of the table in which a child must be for the rows left out of Annex A to be in it."""
    other = PRECEDENCE.not_in_annex_a.get(table.name, {}).get("unless_child_in")
    if other is None:
        return None
    none = pa.array([], pa.string())
    return lower.tables[other]["child_id"].combine_chunks() if other in lower.tables else none


def differences(both: Sides) -> list[Finding]:
    """What the two sources say of the same events, where they do not say the same."""
    found: list[Finding] = []
    keys = match_keys(both.table, both.losing, both.as_at_on)
    at = positions(match_keys(both.table, both.winning, both.as_at_on), keys)
    matched = at.is_valid()
    winning, losing = both.winning.filter(matched), both.losing.take(at.filter(matched))
    for column in both.table.columns:
        if column.name in both.higher_columns & both.lower_columns and _is_held(both, column):
            unequal = _unequal(column, winning, losing, column.name in both.months_only)
            found += _conflicts(both, column, winning.filter(unequal), losing.filter(unequal))
    if both.lower == ANNEX_A and both.higher == LOCAL:
        found += _last_events(both)
        found += _annex_only(both, keys)
        found += _local_only(both, keys)
    return found


def _is_held(both: Sides, column: Column) -> bool:
    table = both.table.name
    if table == "children":
        return column.name != "child_id"
    if column.name == "child_id" or column.name.endswith("_id") and column.name != "worker_id":
        return False  # ids of the sources themselves, made where a source has none
    name = f"{table}.{column.name}"
    return name not in PRECEDENCE.not_held and f"{both.lower}:{name}" not in PRECEDENCE.not_held


def _unequal(column: Column, winning: pa.Table, losing: pa.Table, months: bool) -> pa.ChunkedArray:
    """Where both rows hold a value and the values differ; a day without time equals any time of it."""
    one, other = winning[column.name], losing[column.name]
    if column.type == "code_list":
        pairs = zip(one.to_pylist(), other.to_pylist(), strict=True)
        return pa.chunked_array([[bool(a and b and set(a) != set(b)) for a, b in pairs]], pa.bool_())
    if column.type == "datetime":
        by_day = pc.not_equal(day_of(one), day_of(other))
        timed = pc.and_(winning[f"{column.name}_is_timed"], losing[f"{column.name}_is_timed"])
        return _true(pc.if_else(_true(timed), pc.not_equal(one, other), by_day))
    unequal = _true(pc.not_equal(one, other))
    if months:  # the 1st of a month stands for the month
        same_month = pc.and_(pc.equal(pc.year(one), pc.year(other)), pc.equal(pc.month(one), pc.month(other)))
        stands = pc.and_(pc.equal(pc.day(one), 1), same_month)
        unequal = pc.and_(unequal, pc.invert(_true(stands)))
    return unequal


def _true(mask: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(mask, False)


def _conflicts(both: Sides, column: Column, winning: pa.Table, losing: pa.Table) -> Iterator[Finding]:
    values = zip(winning[column.name].to_pylist(), losing[column.name].to_pylist(), strict=True)
    where = losing.select(["from_file", "from_sheet", "from_row", "child_id"]).to_pylist()
    used = winning.select(["from_file", "from_row"]).to_pylist()
    for (ours, theirs), lost, kept in zip(values, where, used, strict=True):
        source = f"{both.higher} ({kept['from_file']} line {kept['from_row']})"
        message = (
            f"{column.name} is {as_written(theirs)} in {both.lower} and {as_written(ours)} in {source}: "
            f"{as_written(ours)} was used."
        )
        yield _finding(both, "source_conflict", message, lost, column.name, theirs)


def _last_events(both: Sides) -> Iterator[Finding]:
    """Annex A's last event of a kind against the latest local one up to the as-at date."""
    for name, rule in PRECEDENCE.last_events.items():
        table, kind = name.split(".")
        if table != both.table.name:
            continue
        latest = _latest_local(both, kind, rule)
        rows = _of_kind(both.table, both.losing, kind)
        column = both.table.event_column or ""
        days = day_of(rows[column]).to_pylist()
        where = rows.select(["from_file", "from_sheet", "from_row", "child_id"]).to_pylist()
        for day, place in zip(days, where, strict=True):
            ours = latest.get(place["child_id"])
            if ours is None:
                message = f"Annex A has a last {kind} on {day} and the local extracts have none of the child."
                yield _finding(both, "annex_only", message, place, column, day)
            elif ours != day:
                message = (
                    f"The last {kind} is on {day} in Annex A and on {ours} in the local extracts: "
                    f"{ours} was used."
                )
                yield _finding(both, "source_conflict", message, place, column, day)


def _latest_local(both: Sides, kind: str, rule: Any) -> dict[str, date]:
    rows = both.winning if rule.get("any_kind") else _of_kind(both.table, both.winning, kind)
    if seen := rule.get("unless_false"):
        rows = rows.filter(pc.fill_null(rows[seen], True))
    days = day_of(rows[both.table.event_column or ""])
    dated = pa.table({"child": rows["child_id"], "day": days})
    dated = dated.filter(_true(pc.less_equal(days, both.as_at_on)))
    latest = dated.group_by("child").aggregate([("day", "max")])
    return dict(zip(latest["child"].to_pylist(), latest["day_max"].to_pylist(), strict=True))


def _of_kind(table: Table, rows: pa.Table, kind: str) -> pa.Table:
    return rows.filter(_true(pc.equal(rows[table.kind_column or ""], kind)))


def _is_last_event(table: Table, rows: pa.Table) -> pa.ChunkedArray:
    kinds = [name.split(".")[1] for name in PRECEDENCE.last_events if name.split(".")[0] == table.name]
    if not kinds:
        return pa.chunked_array([pa.repeat(False, rows.num_rows)])
    return pc.is_in(rows[table.kind_column or ""], value_set=pa.array(kinds))


def _annex_only(both: Sides, keys: pa.ChunkedArray) -> Iterator[Finding]:
    """Rows of Annex A that the local extracts do not have."""
    missing = positions(keys, match_keys(both.table, both.winning, both.as_at_on)).is_null()
    missing = pc.and_(missing, pc.and_(keys.is_valid(), pc.invert(_is_last_event(both.table, both.losing))))
    for place in both.losing.filter(missing).to_pylist():
        what = _described(both.table, place)
        message = f"Annex A has {what} and {both.table.file} has no such row: it was not added."
        if both.table.name == "children":
            message = "Annex A names a child that children.csv does not: the child was added."
        yield _finding(both, "annex_only", message, place, None, place["child_id"])


def _local_only(both: Sides, keys: pa.ChunkedArray) -> Iterator[Finding]:
    """Local rows open at the as-at date that Annex A does not have."""
    table, rows = both.table, both.winning
    if table.name in PRECEDENCE.one_per_child:
        is_open_now = pc.and_(in_force_rows(table, rows, both.as_at_on), rows["is_service_open"])
    elif table.name in PRECEDENCE.spans:
        is_open_now = is_open(table, rows, both.as_at_on)
    else:
        return
    if table.name in PRECEDENCE.not_in_annex_a:
        left_out = PRECEDENCE.not_in_annex_a[table.name]
        is_left_out = is_among(rows[left_out["column"]], left_out)
        if both.listed is not None:
            is_left_out = pc.and_(is_left_out, pc.invert(pc.is_in(rows["child_id"], value_set=both.listed)))
        is_open_now = pc.and_(is_open_now, pc.invert(is_left_out))
    if table.name in PRECEDENCE.in_force:
        roles = both.losing[PRECEDENCE.in_force[table.name]]
        here = pc.is_in(rows[PRECEDENCE.in_force[table.name]], value_set=roles.combine_chunks())
        is_open_now = pc.and_(is_open_now, here)
    missing = positions(match_keys(table, rows, both.as_at_on), keys).is_null()
    for place in rows.filter(pc.and_(is_open_now, missing)).to_pylist():
        message = (
            f"{_described(table, place).capitalize()} is open at {both.as_at_on} and Annex A has no such row."
        )
        yield _finding(both, "local_only", message, place, None, place["child_id"], source=LOCAL)


def _described(table: Table, row: dict[str, Any]) -> str:
    event = row.get(table.event_column or "")
    noun = table.name.replace("_", " ")
    return f"a row of {noun} of {as_written(event)}" if event is not None else f"a row of {noun}"


def _finding(
    both: Sides,
    rule: str,
    message: str,
    place: dict[str, Any],
    column: str | None,
    value: Any,
    source: str | None = None,
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        message=message,
        source=source or both.lower,
        file=place["from_file"] or "",
        sheet=place["from_sheet"],
        row=place["from_row"],
        table=both.table.name,
        column=column,
        value=None if value is None else as_written(value)[:200],
        child_id=place["child_id"],
    )
