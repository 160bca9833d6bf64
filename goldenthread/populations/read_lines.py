"""What was read in the load: every line, every cell that should hold a value, and every child in it.

The rows are those of the load that serves a period, whatever the period: only who holds a line, a
cell or a child is looked up on the day. Where many periods are asked for at once, lines and cells
of one holder are put together, because nobody looks at single rows then.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.periods import PERIOD
from goldenthread.populations.known import DQ_FINDINGS, LOAD_ROWS
from goldenthread.populations.moments import MOMENT
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import AUTHORITY

PLACE = ("source", "file", "sheet", "row")
_CROSS_TABLE = r"^X[0-9][0-9]$"  # the cross-table rules of the local extracts
_CHECKED = "rules_run"  # filed in each load over which the rules were run


def at_place(rows: ir.Table) -> ir.Table:
    """The rows with a blank where a file has no sheets, so that places can be compared."""
    return rows.mutate(sheet=_.sheet.fill_null(""))


def line_key(rows: ir.Table) -> ir.StringValue:
    """File, sheet and row of a line, as one text."""
    sheet = (rows.sheet == "").ifelse("", rows.sheet + "|")
    return rows.file + "|" + sheet + rows.row.cast("string")


def in_each_period(rows: ir.Table, *sums: str) -> ir.Table:
    """The rows at the end of each period; those of one holder together where there are many periods."""
    many = PERIOD.aggregate(is_many=_.period.count() > 1)
    rows = rows.cross_join(many)
    is_held = rows.team.notnull() & rows.worker_id.notnull()
    blank = ibis.null("string")
    rows = rows.mutate(
        key=rows.is_many.ifelse("", rows.key),
        told=rows.is_many.ifelse(blank, rows.told),
        # Whose child it is only matters where the row does not say who holds it.
        child_id=(rows.is_many & is_held).ifelse(blank, rows.child_id),
    )
    together = rows.group_by("child_id", "team", "worker_id", "key", "told").aggregate(
        **{name: rows[name].sum() for name in sums}
    )
    at_ends = together.mutate(authority=AUTHORITY).cross_join(PERIOD.select(*MOMENT))
    return placed(at_ends, on="ends_on", role="social_worker")


def _lines() -> ir.Table:
    wrong = at_place(DQ_FINDINGS.filter((_.severity == "error") & _.row.notnull()))
    wrong = wrong.group_by(*PLACE).aggregate(told=_.rule.min())
    lines = at_place(LOAD_ROWS)
    rows = lines.left_join(wrong, list(PLACE)).select(*lines.columns, "told")
    rows = rows.mutate(
        key=line_key(rows), lines=ibis.literal(1), without_error=rows.told.isnull().cast("int64")
    )
    return in_each_period(rows, "lines", "without_error")


lines_read = Population(
    name="lines_read",
    about="Every line read in the load, and whether an error was found on it.",
    rows=_lines(),
    is_kept=False,
)


def _children() -> ir.Table:
    inside = LOAD_ROWS.filter(LOAD_ROWS.child_id.notnull() & (LOAD_ROWS.status != "quarantined"))
    inside = inside.select("child_id").distinct()
    contradicted = DQ_FINDINGS.filter(_.rule.re_search(_CROSS_TABLE) & _.child_id.notnull())
    contradicted = contradicted.group_by("child_id").aggregate(told=_.rule.min())
    checked = DQ_FINDINGS.aggregate(is_checked=(_.rule == _CHECKED).any().fill_null(False))
    rows = inside.left_join(contradicted, "child_id").select("child_id", "told").cross_join(checked)
    rows = rows.mutate(key=ibis.literal(""), authority=AUTHORITY).cross_join(PERIOD.select(*MOMENT))
    return placed(rows, on="ends_on", role="social_worker", prefer="allocation")


children_read = Population(
    name="children_read",
    about="Every child in the load, and the first cross-table rule that the child's records break.",
    rows=_children(),
    is_kept=False,
)
