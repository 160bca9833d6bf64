"""What only Annex A says, and how it says it: last events and counts over twelve months.

List 6 and list 8 hold one row per child with the last visit, the last review and counts; rules that
need the history read these rows as their Annex A route says.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.care import care_started
from goldenthread.populations.children import looked_after
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_list_6 = table("annex_a_list_6").rows
_list_8 = table("annex_a_list_8").rows

YES, UNKNOWN, CHILD_IN_NEED_PLAN = "a", "c", "c"  # letters of the template's code lists


def _plans() -> ir.Table:
    """List 6 rows with a child in need plan open at the end of the period."""
    rows = _list_6.filter(_list_6.case_status == CHILD_IN_NEED_PLAN)
    is_open = (rows.cin_start_date <= PERIOD.ends_on) & (open_until(rows.cin_closure_date) > PERIOD.ends_on)
    rows = with_period(rows, is_open)
    seen_on = (rows.date_last_seen <= rows.ends_on).ifelse(rows.date_last_seen, ibis.null("date"))
    return rows.mutate(
        key=ibis.literal(""),
        last_visit_on=seen_on,
        days=days_between(seen_on, rows.ends_on),
        days_open=days_between(rows.cin_start_date, rows.ends_on),
        team=rows.allocated_team,
        worker_id=rows.allocated_worker,
    ).drop("allocated_team", "allocated_worker")


cin_plans_listed = Population(
    name="cin_plans_listed",
    about="Children with a child in need plan as list 6 of Annex A names them, with when last seen.",
    rows=placed(_plans(), on="ends_on", role="social_worker", prefer="allocation"),
)


def _children_in_care() -> ir.Table:
    """lac(RD) with what list 8 says of missing episodes in the twelve months to it."""
    said = _list_8.select(
        "authority",
        "child_id",
        started_on=_.date_started_looked_after,
        missing_12m=_.missing_episodes_last_12_months.fill_null(0),
        absent_12m=_.absent_episodes_last_12_months.fill_null(0),
        is_offered=_.return_interview_offered,
        is_accepted=_.return_interview_accepted,
    ).distinct()
    rows = looked_after.table
    joined = rows.inner_join(said, ["authority", "child_id", "started_on"])
    return joined.select(*rows.columns, "missing_12m", "absent_12m", "is_offered", "is_accepted")


looked_after_listed = Population(
    name="looked_after_listed",
    about="Looked-after children with the counts of missing and absent episodes of list 8.",
    rows=_children_in_care(),
)


def _returned() -> ir.Table:
    """Periods of care begun in the period, with what list 8 says of an earlier one in twelve months."""
    said = _list_8.select(
        "authority",
        "child_id",
        started_on=_.date_started_looked_after,
        is_second=_.second_period_last_12_months,
    ).distinct()
    rows = care_started.table
    joined = rows.left_join(said, ["authority", "child_id", "started_on"])
    return joined.select(*rows.columns, "is_second")


care_started_listed = Population(
    name="care_started_listed",
    about="Periods of care begun in the period, as list 8 says whether the child was in care before.",
    rows=_returned(),
)
