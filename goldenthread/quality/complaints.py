"""Complaints and escalations: do stages, answers and the cases they are about fit?"""

from functools import partial

import ibis.expr.types as ir

from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.quality.spells import with_spells
from goldenthread.settings import file_starts_on
from goldenthread.standard import table

_complaints = table("complaints").rows


def _checked_complaint_rows() -> ir.Table:
    def is_stage_before(t: ir.Table) -> ir.BooleanValue:
        return t.stage_stage.cast("int64") == t.stage.cast("int64") - 1

    return with_facts(
        "complaints",
        _complaints,
        _complaints,
        prefix="stage",
        on=("complaint_id",),
        facts={
            "has_stage_before": is_stage_before,
            "is_before_answer": lambda t: (
                is_stage_before(t) & ((t.received_on < t.stage_responded_on) | t.stage_responded_on.isnull())
            ),
            "is_before_stage": lambda t: is_stage_before(t) & (t.received_on < t.stage_received_on),
        },
    )


_checked_complaints = Population(
    name="checked_complaints", about="Complaints with the stage before.", rows=_checked_complaint_rows()
)
_checked_escalations = Population(
    name="checked_escalations",
    about="Escalations with what was open for the child on the day.",
    rows=with_spells("escalations", table("escalations").rows, "raised_on"),
)
_c, _e = _checked_complaints.table, _checked_escalations.table
_complaint = partial(Rule, table="complaints", rows=_c)
_escalation = partial(Rule, table="escalations", rows=_e)
_DATES = ("stage", "received_on", "responded_on")

RULES = (
    _complaint(
        code="outcome-without-answer",
        title="Complaint has an outcome and no date of the answer",
        advice="Record the day the answer was sent.",
        fails=_c.outcome.isin(["upheld", "partly_upheld", "not_upheld"]) & _c.responded_on.isnull(),
        shows=(*_DATES, "outcome"),
        needs=("complaints.responded_on", "complaints.outcome"),
    ),
    _complaint(
        code="stage-without-stage-before",
        title="Complaint is at a later stage and the stage before is not recorded",
        advice="Add the earlier stage, or correct the stage.",
        severity="info",
        fails=(_c.stage != "1") & ~_c.has_stage_before & (days_ago(_c.received_on) < 365),
        shows=_DATES,
        needs=("complaints.stage", "complaints.received_on"),
    ),
    _complaint(
        code="stage-before-earlier-stage",
        title="Later stage of the complaint began before the stage before it",
        advice="Check the dates of both stages.",
        fails=_c.is_before_stage,
        shows=_DATES,
        needs=("complaints.received_on", "complaints.stage"),
    ),
    _complaint(
        code="stage-before-answer",
        title="Later stage of the complaint began before the stage before it was answered",
        advice="Record the answer of the earlier stage with its true date.",
        severity="info",
        fails=_c.is_before_answer & ~_c.is_before_stage,
        shows=_DATES,
        needs=("complaints.responded_on", "complaints.stage"),
    ),
    _complaint(
        code="complaint-left-open",
        title="Complaint has been open for more than six months",
        advice="Record the answer; if there is none, tell the complaints manager today.",
        fails=_c.responded_on.isnull() & (days_ago(_c.received_on) > 183)
        & (_c.outcome != "withdrawn").fill_null(True),
        shows=_DATES,
        needs=("complaints.responded_on", "complaints.received_on"),
    ),
    _escalation(
        code="reviewing-officer-outside-care",
        title="Independent reviewing officer escalated for a child who was not in care",
        advice="Check who raised it and on which day.",
        fails=(_e.raised_by == "iro") & ~_e.was_in_care & (_e.raised_on >= file_starts_on("care_periods")),
        shows=("raised_by", "raised_on"),
        needs=("escalations.raised_by", "escalations.raised_on", "care_periods.ended_on"),
    ),
    _escalation(
        code="chair-without-protection-plan",
        title="Child protection chair escalated for a child without an open case",
        advice="Check who raised it and on which day.",
        fails=(_e.raised_by == "cp_chair") & ~_e.was_protected & ~_e.case_was_open
        & (_e.raised_on >= file_starts_on("cp_plans")),
        shows=("raised_by", "raised_on"),
        needs=("escalations.raised_by", "cp_plans.ended_on", "referrals.closed_on"),
    ),
    _escalation(
        code="chair-escalated-to-court",
        title="Escalation to Cafcass was raised by someone other than a reviewing officer",
        advice="Correct the stage, or who raised it.",
        fails=(_e.stage == "cafcass") & (_e.raised_by != "iro"),
        shows=("raised_by", "stage", "raised_on"),
        needs=("escalations.stage", "escalations.raised_by"),
    ),
    _escalation(
        code="escalation-left-open",
        title="Escalation has been open for more than six months",
        advice="Record how and when it was resolved.",
        fails=_e.resolved_on.isnull() & (days_ago(_e.raised_on) > 183),
        shows=("raised_by", "stage", "raised_on"),
        needs=("escalations.resolved_on",),
    ),
)  # fmt: skip
