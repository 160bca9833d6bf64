"""Which cells should hold a value, and which of them do? (completeness of key fields)

Key columns are the required ones, those marked as key fields and those of which the local extracts
say when a value is expected. Every line read counts, also one that was not used; a column that was
not supplied is left out.
"""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import age
from goldenthread.populations.known import DQ_FINDINGS, loaded, set_aside
from goldenthread.populations.population import Population
from goldenthread.populations.read_lines import at_place, in_each_period, line_key
from goldenthread.settings import supplied
from goldenthread.standard import Table, native_tables, standard_tables

LOCAL = "local_extracts"
Condition = Callable[[ir.Table], ir.BooleanValue]


def _is(column: str, *values: object) -> Condition:
    return lambda t: t[column].isin(list(values)).fill_null(False)


def _is_not(column: str, *values: object) -> Condition:
    return lambda t: ~t[column].isin(list(values)).fill_null(False)


def _is_set(column: str) -> Condition:
    return lambda t: t[column].notnull()


def _all(*conditions: Condition) -> Condition:
    return lambda t: ibis.and_(*[condition(t) for condition in conditions])


def _is_decided(t: ir.Table) -> ir.BooleanValue:
    return t.decided_on.notnull() | ~supplied(f"referrals.decided_on@{LOCAL}")


def _is_four_or_unknown(t: ir.Table) -> ir.BooleanValue:
    is_unborn = t.child_is_unborn.fill_null(False) | (t.child_born_on > t.held_on).fill_null(False)
    return ~is_unborn & (age(t.child_born_on, t.held_on) >= 4).fill_null(True)


_SERVED = _is("is_service_open", True)
_IN_REACH = _all(_SERVED, _is_not("in_touch", "DIED", "RHOM"))
_BORN = _is_not("is_unborn", True)

# Key cells that are expected only under a condition (conditional_cells of the local extracts).
CONDITIONAL: Mapping[str, Condition] = {
    "children.born_on": _BORN,
    "children.sex": _BORN,
    "children.ethnicity": _BORN,
    "children.has_disability": _BORN,
    "posts.worker_id": _is_not("employment", "vacant"),
    "posts.end_reason": _is_set("ended_on"),
    "contacts.outcome": _is_set("decided_at"),
    "early_help_episodes.end_reason": _is_set("ended_on"),
    "referrals.is_nfa": _is_decided,
    "referrals.primary_need": _is_not("is_nfa", True),
    "referrals.close_reason": _is_set("closed_on"),
    "assessments.is_child_seen": _is_set("authorised_on"),
    "assessments.is_services_required": _is_set("authorised_on"),
    "strategy_discussions.is_icpc_required": _all(_is("is_s47_initiated", True), _is_set("s47_ended_on")),
    "conferences.participation": _is_four_or_unknown,
    "care_periods.end_reason": _is_set("ended_on"),
    "placements.end_reason": _is_set("ended_on"),
    "missing_episodes.is_rhi_offered": _all(_is_set("ended_at"), _is_not("kind", "away")),
    "care_leaver_statuses.in_touch": _SERVED,
    "care_leaver_statuses.activity": _IN_REACH,
    "care_leaver_statuses.accommodation": _IN_REACH,
    "care_leaver_statuses.is_suitable_accommodation": _all(
        _IN_REACH, _is_not("accommodation", "G", "H", "R", "0")
    ),
    "complaints.outcome": _is_set("responded_on"),
}
# Annex A gives the age of an unborn child as -1, and asks of it neither of these.
_OF_BORN_CHILDREN = ("gender", "ethnicity", "disability")


def key_columns(table: Table) -> list[str]:
    """The columns of a table whose cells are counted, in their order."""
    return [
        column.name
        for column in table.columns
        if column.name in table.required or column.key_field or f"{table.name}.{column.name}" in CONDITIONAL
    ]


def optional_key_columns() -> list[str]:
    """The key columns of the local extracts that a file may lack, as `table.column`."""
    return [
        f"{table.name}.{column}"
        for table in standard_tables().values()
        for column in key_columns(table)
        if column not in table.required
    ]


def _lines_of(table: Table, source: str | None) -> ir.Table:
    rows = ibis.union(loaded(table.name), set_aside(table.name))
    if source is not None:
        rows = rows.filter(rows.from_source == source)
    if table.name == "children":
        rows = _with_blanks_of_children(rows)
    if table.name == "conferences":
        born = loaded("children").select(
            "authority", of_child="child_id", child_born_on="born_on", child_is_unborn="is_unborn"
        )
        rows = rows.left_join(born, ["authority", ("child_id", "of_child")]).select(
            *rows.columns, "child_born_on", "child_is_unborn"
        )
    return rows


def _with_blanks_of_children(rows: ir.Table) -> ir.Table:
    """A cell of children.csv that another source fills is still blank in the file, as R16 has reported."""
    blanks = at_place(DQ_FINDINGS.filter((_.table == "children") & (_.rule == "R16") & _.value.isnull()))
    columns = ("born_on", "sex", "ethnicity", "has_disability")
    blanks = blanks.group_by("file", "row").aggregate(
        **{f"{name}_is_blank": (blanks.column == name).any() for name in columns}
    )
    joined = rows.left_join(blanks, [("from_file", "file"), ("from_row", "row")]).select(
        *rows.columns, *[f"{name}_is_blank" for name in columns]
    )
    kept = {
        name: joined[f"{name}_is_blank"].fill_null(False).ifelse(ibis.null(joined[name].type()), joined[name])
        for name in columns
    }
    return joined.mutate(**kept)


def _cells(table: Table, source: str | None) -> ir.Table:
    """One row for each line: how many of its key cells should hold a value, and which of them do not."""
    rows = _lines_of(table, source)
    expected, lacking, blanks = ibis.literal(0), ibis.literal(0), ibis.literal("")
    for name in key_columns(table):
        is_expected = _is_expected(table, name, rows, source)
        is_blank = is_expected & rows[name].isnull()
        expected = expected + is_expected.cast("int64")
        lacking = lacking + is_blank.cast("int64")
        blanks = blanks + is_blank.ifelse(f", {name}", "")
    blank = ibis.null("string")
    own = {
        name: rows[column] if column in rows.columns else blank
        for name, column in _holders(table.name).items()
    }
    return rows.select(
        source=rows.from_source,
        file=rows.from_file,
        sheet=rows.from_sheet,
        row=rows.from_row,
        **own,
        expected=expected,
        lacking=lacking,
        blanks=blanks,
    )


def _holders(name: str) -> dict[str, str]:
    is_annex = name.startswith("annex_a_")
    return {
        "child_id": "child_id",
        "team": "allocated_team" if is_annex else "team",
        "worker_id": "allocated_worker" if is_annex else "worker_id",
    }


def _is_expected(table: Table, name: str, rows: ir.Table, source: str | None) -> ir.BooleanValue:
    column = f"{table.name}.{name}"
    if name in table.required:
        return rows.from_row.notnull()
    if source is None:
        is_held = supplied(column)
        if name in _OF_BORN_CHILDREN and "age" in rows.columns:
            return is_held & (rows.age != -1).fill_null(True)
        return is_held & rows.from_row.notnull()
    is_supplied = supplied(f"{column}@{source}")
    condition = CONDITIONAL.get(column, lambda t: t.from_row.notnull())
    return is_supplied & condition(rows)


def _key_cells() -> ir.Table:
    """One row for the cells of a line that hold a value, and one for those that do not."""
    parts = [_cells(table, LOCAL) for table in standard_tables().values()]
    parts += [_cells(table, None) for table in native_tables().values()]
    lines = at_place(ibis.union(*parts))
    lines = lines.mutate(key=line_key(lines))
    blank = ibis.null("string")
    held = lines.mutate(
        cells=lines.expected - lines.lacking, filled=lines.expected - lines.lacking, told=blank
    )
    empty = lines.filter(lines.lacking > 0).mutate(
        cells=_.lacking, filled=ibis.literal(0, "int64"), told=_.blanks.substr(2)
    )
    empty = empty.mutate(key=empty.key + "|" + empty.told)
    columns = ("child_id", "team", "worker_id", "key", "told", "cells", "filled")
    both = ibis.union(held.filter(held.cells > 0).select(*columns), empty.select(*columns))
    return in_each_period(both, "cells", "filled")


key_cells = Population(
    name="key_cells",
    about="Cells of the key columns of every line read that should hold a value.",
    rows=_key_cells(),
    is_kept=False,
)
