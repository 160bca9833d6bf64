"""Care leavers: when was the last plan, the last contact, and is there a personal adviser?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between
from goldenthread.populations.allocated import children_with_worker
from goldenthread.populations.children import (
    age_on,
    flagged,
    is_served,
    is_unborn_on,
    leaving_care_status,
    looked_after,
)
from goldenthread.populations.pathway_assessments import pathways_owed
from goldenthread.populations.periods_of import as_latest, with_latest
from goldenthread.populations.population import Population
from goldenthread.standard import table

_pathway_plans = table("pathway_plans").rows
_visits = table("visits").rows


def with_pathway(rows: ir.Table) -> ir.Table:
    """Add `last_pathway_on`: the last pathway plan or review by the end of the period."""
    plans = _pathway_plans.filter(_pathway_plans.kind.isin(["plan", "review"]))
    days = plans.select("authority", "child_id", "done_on").distinct()
    return with_latest(rows, as_latest(days, "done_on"), "done_on", "ends_on", last_pathway_on="done_on")


def _young_people() -> ir.Table:
    """Young people to whom services are open, with their last plan and contact."""
    rows = leaving_care_status.table
    rows = rows.filter(rows.is_service_open.fill_null(False))
    rows = with_pathway(rows)
    visits = _visits.filter(_visits.kind == "care_leaver").mutate(visited_on=_.visited_at.cast("date"))
    days = visits.select("authority", "child_id", "visited_on").distinct()
    rows = with_latest(
        rows, as_latest(days, "visited_on"), "visited_on", "ends_on", last_visit_on="visited_on"
    )
    held = children_with_worker.table.filter(children_with_worker.role == "personal_adviser")
    rows = flagged(rows, "has_adviser", held)
    # A contact recorded with the status but dated after the day of reading is not yet known then.
    told = (rows.last_contact_on <= rows.ends_on).ifelse(rows.last_contact_on, ibis.null("date"))
    contact = ibis.coalesce(told, rows.last_visit_on)
    unborn = is_unborn_on(rows, rows.ends_on)
    return rows.mutate(
        is_care_leaver=is_served(rows),
        contact_on=contact,
        days_since_contact=days_between(contact, rows.ends_on),
        age=age_on(rows, rows.ends_on),
        is_age_unknown=rows.born_on.isnull() & ~unborn,
    )


young_people = Population(
    name="young_people",
    about="Care leavers, and eligible children to whom services are open, with plan, contact and adviser.",
    rows=_young_people(),
)


def _eligible_now() -> ir.Table:
    """Looked-after children who are eligible by now, with their last assessment of needs and plan."""
    rows = looked_after.table.inner_join(pathways_owed.table, ["authority", "child_id"])
    rows = rows.select(*looked_after.table.columns, "eligible_on", "due_on")
    rows = with_pathway(rows.filter(rows.eligible_on <= rows.ends_on))
    assessed = _pathway_plans.filter(_pathway_plans.kind == "needs_assessment")
    days = assessed.select("authority", "child_id", "done_on").distinct()
    return with_latest(rows, as_latest(days, "done_on"), "done_on", "ends_on", last_assessed_on="done_on")


eligible_in_care = Population(
    name="eligible_in_care",
    about="Looked-after children eligible for leaving care help, with their last pathway plan or assessment.",
    rows=_eligible_now(),
)
