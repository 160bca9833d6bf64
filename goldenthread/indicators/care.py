"""Looked-after children: how many, are they visited and reviewed in time, and who looks after them?"""

import ibis

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import coded, proportion, rate
from goldenthread.populations.care import (
    care_ceased,
    care_left,
    care_started,
    care_started_children,
    looked_after_state,
    with_midpoint,
)
from goldenthread.populations.care_reviews import care_reviews_due, permanence_due
from goldenthread.populations.cp_plans import plans_open
from goldenthread.populations.population import Population
from goldenthread.populations.worker_changes import children_and_their_workers
from goldenthread.settings import parameter

_child = looked_after_state.table

LAC_01 = rate(looked_after_state, words={"met": "A looked-after child."})

_due = care_reviews_due.table
LAC_02 = proportion(
    care_reviews_due,
    _due.is_due_in_time,
    done=_due.next_on.notnull(),
    excluded={"No review fell due in the period.": _due.due_on.isnull()},  # by child only
    not_due={"The review is not yet due.": _due.next_on.isnull() & (_due.as_at_on <= _due.due_on)},
    # The first review is due in working days, the later ones in months.
    clock=(_due.number == 0).ifelse("working_days", "days"),
    elapsed=(_due.number == 0).ifelse(
        ibis.coalesce(_due.next_on_working_day, _due.as_at_on_working_day) - _due.anchor_on_working_day,
        days_between(_due.anchor_on, ibis.coalesce(_due.next_on, _due.as_at_on)),
    ),
    clock_start=_due.anchor_on,
    clock_stop=_due.next_on,
    words={
        "in_time": "Reviewed by the due date.",
        "late": "Reviewed after the due date.",
        "overdue": "The review is overdue.",
    },
)

_started = care_started.table
LAC_03 = (
    rate(care_started_children, words={"met": "Became looked after."}),
    rate(care_ceased, code="ceased", words={"met": "Left care."}),
)

LAC_04 = proportion(
    looked_after_state,
    _child.ends_on <= _child.visit_due_on,
    where=days_between(_child.started_on, _child.ends_on) > parameter("lac_visit_first_days"),
    clock="days",
    elapsed=days_between(ibis.coalesce(_child.last_visit_on, _child.since_on), _child.ends_on),
    clock_start=ibis.coalesce(_child.last_visit_on, _child.since_on),
    clock_stop=_child.ends_on,
    words={
        "met": "Visited, or placed, {days} days before: the next visit is not overdue.",
        "not_met": "No visit in time: the last visit or the placement was {days} days before.",
    },
)

_plan_on = ibis.coalesce(_child.latest_care_plan_on, _child.first_care_plan_on)
_in_care_for = _child.ends_on_working_day - _child.started_on_working_day
_to_first_plan = _child.first_care_plan_on_working_day - _child.started_on_working_day
LAC_07 = proportion(
    looked_after_state,
    _child.ends_on <= months_after(_plan_on, 6),
    where=_in_care_for > parameter("care_plan_wd"),
    words={"met": "The care plan is up to date.", "not_met": "No care plan of the last six months."},
)
_first_in_time = coded(
    LAC_07,
    "first_in_time",
    achieved=_child.first_care_plan_on.notnull()
    & ((_child.first_care_plan_on < _child.started_on) | (_to_first_plan <= parameter("care_plan_wd"))),
    words={
        "met": "The first care plan was in time.",
        "not_met": "The first care plan was late or is missing.",
    },
)

_needed = permanence_due.table
LAC_18 = proportion(
    permanence_due,
    _needed.permanence_plan_on <= _needed.limit_on,
    words={"met": "A permanence plan was made in time.", "not_met": "No permanence plan in time."},
)

_left = care_left.table
_reasons = {
    "": ["E11", "E12"],
    "special_guardianship": [f"E4{number}" for number in range(3, 9)],
    "child_arrangements": ["E41"],
    "home_planned": ["E4A"],
    "home_unplanned": ["E4B"],
}
LAC_19 = (
    *(
        proportion(
            care_left,
            _left.end_reason.isin(codes),
            code=code,
            words={"met": "Left care for this reason.", "not_met": "Left care for another reason."},
        )
        for code, codes in _reasons.items()
    ),
    proportion(
        care_left,
        _left.end_reason.isnull(),
        code="not_recorded",
        words={"met": "The reason is not recorded.", "not_met": "The reason is recorded."},
    ),
)

LAC_21 = proportion(
    children_and_their_workers,
    children_and_their_workers.social_workers >= 3,
    words={
        "met": "Fewer than three social workers in a year.",
        "not_met": "Three or more social workers in a year.",
    },
)

LAC_23 = proportion(
    looked_after_state,
    _child.is_uasc,
    unknown_in={"Whether the child is unaccompanied is not recorded.": _child.is_uasc.isnull()},
    words={"met": "An unaccompanied asylum-seeking child.", "not_met": "Not unaccompanied."},
)


def _with_checks(population: Population, name: str, about: str) -> Population:
    return Population(
        name=name, about=about, rows=with_midpoint(population.table).mutate(key=ibis.literal(""))
    )


plans_checked = _with_checks(
    plans_open, "plans_checked", "cpp(RD) with the chair's check since the last review conference."
)


def _midpoint(population: Population, code: str, *, where: ibis.Value) -> object:
    rows = population.table
    next_due = months_after(rows.last_review_on, 6)
    # A check after the next review was due is not one between two reviews.
    checked_on = (rows.midpoint_on < next_due).ifelse(rows.midpoint_on, ibis.null("date"))
    return proportion(
        population,
        checked_on.notnull(),
        code=code,
        where=where,
        not_due={
            "The middle between two reviews is not yet past.": rows.ends_on
            <= months_after(rows.last_review_on, parameter("midpoint_months"))
        },
        clock="days",
        elapsed=days_between(rows.last_review_on, ibis.coalesce(checked_on, rows.ends_on)),
        clock_start=rows.last_review_on,
        clock_stop=checked_on,
        words={"met": "Checked between reviews.", "not_met": "No check between reviews."},
    )


_on_cycle = _child.last_review_on.notnull() & (_child.reviews_held >= 2)
LAC_27 = (
    _midpoint(looked_after_state, "", where=_on_cycle),
    _midpoint(looked_after_state, "lac", where=_on_cycle),
    _midpoint(plans_checked, "cp", where=plans_checked.table.last_review_on.notnull()),
)

LAC_29 = proportion(
    care_started,
    _started.has_returned,
    words={
        "met": "Not back within a year of leaving care.",
        "not_met": "Back within a year of leaving care.",
    },
)

PARTS = {
    "LAC-01": LAC_01,
    "LAC-02": LAC_02,
    "LAC-03": LAC_03,
    "LAC-04": LAC_04,
    "LAC-07": (LAC_07, _first_in_time),
    "LAC-18": LAC_18,
    "LAC-19": LAC_19,
    "LAC-21": LAC_21,
    "LAC-23": LAC_23,
    "LAC-27": LAC_27,
    "LAC-29": LAC_29,
}
