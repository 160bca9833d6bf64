"""Data quality: can the records be trusted? (DQ-01 to DQ-03; the load itself is what is counted)"""

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

# What each cross-table rule cannot do without; a rule that lacks it is skipped and named.
_RULES_NEED = {
    "referrals": "X01, X02, X04 and X10",
    "cp_plans": "X01, X03, X05, X06, X07 and X16",
    "care_periods": "X02, X03, X08, X09, X12, X15 and X17",
    "cin_plans": "X03",
    "conferences": "X05, X06, X14 and X16",
    "placements": "X09 and X15",
    "assessments": "X10",
    "allocations": "X11",
    "children": "X12 and X13",
    "strategy_discussions": "X14",
    "care_leaver_statuses": "X17",
}

DQ_03 = proportion(
    children_read,
    _child.told.isnull(),
    partial={"the data-quality rules were not run when this was loaded": ~_child.is_checked},
    partial_without={
        name: f"rules {rules} were skipped for want of {name}" for name, rules in _RULES_NEED.items()
    },
    told={"rule": _child.told},
    words={
        "met": "No list contradicts another about this child.",
        "not_met": "The lists contradict each other about this child: {rule}.",
    },
)

PARTS = {"DQ-01": DQ_01, "DQ-02": DQ_02, "DQ-03": DQ_03}
