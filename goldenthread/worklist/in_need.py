"""Children in need: plans that are missing, visits, reviews and meetings."""

import ibis

from goldenthread.calendar import days_after, months_after
from goldenthread.populations.in_need import children_without_plan, cin_plans_met
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_PLANS = ("cin_plans.started_on", "cin_plans.ended_on", "cp_plans.started_on", "care_periods.started_on")

_unplanned = children_without_plan.table
cin_plan = Item(
    code="cin_plan",
    label="CIN plan missing",
    duties=(
        Duty(
            of=children_without_plan,
            clock_start=_unplanned.open_date,
            due_on=_unplanned.assessed_on,
            within=(_unplanned.open_date, parameter("cin_plan_grace_wd")),
            needs=(
                *_PLANS,
                "referrals.received_on",
                "referrals.closed_on",
                "referrals.is_nfa",
                "assessments.started_on",
                "assessments.authorised_on",
                "assessments.is_services_required",
            ),
            never="In need since {clock_start}, past assessment, and without a child in need plan.",
        ),
    ),
)

_plan = cin_plans_met.table

cin_visit = Item(
    code="cin_visit",
    label="CIN visit",
    timescale="TS39",
    duties=(
        Duty(
            of=cin_plans_met,
            clock_start=_plan.started_on,
            last_done=_plan.last_visit_on,
            due_on=days_after(
                ibis.coalesce(_plan.last_visit_on, _plan.started_on), parameter("cin_visit_interval_days")
            ),
            needs=(*_PLANS, "visits.visited_at", "visits=cin"),
            never="Not seen; the child in need plan began on {clock_start}.",
            since="Last seen on {last_done}; a visit is due every {cin_visit_interval_days} days.",
        ),
    ),
)

cin_review = Item(
    code="cin_review",
    label="CIN review",
    timescale="TS38",
    duties=(
        Duty(
            of=cin_plans_met,
            clock_start=_plan.started_on,
            last_done=_plan.last_review_on,
            due_on=months_after(
                ibis.coalesce(_plan.last_review_on, _plan.started_on), parameter("cin_review_months")
            ),
            needs=(*_PLANS, "plan_meetings.held_on", "plan_meetings=cin_review"),
            never="Not reviewed since the child in need plan began on {clock_start}.",
            since="Last reviewed on {last_done}; a review is due every {cin_review_months} months.",
        ),
    ),
)

_last_meeting = _plan.last_meeting_on
cin_meeting = Item(
    code="cin_meeting",
    label="CIN meeting",
    duties=(
        Duty(
            of=cin_plans_met,
            clock_start=_plan.started_on,
            last_done=_last_meeting,
            due_on=days_after(_last_meeting, parameter("cin_meeting_interval_days")),
            within=(
                _last_meeting.isnull().ifelse(_plan.started_on, None),
                parameter("cin_meeting_first_wd"),
            ),
            needs=(*_PLANS, "plan_meetings.held_on", "plan_meetings=cin_meeting|cin_review"),
            never="No meeting since the child in need plan began on {clock_start}.",
            since="Last met on {last_done}; meetings are held every {cin_meeting_interval_days} days.",
        ),
    ),
)

ITEMS = (cin_plan, cin_visit, cin_review, cin_meeting)
