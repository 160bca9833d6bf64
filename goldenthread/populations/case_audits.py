"""Case audits and observations of practice: planned, done, moderated, and put right where they had to be."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import with_working_day
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_audits = table("audits").rows
_items = table("audit_items").rows


def _graded(rows: ir.Table) -> ir.Table:
    """Add the grade that counts: that of the moderation, else the first."""
    return rows.mutate(final_grade=ibis.coalesce(rows.moderated_grade, rows.grade))


def _dated(day: str, rows: ir.Table = _audits) -> ir.Table:
    """The rows of `audits` dated in each period, each with the team and worker that had the case."""
    rows = _graded(in_period(rows, day).mutate(key=_.audit_id))
    return placed(rows, on="on", role="social_worker")


_case_audits = _audits.filter(_audits.kind == "case_audit")

case_audits_scheduled = Population(
    name="case_audits_scheduled",
    about="Case audits scheduled in the period.",
    rows=_dated("scheduled_on", _case_audits).mutate(due_on=ibis.coalesce(_.due_on, _.ends_on)),
)

observations_scheduled = Population(
    name="observations_scheduled",
    about="Observations of practice scheduled in the period.",
    rows=_dated("scheduled_on", _audits.filter(_audits.kind == "observation")),
)

case_audits_completed = Population(
    name="case_audits_completed",
    about="Case audits completed in the period, each with the grade that counts.",
    rows=_dated("completed_on", _case_audits),
)

audits_moderated = Population(
    name="audits_moderated",
    about="Case audits moderated in the period that have both grades.",
    rows=_dated("moderated_on", _audits.filter(_audits.grade.notnull() & _audits.moderated_grade.notnull())),
)


def _put_right() -> ir.Table:
    """Case audits graded inadequate, with the first time they were repeated."""
    again = _audits.filter(_audits.reaudit_of_audit_id.notnull())
    again = again.group_by("authority", repeated_audit_id=_.reaudit_of_audit_id).aggregate(
        repeated_on=_.completed_on.min()
    )
    rows = in_period(_case_audits, "completed_on").mutate(key=_.audit_id)
    rows = _graded(rows).filter(_.final_grade == "inadequate")
    joined = rows.left_join(again, ["authority", ("audit_id", "repeated_audit_id")])
    joined = joined.select(*rows.columns, "repeated_on")
    return placed(
        with_working_day(joined, "completed_on", "remedial_completed_on"), on="on", role="social_worker"
    )


inadequate_audits = Population(
    name="inadequate_audits",
    about="Case audits of the period graded inadequate, with the plan that followed and the first re-audit.",
    rows=_put_right(),
)


def _answers() -> ir.Table:
    """Answers of case audits completed in the period, each placed as its case audit is."""
    of_audit = _audits.select("authority", "audit_id", "child_id", "team", "worker_id", "completed_on")
    rows = _items.inner_join(of_audit, ["authority", "audit_id"]).select(
        *_items.columns, "child_id", "team", "worker_id", "completed_on"
    )
    rows = in_period(rows, "completed_on").mutate(key=_.audit_id + "|" + _.item)
    return placed(rows, on="on", role="social_worker")


practice_answers = Population(
    name="practice_answers",
    about="Answers against practice standards in case audits completed in the period.",
    rows=_answers(),
)
