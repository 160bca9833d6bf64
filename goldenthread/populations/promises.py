"""What somebody promised by a day: actions of case audits, of clinics, of meetings and of the plan."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.periods import PERIOD
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_of_audits = table("audit_actions").rows
_of_meetings = table("meeting_actions").rows
_of_plans = table("plan_actions").rows
_audits = table("audits").rows


def _due_or_undated(rows: ir.Table) -> ir.Table:
    """Actions due in each period, and in every period those for which no day was set."""
    is_due = rows.due_on.between(PERIOD.starts_on, PERIOD.ends_on)
    return with_period(rows, is_due | rows.due_on.isnull()).mutate(key=_.action_id)


def _with_audit() -> ir.Table:
    """Actions of case audits, placed as the case audit is: on the day it was done, else where it is now."""
    of_audit = _audits.select(
        "authority", "audit_id", "child_id", "team", "worker_id", done_on=_.completed_on
    )
    rows = _of_audits.left_join(of_audit, ["authority", "audit_id"])
    rows = _due_or_undated(rows.select(*_of_audits.columns, "child_id", "team", "worker_id", "done_on"))
    rows = rows.mutate(on=ibis.coalesce(rows.done_on, rows.as_at_on))
    return placed(rows, on="on", role="social_worker")


def _of_no_child(rows: ir.Table) -> ir.Table:
    return not_placed(rows.mutate(child_id=ibis.null("string"), key=_.action_id))


audit_actions_due = Population(
    name="audit_actions_due",
    about="Actions from case audits that were due in the period, and those without a day.",
    rows=_with_audit(),
)

meeting_actions_due = Population(
    name="meeting_actions_due",
    about="Actions set at meetings that were due in the period, and those without a day.",
    rows=_of_no_child(_due_or_undated(_of_meetings)),
)

clinic_actions_due = Population(
    name="clinic_actions_due",
    about="Actions of performance clinics that were due in the period.",
    rows=_of_no_child(in_period(_of_plans.filter(_of_plans.kind == "clinic"), "due_on")),
)


def _plan() -> ir.Table:
    """Actions in the plan at the end of each period, as known then: done, and not opened again."""
    rows = _of_plans.filter(_of_plans.kind.isin(["plan", "twelve_week"]))
    is_in = rows.added_on.isnull() | (rows.added_on <= PERIOD.ends_on)
    is_out = (rows.withdrawn_on <= PERIOD.ends_on).fill_null(rows.status == "withdrawn")
    rows = with_period(rows, is_in & ~is_out.fill_null(False))
    was_done = (rows.completed_on <= rows.ends_on).fill_null(False)
    was_reopened = (rows.reopened_on <= rows.ends_on) & (rows.reopened_on > rows.completed_on)
    return _of_no_child(rows.mutate(is_complete=was_done & ~was_reopened.fill_null(False)))


plan_actions_in_force = Population(
    name="plan_actions_in_force",
    about="Actions of the improvement plan and of twelve-week plans as they stood at the end of the period.",
    rows=_plan(),
)
