"""School of looked-after children, and childcare of two-year-olds: returns, moves and take-up."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.periods import PERIOD
from goldenthread.populations.children import is_school_age, looked_after, looked_after_at
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.moments import CHILD
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_takeup = table("childcare_takeup").rows
_moves = table("school_moves").rows
_returns = table("virtual_school").rows


def _in_period_or_undated(rows: ir.Table, day: str) -> ir.Table:
    """Rows dated in each period, and in every period those without a day."""
    return with_period(rows, rows[day].between(PERIOD.starts_on, PERIOD.ends_on) | rows[day].isnull())


childcare_counts = Population(
    name="childcare_counts",
    about="Terms counted in the period: two-year-olds who may have funded childcare, and those who do.",
    rows=not_placed(
        _in_period_or_undated(_takeup, "counted_on").mutate(child_id=ibis.null("string"), key=_.term)
    ),
)


def _with_moves() -> ir.Table:
    """Looked-after children with their moves of the school year, save those of summer and before care."""
    rows = looked_after.table
    year = (rows.ends_on.month() >= 9).ifelse(rows.ends_on.year(), rows.ends_on.year() - 1)
    rows = rows.mutate(school_year_starts_on=ibis.date(year, 9, 1))
    joined = rows.inner_join(_moves.select("authority", "child_id", "moved_on"), ["authority", "child_id"])
    is_in_summer = joined.moved_on.month().isin([8, 9])
    counts = (
        joined.moved_on.between(joined.school_year_starts_on, joined.ends_on)
        & (joined.moved_on >= joined.started_on)
        & ~is_in_summer
    )
    found = joined.group_by(*CHILD).aggregate(moves=counts.fill_null(False).cast("int64").sum())
    return rows.left_join(found, list(CHILD)).select(*rows.columns, "moves")


children_with_school_moves = Population(
    name="children_with_school_moves",
    about="Looked-after children with their moves of school in the school year; null without a school.",
    rows=_with_moves(),
)


def _with_returns() -> ir.Table:
    """Children of school age looked after on the as-at date, with the sums of their returns of the period."""
    at = PERIOD.select(
        "period",
        "starts_on",
        ends_on=PERIOD.as_at_on,
        ends_on_working_day=PERIOD.as_at_on_working_day,
    )
    rows = looked_after_at(at)
    rows = rows.mutate(key=ibis.literal(""), is_age_known=rows.born_on.notnull() | rows.is_unborn)
    rows = rows.filter(is_school_age(rows, rows.ends_on).fill_null(False) | ~rows.is_age_known)
    returns = _in_period_or_undated(_returns, "ended_on").group_by(*CHILD)
    found = returns.aggregate(
        returns=_.count(),
        blank_sessions=(_.sessions_possible.isnull() | _.sessions_missed.isnull()).cast("int64").sum(),
        blank_suspensions=_.suspensions.isnull().cast("int64").sum(),
        possible=_.sessions_possible.sum(),
        missed=_.sessions_missed.sum(),
        suspensions=_.suspensions.sum(),
    )
    columns = ("returns", "blank_sessions", "blank_suspensions", "possible", "missed", "suspensions")
    joined = rows.left_join(found, list(CHILD)).select(*rows.columns, *columns)
    return placed(joined, on="ends_on", role="social_worker", prefer="allocation")


children_with_school_returns = Population(
    name="children_with_school_returns",
    about="Looked-after children of school age, with the sums of the virtual school's returns of the period.",
    rows=_with_returns(),
)
