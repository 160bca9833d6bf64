"""Where a return cannot say what a rule asks, its route says what is counted in its place.

`ROUTES` holds, for an indicator and the profile of a route, the parts worked out on that route
instead of the usual ones; or in words why the route is not offered.
"""

from collections.abc import Mapping

import ibis

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import Part, count, mean, proportion
from goldenthread.populations.adoption import outcome_cohort
from goldenthread.populations.annex_a import (
    UNKNOWN,
    YES,
    care_started_listed,
    cin_plans_listed,
    looked_after_listed,
)
from goldenthread.populations.care import looked_after_state
from goldenthread.populations.contacts import contacts_received
from goldenthread.populations.cp_plans import plans_open
from goldenthread.settings import parameter

_plan = plans_open.table
_child = looked_after_state.table
_listed = looked_after_listed.table

CP_10 = proportion(
    plans_open,
    _plan.ends_on <= months_after(_plan.last_review_on, 6),
    where=_plan.ends_on > months_after(_plan.started_on, 3),
    clock="days",
    elapsed=days_between(_plan.last_review_on, _plan.ends_on),
    clock_start=_plan.last_review_on,
    clock_stop=_plan.ends_on,
    words={"met": "The latest review is current.", "not_met": "No review in the last six months."},
)

_seen = cin_plans_listed.table
_interval = parameter("cin_visit_interval_days")
CIN_04 = proportion(
    cin_plans_listed,
    _seen.days <= _interval,
    not_due={"A new case, not seen yet.": _seen.last_visit_on.isnull() & (_seen.days_open <= _interval)},
    clock="days",
    elapsed=_seen.days,
    clock_start=_seen.last_visit_on,
    clock_stop=_seen.ends_on,
    words={"met": "Seen {days} days before.", "not_met": "Not seen in time."},
)

_waited = _child.ends_on_working_day - _child.started_on_working_day
LAC_02 = proportion(
    looked_after_state,
    _child.last_review_on.isnull().ifelse(
        _waited <= parameter("first_review_wd"), _child.ends_on <= months_after(_child.last_review_on, 6)
    ),
    clock="days",
    elapsed=days_between(ibis.coalesce(_child.last_review_on, _child.started_on), _child.ends_on),
    clock_start=ibis.coalesce(_child.last_review_on, _child.started_on),
    clock_stop=_child.ends_on,
    words={"met": "No review is overdue.", "not_met": "A review is overdue."},
)

LAC_14 = proportion(
    looked_after_state,
    _child.placements_12m >= 3,
    unknown={"The number of placements is not recorded.": _child.placements_12m.isnull()},
    words={"met": "Fewer than three placements.", "not_met": "Three or more placements in a year."},
)

_checked = _child.midpoint_on < months_after(_child.last_review_on, 6)
LAC_27 = tuple(
    proportion(
        looked_after_state,
        _checked,
        code=code,
        where=_child.last_review_on.notnull(),
        not_due={
            "The middle between two reviews is not yet past.": _child.ends_on
            <= months_after(_child.last_review_on, parameter("midpoint_months"))
        },
        clock_start=_child.last_review_on,
        clock_stop=_child.midpoint_on,
        words={"met": "Checked between reviews.", "not_met": "No check between reviews."},
    )
    for code in ("", "lac")
)

LAC_29 = proportion(
    care_started_listed,
    care_started_listed.table.is_second == YES,
    words={
        "met": "Not back within a year of leaving care.",
        "not_met": "Back within a year of leaving care.",
    },
)


def _episodes(code: str, number: ibis.Value) -> Part:
    return count(
        looked_after_listed,
        code=code,
        where=number > 0,
        numerator=number,
        words={"met": "A looked-after child with episodes in twelve months."},
    )


MX_01 = (
    _episodes("", _listed.missing_12m + _listed.absent_12m),
    _episodes("missing_care", _listed.missing_12m),
    _episodes("away_care", _listed.absent_12m),
)

_went_missing = _listed.missing_12m > 0
_no_answer = "Whether this happened is not recorded."


def _is_unknown(answer: ibis.Value) -> ibis.Value:
    return answer.isnull() | (answer == UNKNOWN)


MX_02 = proportion(
    looked_after_listed,
    _listed.is_offered == YES,
    where=_went_missing,
    unknown_in={_no_answer: _is_unknown(_listed.is_offered)},
    words={"met": "An interview was offered.", "not_met": "No interview was offered."},
)
MX_04 = (
    # List 8 does not say whether an interview took place.
    proportion(looked_after_listed, _went_missing, needs=("missing_episodes.rhi_completed_at",)),
    proportion(
        looked_after_listed,
        _listed.is_offered == YES,
        code="offered",
        where=_went_missing,
        words={"met": "Offered.", "not_met": "Not offered."},
    ),
    proportion(
        looked_after_listed,
        _listed.is_accepted == YES,
        code="accepted",
        where=_went_missing & (_listed.is_offered == YES),
        words={"met": "Accepted.", "not_met": "Not accepted."},
    ),
)

_outcome = outcome_cohort.table


def _said(answer: ibis.Value, met: str, not_met: str) -> Part:
    return proportion(outcome_cohort, answer, words={"met": met, "not_met": not_met})


_has_score = _outcome.sdq_score.notnull()
_of_sdq_age = _outcome.age.between(4, 16).fill_null(False)

ROUTES: Mapping[tuple[str, str], Part | tuple[Part, ...] | str] = {
    ("FD-05", "annex_a"): count(contacts_received, words={"met": "A contact received."}),
    ("AS-09", "cin_census"): "assessments.is_services_required, which the census does not hold",
    ("CP-10", "annex_a"): CP_10,
    ("CIN-04", "annex_a"): CIN_04,
    ("CIN-08", "annex_a"): "workbooks of two dates, read side by side, which is not built",
    ("LAC-02", "annex_a"): LAC_02,
    ("LAC-11", "ssda903"): _said(_outcome.has_health_assessment, "Assessed.", "Not assessed in the year."),
    ("LAC-12", "ssda903"): _said(_outcome.has_teeth_check, "Teeth were checked.", "Teeth were not checked."),
    ("LAC-13", "ssda903"): _said(_outcome.has_immunisations, "Up to date.", "Not up to date."),
    ("LAC-14", "annex_a"): LAC_14,
    ("LAC-20", "ssda903"): (
        proportion(outcome_cohort, _has_score, where=_of_sdq_age, is_judged=False),
        mean(
            outcome_cohort,
            total=_outcome.sdq_score,
            code="mean_score",
            where=_of_sdq_age & _has_score,
            words={"counted": "A score of the year."},
        ),
    ),
    ("LAC-27", "annex_a"): LAC_27,
    ("LAC-29", "annex_a"): LAC_29,
    ("MX-01", "annex_a"): MX_01,
    ("MX-02", "annex_a"): MX_02,
    ("MX-04", "annex_a"): MX_04,
}
