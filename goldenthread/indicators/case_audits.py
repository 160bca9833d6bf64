"""Case audits: done as planned, how graded, moderated alike, put right; and is every case reviewed?"""

import ibis

from goldenthread.calendar import days_between
from goldenthread.indicators.part import Part, coded, proportion
from goldenthread.populations.case_audits import (
    audits_moderated,
    case_audits_completed,
    case_audits_scheduled,
    inadequate_audits,
    observations_scheduled,
)
from goldenthread.populations.case_reviews import case_review_cohort
from goldenthread.settings import parameter

_planned = case_audits_scheduled.table
_is_done = _planned.completed_on.notnull()
_still_to_come = {"Not done, and not yet overdue.": ~_is_done & (_planned.due_on >= _planned.as_at_on)}

QA_01 = (
    proportion(
        case_audits_scheduled,
        _is_done,
        not_due=_still_to_come,
        words={"met": "Completed.", "not_met": "Not completed, and overdue."},
    ),
    proportion(
        case_audits_scheduled,
        _planned.completed_on <= _planned.due_on,
        code="on_time",
        not_due=_still_to_come,
        words={"met": "Completed by the day it was due.", "not_met": "Not completed by the day it was due."},
    ),
)

_graded = case_audits_completed.table
_is_targeted = _graded.selection == "targeted"
_no_grade = {"No grade is recorded.": _graded.final_grade.isnull()}
_GOOD = ["good", "outstanding"]


def _of_grade(code: str, *grades: str, said: str) -> Part:
    """The share of grades among case audits of cases that were not chosen for a reason."""
    return proportion(
        case_audits_completed,
        _graded.final_grade.isin(grades or [code]),
        code=code,
        excluded={"Chosen for a reason: never mixed with those chosen at random.": _is_targeted},
        unknown=_no_grade,
        words={"met": f"Graded {said}.", "not_met": f"Not graded {said}."},
    )


_good = _of_grade("", *_GOOD, said="good or outstanding")
QA_02 = (
    _good,
    _of_grade("outstanding", said="outstanding"),
    _of_grade("good", said="good"),
    _of_grade("requires_improvement", said="requires improvement"),
    _of_grade("inadequate", said="inadequate"),
    coded(_good, "targeted", where=_is_targeted, excluded={}),
)

_wrong = inadequate_audits.table
_plan_limit, _again_limit = parameter("remedial_wd"), parameter("reaudit_days")
_plan_wait = ibis.coalesce(_wrong.remedial_completed_on_working_day, _wrong.as_at_on_working_day)
_plan_taken = _plan_wait - _wrong.completed_on_working_day
_again_taken = days_between(_wrong.completed_on, ibis.coalesce(_wrong.repeated_on, _wrong.as_at_on))
_both_done = _wrong.remedial_completed_on.notnull() & _wrong.repeated_on.notnull()
_both_in_time = (_plan_taken <= _plan_limit) & (_again_taken <= _again_limit)
_all_days = days_between(_wrong.completed_on, _wrong.as_at_on)
_last_day = _both_done.ifelse(
    ibis.greatest(_wrong.remedial_completed_on, _wrong.repeated_on), ibis.null("date")
)

QA_03 = proportion(
    inadequate_audits,
    _both_in_time,
    done=_both_done,
    not_due={"Still inside both limits.": ~_both_done & _both_in_time & (_all_days <= _again_limit)},
    clock="days",
    elapsed=days_between(_wrong.completed_on, ibis.coalesce(_last_day, _wrong.as_at_on)),
    clock_start=_wrong.completed_on,
    clock_stop=_last_day,
    told={"plan": _plan_taken, "again": _again_taken},
    words={
        "in_time": "Plan recorded after {plan} working days, looked at again after {again} days.",
        "late": "Plan recorded after {plan} working days, looked at again after {again} days: too late.",
        "overdue": "The plan or the second look is missing, or came too late.",
    },
)

_moderated = audits_moderated.table
QA_08 = proportion(
    audits_moderated,
    _moderated.grade == _moderated.moderated_grade,
    words={"met": "Both gave the same grade.", "not_met": "The moderation gave another grade."},
)

_watched = observations_scheduled.table
QA_10 = proportion(
    observations_scheduled,
    _watched.completed_on.notnull(),
    not_due={
        "Not yet done; its day has not passed.": _watched.completed_on.isnull()
        & (_watched.scheduled_on >= _watched.as_at_on)
    },
    words={"met": "Completed.", "not_met": "Not completed."},
)

_case = case_review_cohort.table
_is_closed = _case.closed_on <= _case.ends_on
CIN_10 = proportion(
    case_review_cohort,
    _case.reviewed_on <= _case.ends_on,
    excluded={
        "Closed before the case was reviewed.": _is_closed
        & (_case.reviewed_on.isnull() | (_case.reviewed_on > _case.closed_on))
    },
    words={"met": "Reviewed in the exercise.", "not_met": "Not yet reviewed."},
)

PARTS = {
    "QA-01": QA_01,
    "QA-02": QA_02,
    "QA-03": QA_03,
    "QA-08": QA_08,
    "QA-10": QA_10,
    "CIN-10": CIN_10,
}
