"""Periods of care: do their dates fit each other, the child and the other records?"""

from functools import partial

from goldenthread.calendar import days_between
from goldenthread.quality.care_facts import checked_care_periods
from goldenthread.quality.facts import days_ago
from goldenthread.quality.rule import Rule
from goldenthread.settings import file_starts_on

_c = checked_care_periods.table
_rule = partial(Rule, table="care_periods", rows=_c)
_DATES = ("started_on", "ended_on")
_is_looked_after = _c.is_open & ~_c.legal_status.isin(["V3", "V4"]).fill_null(False)

RULES = (
    _rule(
        id="X02",
        code="care-without-open-referral",
        title="Child is in care and has no open referral",
        advice="Reopen the referral, or end the period of care with its true date.",
        fails=_c.is_open & ~_c.has_open_referral,
        shows=("care_period_id", "started_on"),
        needs=("care_periods.ended_on", "referrals.closed_on"),
    ),
    _rule(
        id="X08",
        code="overlapping-care-periods",
        title="Two periods of care of a child are open on one day",
        advice="End the earlier period with its true date, or join the two.",
        source="SSDA903 rule 501",
        fails=_c.overlaps,
        shows=("care_period_id", *_DATES),
        needs=("care_periods.ended_on", "care_periods.started_on"),
    ),
    _rule(
        id="X12",
        code="in-care-at-18",
        title="Period of care is open although the person is 18 or over",
        advice="End the period on the 18th birthday, or correct the date of birth.",
        fails=_c.is_open & (_c.age_now >= 18),
        shows=("started_on", "born_on"),
        needs=("care_periods.ended_on", "children.born_on"),
    ),
    _rule(
        id="X15",
        code="care-without-placement",
        title="Child is in care and no placement is open",
        advice="Record where the child lives today.",
        fails=_c.is_open & ~_c.has_open_placement,
        shows=("care_period_id", "started_on"),
        needs=("care_periods.ended_on", "placements.ended_on"),
    ),
    _rule(
        id="X17",
        code="care-leaver-still-in-care",
        title="Child is looked after and recorded as a care leaver at the same time",
        advice="Correct the leaving care status to eligible, or end the period of care.",
        fails=_is_looked_after & _c.is_leaving_care,
        shows=("started_on", "legal_status"),
        needs=("care_periods.ended_on", "care_leaver_statuses.eligibility"),
    ),
    _rule(
        code="looked-after-without-birth-date",
        title="Looked-after child has no date of birth",
        advice="Record the date of birth: without it the child counts as under 18 and in no age group.",
        severity="error",
        source="Indicators LAC-01 and LAC-11; SSDA903 rule 102",
        fails=_is_looked_after & _c.born_on.isnull() & ~_c.is_unborn,
        shows=("started_on", "born_on"),
        needs=("care_periods.started_on", "children.born_on"),
    ),
    _rule(
        code="care-before-birth",
        title="Period of care started before the child was born",
        advice="Check the date of birth and the start of the period.",
        source="SSDA903 rule 302",
        fails=_c.started_on < _c.born_on,
        shows=("started_on", "born_on"),
        needs=("care_periods.started_on", "children.born_on"),
    ),
    _rule(
        code="care-started-at-18",
        title="Period of care started at the age of 18 or over",
        advice="Check the date of birth and the start of the period.",
        source="SSDA903 rule 352",
        fails=_c.age_started >= 18,
        shows=("started_on", "born_on"),
        needs=("care_periods.started_on", "children.born_on"),
    ),
    _rule(
        code="care-of-no-days",
        title="Period of care ended on the day it started",
        advice="Check both dates; remove the period if the child never came into care.",
        source="SSDA903 rule 355",
        fails=_c.ended_on == _c.started_on,
        shows=("care_period_id", *_DATES),
        needs=("care_periods.ended_on", "care_periods.started_on"),
    ),
    _rule(
        code="care-restarted-at-once",
        title="Period of care starts the day another ended for good",
        advice="If the child never left care, join the periods or end the first with a new episode.",
        source="SSDA903 rule 431",
        fails=_c.restarts_at_once & ~_c.overlaps,
        shows=("care_period_id", *_DATES),
        needs=("care_periods.started_on", "care_periods.end_reason"),
    ),
    _rule(
        code="permanence-plan-before-care",
        title="Permanence plan is dated before the period of care",
        advice="Record the day the plan was first agreed in this period.",
        fails=_c.permanence_plan_on < _c.started_on,
        shows=("started_on", "permanence_plan_on"),
        needs=("care_periods.permanence_plan_on", "care_periods.started_on"),
    ),
    _rule(
        code="permanence-plan-without-date",
        title="Child has a permanence plan and it is not said since when",
        advice="Record the day of the review that first agreed the plan.",
        fails=_c.is_open & _c.permanence_plan.notnull() & _c.permanence_plan_on.isnull(),
        shows=("started_on", "permanence_plan"),
        needs=("care_periods.permanence_plan_on", "care_periods.permanence_plan"),
    ),
    _rule(
        code="care-plan-updated-before-first",
        title="Latest care plan is older than the first",
        advice="Check both dates and correct the wrong one.",
        fails=_c.latest_care_plan_on < _c.first_care_plan_on,
        shows=("first_care_plan_on", "latest_care_plan_on"),
        needs=("care_periods.latest_care_plan_on", "care_periods.first_care_plan_on"),
    ),
    _rule(
        code="first-care-plan-long-before-care",
        title="First care plan is dated more than three months before the child came into care",
        advice="Record the first care plan of this period of care, not of an earlier one.",
        fails=days_between(_c.first_care_plan_on, _c.started_on) > 92,
        shows=("started_on", "first_care_plan_on"),
        needs=("care_periods.first_care_plan_on", "care_periods.started_on"),
    ),
    _rule(
        code="placements-undercounted",
        title="Fewer placements in the last twelve months are stated than the list holds",
        advice="Correct the number of placements by the list.",
        source="Annex A list 8: number of placements",
        fails=_c.is_open & (_c.placements_12m < _c.placements_in_12_months),
        shows=("started_on", "placements_12m", "placements_in_12_months"),
        needs=("care_periods.placements_12m", "placements.started_on"),
    ),
    _rule(
        code="looked-after-never-reviewed",
        title="Child has been looked after for six months and no review is recorded",
        advice="Record the reviews that were held; if none was, tell the reviewing officer today.",
        fails=_is_looked_after & ~_c.has_review & (days_ago(_c.started_on) > 183)
        & (_c.started_on >= file_starts_on("conferences")),
        shows=("started_on",),
        needs=("care_periods.ended_on", "conferences=looked_after_review"),
    ),
)  # fmt: skip
