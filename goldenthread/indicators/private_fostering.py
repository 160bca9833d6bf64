"""Private fostering: are children who live with others visited and assessed in time?"""

import ibis

from goldenthread.calendar import months_after
from goldenthread.indicators.part import count, proportion
from goldenthread.populations.private_fostering import arrangements_notified, arrangements_open
from goldenthread.settings import parameter

_new = arrangements_notified.table
_limit = parameter("pf_visit_wd")
_to_visit = _new.first_visit_on_working_day - _new.notified_on_working_day
_waited = _new.as_at_on_working_day - _new.notified_on_working_day
_lasted = _new.ended_on_working_day - _new.notified_on_working_day
_no_visit = _new.first_visit_on.isnull()

PF_02 = proportion(
    arrangements_notified,
    _to_visit <= _limit,
    done=_new.first_visit_on.notnull(),
    where=~(_no_visit & (_lasted <= _limit)).fill_null(False),
    not_due={"Not visited yet, still inside the limit.": _no_visit & (_waited <= _limit)},
    clock="working_days",
    elapsed=ibis.coalesce(_to_visit, _waited),
    clock_start=_new.notified_on,
    clock_stop=_new.first_visit_on,
    words={
        "in_time": "Visited after {working_days} working days.",
        "late": "Visited after {working_days} working days, over the limit.",
        "overdue": "Not visited after {working_days} working days.",
    },
)

_to_assessment = _new.assessment_completed_on_working_day - _new.notified_on_working_day
_assessment_limit = parameter("pf_assessment_wd")
_not_assessed = _new.assessment_completed_on.isnull()
PF_04 = proportion(
    arrangements_notified,
    _to_assessment <= _assessment_limit,
    done=_new.assessment_completed_on.notnull(),
    unknown={"Assessed before the notification.": _new.assessment_completed_on < _new.notified_on},
    not_due={"Not assessed yet, still inside the limit.": _not_assessed & (_waited <= _assessment_limit)},
    clock="working_days",
    elapsed=ibis.coalesce(_to_assessment, _waited),
    clock_start=_new.notified_on,
    clock_stop=_new.assessment_completed_on,
    words={
        "in_time": "Assessed after {working_days} working days.",
        "late": "Assessed after {working_days} working days, over the limit.",
        "overdue": "Not assessed after {working_days} working days.",
    },
)

_open = arrangements_open.table
_is_first_year = _open.ends_on < months_after(_open.notified_on, 12)
PF_03 = proportion(
    arrangements_open,
    _open.days <= _is_first_year.ifelse(parameter("pf_year1_days"), parameter("pf_later_days")),
    clock="days",
    elapsed=_open.days,
    clock_start=_open.since_on,
    clock_stop=_open.ends_on,
    words={"met": "Visited, or notified, {days} days before.", "not_met": "No visit for {days} days."},
)

PARTS = {
    "PF-01": (
        count(arrangements_notified, words={"met": "An arrangement was notified."}),
        count(arrangements_open, code="open", words={"met": "An open arrangement."}),
    ),
    "PF-02": PF_02,
    "PF-03": PF_03,
    "PF-04": PF_04,
}
