"""Leaving care: pathway plans and keeping in touch."""

import ibis

from goldenthread.calendar import days_after, months_after
from goldenthread.indicators.leaving_care import CL_01, CL_06
from goldenthread.populations.leaving_care import eligible_in_care, young_people
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_child = eligible_in_care.table
_person = young_people.table
_months = parameter("pathway_review_months")
# An assessment of needs stops the clock of the first plan; the plan that follows is reviewed in turn.
_last = ibis.coalesce(_child.last_pathway_on, _child.last_assessed_on)
_since = "The pathway plan was last made or reviewed on {last_done}; every {pathway_review_months} months."

pathway_plan = Item(
    code="pathway_plan",
    label="Pathway plan",
    timescale="TS29, TS30",
    duties=(
        Duty(
            of=eligible_in_care,
            who="looked-after children of 16 and 17",
            clock_start=ibis.coalesce(_last, _child.eligible_on),
            last_done=_last,
            due_on=ibis.coalesce(months_after(_last, _months), _child.due_on),
            needs=(
                "children.born_on",
                "care_periods.started_on",
                "care_periods.ended_on",
                "pathway_plans.done_on",
                "pathway_plans=needs_assessment|plan",
            ),
            never="Eligible since {clock_start}, without a pathway assessment or plan.",
            since=_since,
        ),
        Duty(
            of=young_people,
            where=CL_01.where,
            who="care leavers",
            clock_start=_person.last_pathway_on,
            last_done=_person.last_pathway_on,
            due_on=months_after(_person.last_pathway_on, _months),
            is_overdue_now=_person.last_pathway_on.isnull(),
            role="personal_adviser",
            needs=(
                "care_leaver_statuses.is_service_open",
                "care_leaver_statuses.eligibility",
                "pathway_plans.done_on",
                "pathway_plans=plan|review",
            ),
            never="A care leaver without a pathway plan.",
            since=_since,
        ),
    ),
)

care_leaver_contact = Item(
    code="care_leaver_contact",
    label="Care leaver contact",
    timescale="TS32",
    duties=(
        Duty(
            of=young_people,
            where=CL_06.where,
            clock_start=_person.contact_on,
            last_done=_person.contact_on,
            due_on=days_after(_person.contact_on, parameter("keep_in_touch_days")),
            is_overdue_now=_person.contact_on.isnull(),
            role="personal_adviser",
            needs=(
                "care_leaver_statuses.is_service_open",
                "care_leaver_statuses.eligibility",
                "care_leaver_statuses.last_contact_on",
            ),
            never="No contact with this care leaver is recorded.",
            since="Last contact on {last_done}; contact is due every {keep_in_touch_days} days.",
        ),
    ),
)

ITEMS = (pathway_plan, care_leaver_contact)
