"""Assessments: do they lie inside their referral, and does what they found fit what followed?"""

from functools import partial

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between
from goldenthread.populations.children import age_on, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import file_starts_on
from goldenthread.standard import table

_visits = table("visits").rows.mutate(visited_on=_.visited_at.cast("date"))


def _with_referral(rows: ir.Table) -> ir.Table:
    """Add the dates of the referral an assessment belongs to: the linked one, else the last before it."""
    referrals = table("referrals").rows

    def is_linked(t: ir.Table) -> ir.BooleanValue:
        return (t.referral_referral_id == t.referral_id).fill_null(False)

    def is_before(t: ir.Table) -> ir.BooleanValue:
        return t.referral_id.isnull() & (t.referral_received_on <= t.started_on)

    def last_before(t: ir.Table, value: ir.Value) -> ir.Value:
        order = t.referral_received_on.cast("string") + t.referral_referral_id
        return value.argmax(order, where=is_before(t))

    rows = with_facts(
        "assessments",
        rows,
        referrals,
        prefix="referral",
        facts={
            "has_referral": lambda t: is_linked(t) | is_before(t),
            "is_closed_linked": lambda t: is_linked(t) & t.referral_closed_on.notnull(),
        },
        numbers={
            "referred_on": lambda t: t.referral_received_on.max(where=is_linked(t)),
            "linked_closed_on": lambda t: t.referral_closed_on.max(where=is_linked(t)),
            "is_closed_before": lambda t: last_before(
                t, ibis.coalesce(t.referral_closed_on, ibis.date("9999-12-31"))
            ),
        },
    )
    return rows.mutate(
        is_referral_closed=rows.is_closed_linked
        | (rows.is_closed_before < ibis.date("9999-12-31")).fill_null(False)
    ).drop("is_closed_linked", "is_closed_before")


def _with_others(rows: ir.Table) -> ir.Table:
    rows = with_facts(
        "assessments",
        rows,
        table("assessments").rows,
        facts={
            "is_open_twice": lambda t: (
                (t.other_assessment_id != t.assessment_id)
                & t.authorised_on.isnull()
                & t.other_authorised_on.isnull()
                & (t.other_started_on != t.started_on)
            ),
            "is_second_of_day": lambda t: (
                (t.other_assessment_id != t.assessment_id) & (t.other_started_on == t.started_on)
            ),
        },
    )
    plans = [
        table(name).rows.select("authority", "child_id", "started_on") for name in ("cin_plans", "cp_plans")
    ]
    rows = with_facts(
        "assessments",
        rows,
        plans[0].union(plans[1]),
        prefix="plan",
        facts={"has_plan_at_once": lambda t: days_between(t.authorised_on, t.plan_started_on).between(0, 14)},
    )

    def meanwhile(t: ir.Table) -> ir.BooleanValue:
        return t.visit_visited_on.between(t.started_on, t.authorised_on)

    return with_facts(
        "assessments",
        rows,
        _visits,
        prefix="visit",
        facts={
            "was_seen_at_visit": lambda t: meanwhile(t) & t.visit_is_seen,
            "was_visited": lambda t: meanwhile(t) & t.visit_is_seen.fill_null(True),
        },
    )


def _checked() -> ir.Table:
    rows = with_child(table("assessments").rows)
    rows = rows.mutate(age_started=age_on(rows, rows.started_on))
    return _with_others(_with_referral(rows))


_checked_assessments = Population(
    name="checked_assessments",
    about="Assessments with their referral and what was recorded around them.",
    rows=_checked(),
)
_a = _checked_assessments.table
_rule = partial(Rule, table="assessments", rows=_a)
_DATES = ("started_on", "authorised_on")
_is_inside = _a.authorised_on >= _a.started_on

RULES = (
    _rule(
        id="X10",
        code="assessment-open-after-closure",
        title="Assessment is still open although its referral is closed",
        advice="Authorise the assessment with its true date, or reopen the referral.",
        fails=_a.authorised_on.isnull() & _a.is_referral_closed,
        shows=("assessment_id", "started_on", "referral_id"),
        needs=("assessments.authorised_on", "assessments.started_on", "referrals.closed_on"),
    ),
    _rule(
        code="assessment-before-referral",
        title="Assessment started before its referral was received",
        advice="Check both dates, and that the assessment is linked to the right referral.",
        fails=_a.started_on < _a.referred_on,
        shows=("started_on", "referred_on", "referral_id"),
        needs=("assessments.started_on", "assessments.referral_id", "referrals.received_on"),
    ),
    _rule(
        code="assessment-after-closure",
        title="Assessment started after its referral was closed",
        advice="Link the assessment to the referral it belongs to, or correct the closing date.",
        fails=_a.started_on > _a.linked_closed_on,
        shows=("started_on", "linked_closed_on", "referral_id"),
        needs=("assessments.started_on", "assessments.referral_id", "referrals.closed_on"),
    ),
    _rule(
        code="assessment-without-referral",
        title="Assessment started for a child who had not been referred",
        advice="Record the referral, or link the assessment to it.",
        fails=~_a.has_referral & (_a.started_on >= file_starts_on("referrals")),
        shows=_DATES,
        needs=("assessments.started_on", "referrals.received_on"),
    ),
    _rule(
        code="no-factors-with-factors",
        title="Assessment says that no factor was found and names factors all the same",
        advice="Take out the code for no factors, or the others.",
        severity="error",
        source="Indicator AS-10; CIN census: assessment factors",
        fails=_a.factors.contains("21") & (_a.factors.length() > 1),
        shows=("authorised_on", "factors"),
        needs=("assessments.factors",),
    ),
    _rule(
        code="assessment-without-factors",
        title="Assessment that found needs names no factor",
        advice="Record the factors found at the end of the assessment.",
        source="CIN census: assessment factors",
        fails=_a.authorised_on.notnull() & _a.is_services_required
        & (_a.factors.isnull() | (_a.factors.length() == 0)),
        shows=_DATES,
        needs=("assessments.factors", "assessments.is_services_required", "assessments.authorised_on"),
    ),
    _rule(
        code="two-open-assessments",
        title="Child has two open assessments",
        advice="Finish the one that is worked on and end the other with a note.",
        fails=_a.is_open_twice,
        shows=("assessment_id", "started_on"),
        needs=("assessments.authorised_on",),
    ),
    _rule(
        code="two-assessments-from-one-day",
        title="Two assessments of a child started on one day",
        advice="Keep the one that was worked on.",
        fails=_a.is_second_of_day,
        shows=("assessment_id", "started_on", "authorised_on"),
        needs=("assessments.started_on",),
    ),
    _rule(
        code="assessment-left-open",
        title="Assessment has been open for more than six months",
        advice=(
            "If it was finished, ask the manager to authorise it with its true date; if not, plan its end "
            "this week."
        ),
        fails=_a.authorised_on.isnull() & (days_ago(_a.started_on) > 183),
        shows=("started_on",),
        needs=("assessments.authorised_on",),
    ),
    _rule(
        code="assessment-of-one-day",
        title="Assessment was authorised on the day it started",
        advice=(
            "Check the start: it is often the day of writing up instead of the day of the manager's "
            "decision."
        ),
        severity="info",
        fails=_a.authorised_on == _a.started_on,
        shows=_DATES,
        needs=("assessments.authorised_on", "assessments.started_on"),
    ),
    _rule(
        code="not-seen-in-assessment-but-visited",
        title="Assessment says the child was not seen although a visit then says so",
        advice="Correct the assessment, or the visit.",
        fails=(_a.is_child_seen == False) & _a.was_seen_at_visit & _is_inside,  # noqa: E712
        shows=(*_DATES, "is_child_seen"),
        needs=("assessments.is_child_seen", "visits.is_seen"),
    ),
    _rule(
        code="seen-in-assessment-without-visit",
        title="Assessment says the child was seen and no visit is recorded meanwhile",
        advice="Record the visit at which the child was seen.",
        severity="info",
        fails=_a.is_child_seen & ~_a.was_visited & _is_inside & (_a.started_on >= file_starts_on("visits")),
        shows=(*_DATES, "is_child_seen"),
        needs=("assessments.is_child_seen", "visits.is_seen"),
    ),
    _rule(
        code="plan-although-no-services-required",
        title="Assessment says no services are required and a plan started within two weeks",
        advice="Ask the manager which is right, and correct the assessment or the plan.",
        fails=(_a.is_services_required == False) & _a.has_plan_at_once,  # noqa: E712
        shows=("authorised_on", "is_services_required"),
        needs=("assessments.is_services_required", "cin_plans.started_on", "cp_plans.started_on"),
    ),
    _rule(
        code="assessment-of-an-adult",
        title="Assessment started for a person aged 18 or over",
        advice="Check the date of birth and the start of the assessment.",
        fails=_a.age_started >= 18,
        shows=("started_on", "born_on"),
        needs=("assessments.started_on", "children.born_on"),
    ),
)  # fmt: skip
