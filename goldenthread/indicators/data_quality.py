"""Data quality: can the records be trusted? (DQ-01 to DQ-03; the load itself is what is counted)"""

import ibis.expr.types as ir

from goldenthread.indicators.part import proportion
from goldenthread.populations.key_cells import LOCAL, key_cells, optional_key_columns
from goldenthread.populations.read_lines import children_read, lines_read
from goldenthread.settings import supplied

_line, _cell, _child = lines_read.table, key_cells.table, children_read.table

DQ_01 = proportion(
    lines_read,
    _line.without_error > 0,
    numerator=_line.without_error,
    denominator=_line.lines,
    told={"rule": _line.told},
    words={"met": "Read without an error.", "not_met": "An error was found: {rule}."},
)


def _columns_left_out() -> dict[str, object]:
    """A key column that a file lacks is left out and named."""
    found = {}
    for column in optional_key_columns():
        table, _, name = column.partition(".")
        is_lacking = supplied(f"{table}@{LOCAL}") & ~supplied(f"{column}@{LOCAL}")
        found[f"{table}.csv has no {name}"] = _cell.period.notnull() & is_lacking
    return found


DQ_02 = proportion(
    key_cells,
    _cell.filled > 0,
    numerator=_cell.filled,
    denominator=_cell.cells,
    partial=_columns_left_out(),
    told={"columns": _cell.told},
    words={
        "met": "Every other key cell of the line holds a value.",
        "not_met": "Blank or not valid: {columns}.",
    },
)

# Which cross-table rules cannot be run without a table, or without a column or kind of it: a rule that
# lacks one is skipped and named. (X04 looks at meetings and oversights too where they are supplied.)
RULES_NEED = {
    "allocations": "X11",
    "assessments": "X10",
    "care_leaver_statuses": "X17",
    "care_periods": "X02, X03, X04, X08, X09, X12, X15, X17",
    "children": "X12, X13",
    "cin_plans": "X03, X04",
    "conferences": "X05, X06, X14, X16",
    "cp_plans": "X01, X03, X04, X05, X06, X07, X16",
    "placements": "X09, X15",
    "referrals": "X01, X02, X04, X10",
    "strategy_discussions": "X14",
    "visits": "X04",
}
RULES_NEED_PART = {
    "allocations.ended_on": "X11",
    "allocations.worker_id": "X11",
    "assessments.authorised_on": "X10",
    "care_periods.ended_on": "X02, X03, X04, X08, X09, X12, X15, X17",
    "children.born_on": "X12",
    "children.is_unborn": "X13",
    "cin_plans.ended_on": "X03, X04",
    "conferences.is_cp_plan_made": "X06",
    "conferences.strategy_discussion_id": "X14",
    "conferences=initial": "X05, X06",
    "conferences=review": "X16",
    "cp_plans.ended_on": "X01, X03, X04, X07",
    "placements.ended_on": "X09, X15",
    "referrals.closed_on": "X01, X02, X04, X10",
}


def _skipped(need: str) -> ir.BooleanValue:
    """Whether the table was supplied and this column or kind of it was not."""
    table = need.partition("=")[0].partition(".")[0]
    return _child.period.notnull() & supplied(table) & ~supplied(need)


DQ_03 = proportion(
    children_read,
    _child.told.isnull(),
    partial={
        "the data-quality rules were not run when this was loaded": ~_child.is_checked,
        **{f"skipped without {need}: {rules}": _skipped(need) for need, rules in RULES_NEED_PART.items()},
    },
    partial_without={name: f"skipped without {name}: {rules}" for name, rules in RULES_NEED.items()},
    told={"rule": _child.told},
    words={
        "met": "No list contradicts another about this child.",
        "not_met": "The lists contradict each other about this child: {rule}.",
    },
)

PARTS = {"DQ-01": DQ_01, "DQ-02": DQ_02, "DQ-03": DQ_03}
