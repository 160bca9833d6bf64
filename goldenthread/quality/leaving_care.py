"""Leaving care: do status, age, contact and pathway plan fit each other?"""

from functools import partial

import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.allocated import children_with_worker
from goldenthread.populations.children import age_on, looked_after, status_in_force, with_child
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON, complete_since
from goldenthread.standard import table

_statuses = table("care_leaver_statuses").rows
_plans = table("pathway_plans").rows


def _checked_status_rows() -> ir.Table:
    rows = with_child(_statuses)
    rows = rows.mutate(age_recorded=age_on(rows, rows.recorded_on), age_now=age_on(rows, AS_AT_ON))
    rows = with_facts(
        "care_leaver_statuses",
        rows,
        status_in_force.table.select("authority", "child_id", "status_id"),
        prefix="now",
        facts={"is_in_force": lambda t: t.now_status_id == t.status_id},
    )
    rows = with_facts(
        "care_leaver_statuses",
        rows,
        looked_after.table.select("authority", "child_id"),
        prefix="care",
        facts={"is_looked_after": lambda t: t.care_child_id.notnull()},
    )
    rows = with_facts(
        "care_leaver_statuses",
        rows,
        table("care_periods").rows,
        prefix="period",
        facts={"was_ever_in_care": lambda t: t.period_started_on <= t.recorded_on},
    )
    rows = with_facts(
        "care_leaver_statuses",
        rows,
        children_with_worker.table.filter(_.role == "personal_adviser").select("authority", "child_id"),
        prefix="adviser",
        facts={"has_adviser": lambda t: t.adviser_child_id.notnull()},
    )
    return with_facts(
        "care_leaver_statuses",
        rows,
        _statuses,
        facts={
            "is_second_of_day": lambda t: (
                (t.other_status_id != t.status_id) & (t.other_recorded_on == t.recorded_on)
            )
        },
    )


def _checked_plan_rows() -> ir.Table:
    rows = with_child(_plans)
    rows = rows.mutate(age_done=age_on(rows, rows.done_on))
    return with_facts(
        "pathway_plans",
        rows,
        _plans,
        facts={
            "has_plan_before": lambda t: (t.other_kind == "plan") & (t.other_done_on <= t.done_on),
            "is_twice": lambda t: (
                (t.other_pathway_plan_id != t.pathway_plan_id)
                & (t.other_kind == t.kind)
                & (t.other_done_on == t.done_on)
            ),
        },
    )


_checked_statuses = Population(
    name="checked_care_leaver_statuses",
    about="Leaving care statuses with the age, care and adviser of the young person.",
    rows=_checked_status_rows(),
)
_checked_pathway_plans = Population(
    name="checked_pathway_plans",
    about="Pathway plans with the age of the young person and the plans before.",
    rows=_checked_plan_rows(),
)
_s, _p = _checked_statuses.table, _checked_pathway_plans.table
_status = partial(Rule, table="care_leaver_statuses", rows=_s)
_plan = partial(Rule, table="pathway_plans", rows=_p)
_is_served_now = _s.is_in_force & _s.is_service_open
_SERVICE = "care_leaver_statuses.is_service_open"

RULES = (
    _status(
        code="leaving-care-service-over-25",
        title="Leaving care service is open for a person aged 25 or over",
        advice="Close the service with its true date, or correct the date of birth.",
        source="SSDA903 rule 351",
        fails=_is_served_now & (_s.age_now >= 25),
        shows=("recorded_on", "eligibility", "born_on"),
        needs=(_SERVICE, "children.born_on"),
    ),
    _status(
        code="leaving-care-status-under-16",
        title="Leaving care status is of a child under 16",
        advice="Correct the date of birth, or remove the status until the 16th birthday.",
        fails=_s.age_recorded < 16,
        shows=("recorded_on", "eligibility", "born_on"),
        needs=("care_leaver_statuses.eligibility", "children.born_on"),
    ),
    _status(
        code="eligible-and-not-looked-after",
        title="Young person is recorded as eligible and is not looked after",
        advice="Record the status that follows from leaving care: relevant, former relevant or qualifying.",
        fails=_is_served_now & (_s.eligibility == "eligible") & ~_s.is_looked_after,
        shows=("recorded_on", "eligibility"),
        needs=("care_leaver_statuses.eligibility", _SERVICE, "care_periods.ended_on"),
    ),
    _status(
        code="relevant-at-18",
        title="Young person aged 18 or over is still recorded as relevant",
        advice="Record the status former relevant from the 18th birthday.",
        fails=_is_served_now & (_s.eligibility == "relevant") & (_s.age_now >= 18),
        shows=("recorded_on", "eligibility", "born_on"),
        needs=("care_leaver_statuses.eligibility", _SERVICE, "children.born_on"),
    ),
    _status(
        code="former-relevant-under-18",
        title="Young person under 18 is recorded as former relevant",
        advice="Record the status relevant, or eligible if still looked after.",
        fails=(_s.eligibility == "former_relevant") & (_s.age_recorded < 18),
        shows=("recorded_on", "eligibility", "born_on"),
        needs=("care_leaver_statuses.eligibility", "children.born_on"),
    ),
    _status(
        code="care-leaver-never-in-care",
        title="Care leaver has no period of care on record",
        advice="Add the periods of care to the extract, or correct the status.",
        source="SSDA903 rule 1002",
        # A return holds only the periods of its own year or six months.
        fails=_is_served_now & (_s.eligibility != "qualifying") & ~_s.was_ever_in_care
        & (complete_since("care_periods") <= _s.born_on.fill_null(_s.recorded_on)),
        shows=("recorded_on", "eligibility"),
        needs=("care_leaver_statuses.eligibility", _SERVICE, "care_periods.started_on"),
    ),
    _status(
        code="in-touch-and-nothing-known",
        title="Council is in touch with the care leaver and does not know where they live or what they do",
        advice="Ask at the next contact and record accommodation and activity.",
        source="SSDA903 rule 345",
        fails=(_s.in_touch == "YES")
        & ((_s.activity == "0").fill_null(False) | (_s.accommodation == "0").fill_null(False)),
        shows=("recorded_on", "in_touch", "activity", "accommodation"),
        needs=(
            "care_leaver_statuses.in_touch",
            "care_leaver_statuses.activity",
            "care_leaver_statuses.accommodation",
        ),
    ),
    _status(
        code="details-of-one-who-died-or-went-home",
        title="Care leaver has died or returned home and still has accommodation or activity recorded",
        advice="Take accommodation and activity out, or correct whether the council is in touch.",
        source="SSDA903 rule 344",
        fails=_s.in_touch.isin(["DIED", "RHOM"]) & (_s.activity.notnull() | _s.accommodation.notnull()),
        shows=("recorded_on", "in_touch", "activity", "accommodation"),
        needs=(
            "care_leaver_statuses.in_touch",
            "care_leaver_statuses.activity",
            "care_leaver_statuses.accommodation",
        ),
    ),
    _status(
        code="service-open-after-death",
        title="Leaving care service is open for a person who has died",
        advice="Close the service with the day of death.",
        fails=_is_served_now & (_s.in_touch == "DIED"),
        shows=("recorded_on", "in_touch", "is_service_open"),
        needs=("care_leaver_statuses.in_touch", _SERVICE),
    ),
    _status(
        code="in-touch-without-recent-contact",
        title="Council says it is in touch and the last contact is more than a year ago",
        advice="Record the contacts made since, or that the council is not in touch.",
        fails=_is_served_now & (_s.in_touch == "YES") & (days_ago(_s.last_contact_on) > 365),
        shows=("recorded_on", "in_touch", "last_contact_on"),
        needs=("care_leaver_statuses.in_touch", "care_leaver_statuses.last_contact_on", _SERVICE),
    ),
    _status(
        code="homeless-or-in-custody-called-suitable",
        title="Accommodation is custody or no fixed abode and is called suitable",
        advice="Correct the accommodation, or whether it is suitable.",
        source="SSDA903 accommodation codes",
        fails=_s.accommodation.isin(["X", "S"]) & _s.is_suitable_accommodation,
        shows=("recorded_on", "accommodation", "is_suitable_accommodation"),
        needs=("care_leaver_statuses.is_suitable_accommodation", "care_leaver_statuses.accommodation"),
    ),
    _status(
        code="foyer-under-18",
        title="Care leaver under 18 lives in a foyer",
        advice="Check the accommodation and the date of birth.",
        source="SSDA903 rule 347",
        fails=(_s.accommodation == "T") & (_s.age_recorded < 18),
        shows=("recorded_on", "accommodation", "born_on"),
        needs=("care_leaver_statuses.accommodation", "children.born_on"),
    ),
    _status(
        code="two-statuses-on-one-day",
        title="Two leaving care statuses took effect on one day",
        advice="Keep the one that is right: only the last entered is read.",
        fails=_s.is_second_of_day,
        shows=("status_id", "recorded_on", "eligibility"),
        needs=("care_leaver_statuses.recorded_on",),
    ),
    _status(
        code="leaving-care-status-of-last-year",
        title="Status of an open care leaver has not been confirmed for more than a year",
        advice="Ask the young person and record a new status, also if nothing has changed.",
        severity="info",
        fails=_is_served_now & (_s.eligibility != "eligible") & (days_ago(_s.recorded_on) > 365),
        shows=("recorded_on", "eligibility"),
        needs=("care_leaver_statuses.recorded_on", _SERVICE),
    ),
    _status(
        code="care-leaver-without-adviser",
        title="Care leaver has no personal adviser",
        advice="Allocate a personal adviser today, or record the one the young person has.",
        fails=_is_served_now
        & _s.eligibility.isin(["relevant", "former_relevant"])
        & ~_s.in_touch.isin(["DIED", "RHOM"]).fill_null(False)
        & ~_s.has_adviser,
        shows=("recorded_on", "eligibility"),
        needs=(_SERVICE, "allocations.role", "allocations.worker_id"),
    ),
    _plan(
        code="pathway-plan-under-15",
        title="Pathway plan or assessment is of a child under 15",
        advice="Check the date of birth and the date of the plan.",
        fails=_p.age_done < 15,
        shows=("kind", "done_on", "born_on"),
        needs=("pathway_plans.done_on", "children.born_on"),
    ),
    _plan(
        code="pathway-review-without-plan",
        title="Pathway plan was reviewed before there was one",
        advice="Record the plan that was reviewed, or correct the kind of the record.",
        fails=(_p.kind == "review") & ~_p.has_plan_before,
        shows=("kind", "done_on"),
        needs=("pathway_plans.kind", "pathway_plans=plan"),
    ),
    _plan(
        code="pathway-plan-recorded-twice",
        title="Two pathway records of one kind are dated on one day",
        advice="Keep one of them.",
        fails=_p.is_twice,
        shows=("pathway_plan_id", "kind", "done_on"),
        needs=("pathway_plans.done_on", "pathway_plans.kind"),
    ),
)  # fmt: skip
