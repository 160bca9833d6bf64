"""Child protection and child in need plans: does each plan stand on a case, alone and in time?"""

from functools import partial

import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.populations.children import age_on, looked_after, protected, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.activity import last_activity
from goldenthread.quality.facts import days_ago, overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON, complete_since
from goldenthread.standard import table


def _with_case(name: str) -> ir.Table:
    """The plans of a table with the child's referrals, care, activity and age."""
    rows = with_child(table(name).rows)
    rows = rows.mutate(age_now=age_on(rows, AS_AT_ON), is_open=rows.ended_on.isnull())
    rows = with_facts(
        name,
        rows,
        table("referrals").rows,
        prefix="referral",
        facts={
            "has_open_referral": lambda t: t.referral_closed_on.isnull(),
            "was_referred": lambda t: t.referral_received_on <= t.started_on,
        },
    )
    rows = with_facts(
        name,
        rows,
        looked_after.table.select("authority", "child_id", "started_on"),
        prefix="care",
        facts={"is_looked_after": lambda t: t.care_started_on <= AS_AT_ON},
        numbers={"looked_after_since_on": lambda t: t.care_started_on.max()},
    )
    return with_facts(
        name,
        rows,
        last_activity.table,
        prefix="last",
        numbers={"last_activity_on": lambda t: t.last_happened_on.max()},
    )


def _protection_plans() -> ir.Table:
    rows = _with_case("cp_plans")
    rows = with_facts(
        "cp_plans",
        rows,
        table("cp_plans").rows,
        facts={
            "overlaps": lambda t: (t.other_cp_plan_id != t.cp_plan_id) & overlap(t, "other"),
            "follows_at_once": lambda t: (
                (t.other_started_on < t.started_on)
                & days_between(t.other_ended_on, t.started_on).between(0, 7)
            ),
        },
        numbers={
            "earlier_plans": lambda t: (t.other_started_on < t.started_on).cast("int64").sum(),
        },
    )
    return with_facts(
        "cp_plans",
        rows,
        table("conferences").rows,
        prefix="conference",
        facts={
            "has_conference": lambda t: (
                t.conference_kind.isin(["initial", "transfer_in"]) & (t.conference_held_on == t.started_on)
            ),
            "has_review": lambda t: (t.conference_kind == "review") & (t.conference_held_on > t.started_on),
        },
    )


def _in_need_plans() -> ir.Table:
    rows = with_facts(
        "cin_plans",
        _with_case("cin_plans"),
        table("cin_plans").rows,
        facts={"overlaps": lambda t: (t.other_cin_plan_id != t.cin_plan_id) & overlap(t, "other")},
    )
    return with_facts(
        "cin_plans",
        rows,
        protected.table.select("authority", "child_id"),
        prefix="plan",
        facts={"is_protected": lambda t: t.plan_child_id.notnull()},
    )


_checked_cp_plans = Population(
    name="checked_cp_plans",
    about="Child protection plans with the case, conferences and other plans around them.",
    rows=_protection_plans(),
)
_checked_cin_plans = Population(
    name="checked_cin_plans",
    about="Child in need plans with the case and other plans around them.",
    rows=_in_need_plans(),
)
_p, _n = _checked_cp_plans.table, _checked_cin_plans.table
_protection = partial(Rule, table="cp_plans", rows=_p)
_in_need = partial(Rule, table="cin_plans", rows=_n)
_DATES = ("started_on", "ended_on")

RULES = (
    _protection(
        id="X01",
        code="protection-plan-without-open-referral",
        title="Child protection plan is open and the child has no open referral",
        advice="Reopen the referral, or end the plan with its true date.",
        fails=_p.is_open & ~_p.has_open_referral,
        shows=("cp_plan_id", "started_on"),
        needs=("cp_plans.ended_on", "referrals.closed_on"),
    ),
    _protection(
        id="X05",
        code="protection-plan-without-conference",
        title="Child protection plan starts on a day without an initial or transfer-in conference",
        advice="Record the conference that made the plan, or correct the start of the plan.",
        # A return of one year or six months holds no conference of a plan that is older.
        fails=~_p.has_conference & (_p.started_on >= complete_since("conferences=initial")),
        shows=("cp_plan_id", "started_on"),
        needs=("cp_plans.started_on", "conferences=initial"),
    ),
    _protection(
        id="X07",
        code="overlapping-protection-plans",
        title="Two child protection plans of a child are open on one day",
        advice="End the plan that was replaced, or remove the one entered twice.",
        severity="error",
        source="Indicator CP-15",
        fails=_p.overlaps,
        shows=("cp_plan_id", *_DATES),
        needs=("cp_plans.ended_on", "cp_plans.started_on"),
    ),
    _protection(
        code="protection-plan-of-no-days",
        title="Child protection plan ends on the day it starts",
        advice="Check both dates; if the plan was entered by mistake, remove it.",
        severity="error",
        source="Indicator CP-16",
        fails=_p.ended_on == _p.started_on,
        shows=("cp_plan_id", *_DATES),
        needs=("cp_plans.ended_on", "cp_plans.started_on"),
    ),
    _protection(
        code="protection-plan-open-at-18",
        title="Child protection plan is open although the person is 18 or over",
        advice="End the plan on the 18th birthday or earlier, or correct the date of birth.",
        fails=_p.is_open & (_p.age_now >= 18),
        shows=("started_on", "born_on"),
        needs=("cp_plans.ended_on", "children.born_on"),
    ),
    _protection(
        code="protection-plan-without-category",
        title="Open child protection plan has no category of abuse",
        advice="Record the category that the conference agreed.",
        source="CIN census: category of abuse",
        fails=_p.is_open & _p.latest_category.isnull() & _p.initial_category.isnull(),
        shows=("cp_plan_id", "started_on"),
        needs=("cp_plans.latest_category", "cp_plans.initial_category"),
    ),
    _protection(
        code="protection-plan-before-referral",
        title="Child protection plan started before the child was ever referred",
        advice="Record the referral, or correct the start of the plan.",
        fails=_p.has_open_referral & ~_p.was_referred,
        shows=("started_on",),
        needs=("cp_plans.started_on", "referrals.received_on"),
    ),
    _protection(
        code="earlier-protection-plans-undercounted",
        title="Fewer earlier child protection plans are stated than the list holds",
        advice="Correct the number of previous plans.",
        source="CIN census and Annex A list 7: number of previous plans",
        fails=_p.previous_plan_count < _p.earlier_plans,
        shows=("started_on", "previous_plan_count", "earlier_plans"),
        needs=("cp_plans.previous_plan_count",),
    ),
    _protection(
        code="protection-plan-of-long-looked-after-child",
        title="Child protection plan is still open three months after the child came into care",
        advice="Ask the chair whether the plan can end now that the care plan protects the child.",
        fails=_p.is_open & _p.is_looked_after & (days_ago(_p.looked_after_since_on) > 92),
        shows=("started_on", "looked_after_since_on"),
        needs=("cp_plans.ended_on", "care_periods.ended_on"),
    ),
    _protection(
        code="protection-plan-restarted-at-once",
        title="Child protection plan starts within a week of the end of another",
        advice="Check whether one plan was split in two; if so, join them.",
        fails=_p.follows_at_once & ~_p.overlaps,
        shows=("cp_plan_id", *_DATES),
        needs=("cp_plans.started_on", "cp_plans.ended_on"),
    ),
    _protection(
        code="protection-plan-never-reviewed",
        title="Child protection plan has been open for nine months and no review is recorded",
        advice="Record the reviews that were held; if none was, call one now.",
        fails=_p.is_open & ~_p.has_review & (days_ago(_p.started_on) > 274),
        shows=("started_on",),
        needs=("cp_plans.ended_on", "conferences=review"),
    ),
    _in_need(
        id="X03",
        code="in-need-plan-of-protected-child",
        title="Child in need plan is open while the child is looked after or on a child protection plan",
        advice="End the child in need plan on the day the other one began.",
        fails=_n.is_open & (_n.is_looked_after | _n.is_protected),
        shows=("cin_plan_id", "started_on", "is_looked_after", "is_protected"),
        needs=("cin_plans.ended_on", "care_periods.ended_on", "cp_plans.ended_on"),
    ),
    _in_need(
        code="in-need-plan-without-open-referral",
        title="Child in need plan is open although the case is closed",
        advice="End the plan with its true date, or reopen the referral.",
        fails=_n.is_open & ~_n.has_open_referral,
        shows=("cin_plan_id", "started_on"),
        needs=("cin_plans.ended_on", "referrals.closed_on"),
    ),
    _in_need(
        code="overlapping-in-need-plans",
        title="Two child in need plans of a child are open on one day",
        advice="End the plan that was replaced, or remove the one entered twice.",
        fails=_n.overlaps,
        shows=("cin_plan_id", *_DATES),
        needs=("cin_plans.ended_on", "cin_plans.started_on"),
    ),
    _in_need(
        code="in-need-plan-of-no-days",
        title="Child in need plan ends on the day it starts",
        advice="Check both dates; if the plan was entered by mistake, remove it.",
        fails=_n.ended_on == _n.started_on,
        shows=("cin_plan_id", *_DATES),
        needs=("cin_plans.ended_on", "cin_plans.started_on"),
    ),
    _in_need(
        code="in-need-plan-open-at-18",
        title="Child in need plan is open although the person is 18 or over",
        advice="End the plan, or hand it over to adult services or leaving care.",
        fails=_n.is_open & (_n.age_now >= 18),
        shows=("started_on", "born_on"),
        needs=("cin_plans.ended_on", "children.born_on"),
    ),
    _in_need(
        code="in-need-plan-without-activity",
        title="Child in need plan is open and nothing has been recorded for three months",
        advice=(
            "Visit the child or record the visits and reviews that took place; end the plan if it has run "
            "out."
        ),
        fails=_n.is_open & (days_ago(_n.last_activity_on) > 92),
        shows=("started_on", "last_activity_on"),
        needs=("cin_plans.ended_on", "visits.visited_at", "plan_meetings.held_on"),
    ),
    _in_need(
        code="in-need-plan-before-referral",
        title="Child in need plan started before the child was ever referred",
        advice="Record the referral, or correct the start of the plan.",
        fails=_n.has_open_referral & ~_n.was_referred,
        shows=("started_on",),
        needs=("cin_plans.started_on", "referrals.received_on"),
    ),
)
