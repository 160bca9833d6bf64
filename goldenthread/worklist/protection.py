"""Children on a protection plan, and children expected: visits, core groups, reviews, records, births."""

import ibis

from goldenthread.calendar import days_after
from goldenthread.populations.children import unborn_children
from goldenthread.populations.cp_plans import plans_open
from goldenthread.populations.enquiries import conferences_without_minutes
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_plan = plans_open.table
_PLANS = ("cp_plans.started_on", "cp_plans.ended_on")

cp_visit = Item(
    code="cp_visit",
    label="CP visit",
    timescale="TS12",
    duties=(
        Duty(
            of=plans_open,
            clock_start=_plan.started_on,
            last_done=_plan.last_visit_on,
            within=(
                ibis.coalesce(_plan.last_visit_on, _plan.started_on),
                parameter("cp_visit_interval_wd"),
            ),
            needs=(*_PLANS, "visits.visited_at", "visits=cp"),
            never="Not visited since the protection plan began on {clock_start}.",
            since="Last visited on {last_done}; a visit is due every {cp_visit_interval_wd} working days.",
        ),
    ),
)

_last_group = _plan.last_core_group_on
core_group = Item(
    code="core_group",
    label="Core group",
    timescale="TS07, TS08",
    duties=(
        Duty(
            of=plans_open,
            clock_start=_plan.started_on,
            last_done=_last_group,
            due_on=days_after(_last_group, parameter("core_group_interval_days")),
            within=(_last_group.isnull().ifelse(_plan.started_on, None), parameter("core_group_first_wd")),
            needs=(*_PLANS, "plan_meetings.held_on", "plan_meetings=core_group"),
            never="No core group has met since the protection plan began on {clock_start}.",
            since="The core group last met on {last_done}; it meets every {core_group_interval_days} days.",
        ),
    ),
)

cp_review = Item(
    code="cp_review",
    label="Review conference",
    timescale="TS09, TS10",
    duties=(
        Duty(
            of=plans_open,
            clock_start=_plan.started_on,
            last_done=_plan.last_review_on,
            due_on=_plan.review_due_on,
            needs=(*_PLANS, "conferences.held_on", "conferences=review"),
            never="Not reviewed since the protection plan began on {clock_start}; "
            "the first review is due within three months.",
            since="Last reviewed on {last_done}; a review is due every six months.",
        ),
    ),
)

_conference = conferences_without_minutes.table
conference_minutes = Item(
    code="conference_minutes",
    label="Conference minutes",
    timescale="TS11",
    duties=(
        Duty(
            of=conferences_without_minutes,
            clock_start=_conference.held_on,
            within=(_conference.held_on, parameter("cp_minutes_limit_wd")),
            needs=(
                "conferences.held_on",
                "conferences.minutes_sent_on",
                "conferences=initial|transfer_in|review",
            ),
            never="The record of the conference of {clock_start} has not been sent.",
        ),
    ),
)

_unborn = unborn_children.table
birth = Item(
    code="birth",
    label="Unborn child",
    is_information=True,
    duties=(
        Duty(
            of=unborn_children,
            due_on=_unborn.expected_birth_on,
            needs=("children.is_unborn", "children.expected_birth_on"),
            never="For information: not yet born by the record; the birth is expected by {next_due}.",
        ),
    ),
)

ITEMS = (cp_visit, core_group, cp_review, conference_minutes, birth)
