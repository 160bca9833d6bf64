"""Children in need: do they have a plan, is it reviewed, are they seen, and how do cases end?"""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import ManyParts, Part, count, proportion, rate
from goldenthread.populations.children import children_in_need
from goldenthread.populations.cin_meetings import cin_meetings_due
from goldenthread.populations.current_plans import children_and_plans
from goldenthread.populations.in_need import (
    cin_plans_open,
    episodes_closed,
    episodes_closed_before,
    episodes_open,
)
from goldenthread.populations.status_changes import status_changes
from goldenthread.settings import parameter, supplied

_episode = episodes_open.table

CIN_01 = rate(episodes_open, words={"met": "An open episode of need."})

_in_need = children_in_need.table

CIN_02 = proportion(
    children_in_need,
    _in_need.cin_started_on.notnull(),
    not_due={"Still in assessment, and inside the days allowed for it.": ~_in_need.is_past_assessment},
    words={"met": "Has a child in need plan.", "not_met": "Has no child in need plan."},
)

_plan = cin_plans_open.table
_reviewed_from = ibis.coalesce(_plan.last_review_on, _plan.started_on)
_review_months = parameter("cin_review_months")
_never_due = _plan.last_review_on.isnull() & (_plan.ends_on < months_after(_plan.started_on, _review_months))

CIN_03 = proportion(
    cin_plans_open,
    _plan.ends_on <= months_after(_reviewed_from, _review_months),
    not_due={
        "Never reviewed, and the plan is too new for a review.": _never_due
        & ~parameter("cin_review_include_not_due")
    },
    clock="days",
    elapsed=days_between(_reviewed_from, _plan.ends_on),
    clock_start=_reviewed_from,
    clock_stop=_plan.ends_on,
    words={
        "met": "Reviewed, or the plan begun, on {clock_start}: in time.",
        "not_met": "No review since {clock_start}.",
    },
)

_visit_limit = parameter("cin_visit_interval_days")
_since_visit = days_between(_plan.last_visit_on, _plan.ends_on)
_is_new = days_between(_plan.started_on, _plan.ends_on) <= _visit_limit

CIN_04 = proportion(
    cin_plans_open,
    _since_visit <= _visit_limit,
    not_due={"The plan is new and no visit is due yet.": _plan.last_visit_on.isnull() & _is_new},
    clock="days",
    elapsed=_since_visit,
    clock_start=_plan.last_visit_on,
    clock_stop=_plan.ends_on,
    told={"last": ibis.coalesce(_plan.last_visit_on.cast("string"), "never")},
    words={"met": "Seen {days} days before.", "not_met": "Not seen in time; last seen: {last}."},
)


def _lengths(start: ir.DateValue, stop: ir.DateValue) -> dict[str, ir.BooleanValue]:
    """The bands of how long an episode has lasted, and the open-ended ones."""
    months = {number: months_after(start, number) for number in (3, 6, 12, 24)}
    return {
        "m6": stop >= months[6],
        "m12": stop >= months[12],
        "m24": stop >= months[24],
        "up_to_m3": stop <= months[3],
        "m3_to_m6": (stop > months[3]) & (stop <= months[6]),
        "m6_to_m12": (stop > months[6]) & (stop < months[12]),
        "m12_to_m24": (stop >= months[12]) & (stop < months[24]),
    }


_open_for = _lengths(_episode.received_on, _episode.ends_on)
_open_for[""] = _open_for.pop("m6")

CIN_05 = tuple(
    count(
        episodes_open,
        _open_for[code],
        code=code,
        clock="days",
        elapsed=_episode.days,
        clock_start=_episode.received_on,
        clock_stop=_episode.ends_on,
        words={"met": "Open for {days} days.", "not_met": "Open for {days} days."},
    )
    for code in ("", "m12", "m24", "up_to_m3", "m3_to_m6", "m6_to_m12", "m12_to_m24")
)

_meeting = cin_meetings_due.table
_not_held = _meeting.next_on.isnull()

CIN_06 = proportion(
    cin_meetings_due,
    _meeting.next_on <= _meeting.due_on,
    done=_meeting.next_on.notnull(),
    not_due={
        "Due on the very day of the data, and not yet held.": _not_held
        & (_meeting.as_at_on <= _meeting.due_on)
    },
    clock=_meeting.is_first.ifelse("working_days", "days"),
    elapsed=_meeting.is_first.ifelse(_meeting.working_days, _meeting.days),
    clock_start=_meeting.anchor_on,
    clock_stop=_meeting.next_on,
    told={"due": _meeting.due_on},
    words={
        "in_time": "Due by {due} and held on {clock_stop}.",
        "late": "Due by {due} but held on {clock_stop}.",
        "overdue": "Due by {due} and not held.",
    },
)

_closed = episodes_closed.table
_reason = ibis.coalesce(_closed.close_reason, "not_recorded")


def _closing(achieved: ir.BooleanValue | None, code: str) -> Part:
    words = "Closed after {open_for} days."
    return count(
        episodes_closed,
        achieved,
        code=code,
        told={"open_for": _closed.days},
        words={"met": words, "not_met": words},
    )


_closed_after = _lengths(_closed.received_on, _closed.closed_on)

CIN_07 = (
    _closing(None, ""),
    ManyParts(
        name="<close_reason>",
        of=episodes_closed,
        codes=_reason,
        part=lambda code: _closing(_reason == code, code),
    ),
    *[
        _closing(_closed_after[code], code)
        for code in ("up_to_m3", "m3_to_m6", "m6_to_m12", "m12_to_m24", "m24")
    ],
)

_change = status_changes.table


def _moved(before: str, after: str, code: str, words: str) -> Part:
    return count(
        status_changes,
        _change.became == after,
        code=code,
        where=_change.status == before,
        told={"changed": _change.changes_on},
        words={"met": words + " on {changed}.", "not_met": "Made no such move, or another one first."},
    )


CIN_08 = (
    _moved("cin", "cp", "", "From in need to a protection plan"),
    _moved("cin", "looked_after", "cin_to_lac", "From in need to being looked after"),
    _moved("cp", "cin", "cp_to_cin", "From a protection plan to in need"),
    _moved("looked_after", "cin", "lac_to_cin", "From being looked after to in need"),
)

_open = children_and_plans.table
# A kind of plan that the extracts do not tell of is left out, not failed.
_can_tell = ibis.cases(
    (_open.type == "looked_after", supplied("care_periods.first_care_plan_on")),
    (_open.type == "care_leaver", supplied("pathway_plans")),
    else_=True,
)

CIN_09 = count(
    children_and_plans,
    ~_open.has_plan,
    where=_can_tell,
    not_due={"Newly looked after, or still in assessment: no plan is due yet.": _open.type == "none"},
    partial_without={
        "care_periods.first_care_plan_on": (
            "care_periods.csv has no first_care_plan_on, so looked-after children are left out"
        ),
        "care_leaver_statuses": "care_leaver_statuses.csv is missing, so care leavers are left out",
        "pathway_plans": "pathway_plans.csv is missing, so care leavers are left out",
    },
    words={"met": "Has the plan that is due.", "not_met": "Has no current plan."},
)

_earlier = episodes_closed_before.table

CIN_11 = proportion(
    episodes_closed_before,
    _earlier.next_referral_on <= months_after(_earlier.closed_on, 12),
    told={"closed": _earlier.closed_on, "referred": _earlier.next_referral_on},
    words={
        "met": "Closed on {closed} and not referred again within twelve months.",
        "not_met": "Closed on {closed} and referred again on {referred}.",
    },
)

PARTS = {
    "CIN-01": CIN_01,
    "CIN-02": CIN_02,
    "CIN-03": CIN_03,
    "CIN-04": CIN_04,
    "CIN-05": CIN_05,
    "CIN-06": CIN_06,
    "CIN-07": CIN_07,
    "CIN-08": CIN_08,
    "CIN-09": CIN_09,
    "CIN-11": CIN_11,
}
