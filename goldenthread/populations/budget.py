"""Budget lines of the latest month, and what placements cost."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.population import Population
from goldenthread.standard import table

_lines = table("budget_lines").rows
_placements = table("placements").rows


def _latest_month() -> ir.Table:
    """The lines of the latest month in the file, as a whole, on or before the month of RD."""
    rows = with_period(_lines, _lines.month <= PERIOD.ends_on)
    last = rows.group_by("period", "authority").aggregate(last_month=_.month.max())
    rows = rows.inner_join(last, ["period", "authority"]).select(*rows.columns, "last_month")
    rows = rows.filter(rows.month == rows.last_month).drop("last_month")
    month = rows.month.strftime("%Y-%m")
    return not_placed(rows.mutate(child_id=ibis.null("string"), key=rows.line_id + "|" + month))


budget_lines_latest = Population(
    name="budget_lines_latest",
    about="Budget lines of the latest month at the end of the period.",
    rows=_latest_month(),
)


def _in_period() -> ir.Table:
    """Placements that overlap the period, with the days of the overlap (the day of the end is not one)."""
    overlaps = (_placements.started_on <= PERIOD.ends_on) & (
        open_until(_placements.ended_on) > PERIOD.starts_on
    )
    rows = with_period(_placements, overlaps)
    first = ibis.greatest(rows.started_on, rows.starts_on)
    after = (rows.ends_on.cast("timestamp") + ibis.interval(days=1)).cast("date")
    last = ibis.least(ibis.coalesce(rows.ended_on, after), after)
    rows = rows.mutate(days=days_between(first, last), key=rows.placement_id)
    return not_placed(rows.filter(rows.days > 0))


placements_paid = Population(
    name="placements_paid",
    about="Placements in force in the period, with the days and the weekly cost.",
    rows=_in_period(),
)
