"""Early help: is help given early, by a named person, and do families then manage without social care?"""

import ibis

from goldenthread.calendar import days_between
from goldenthread.indicators.part import coded, count, proportion, rate
from goldenthread.populations.early_help import (
    early_help_assessed,
    early_help_assessments_completed,
    early_help_assessments_started,
    early_help_closed,
    early_help_closed_a_year_before,
    early_help_families,
    early_help_open,
    edge_of_care_supported,
    referrals_stepped,
)
from goldenthread.populations.workers import is_placeholder
from goldenthread.settings import parameter

EH_01 = (
    rate(early_help_assessments_started, words={"met": "An assessment began."}),
    rate(early_help_assessments_completed, code="completed", words={"met": "An assessment was completed."}),
)

_assessed = early_help_assessed.table
_done_on = _assessed.assessment_completed_on
_taken = _assessed.assessment_completed_on_working_day - _assessed.assessment_started_on_working_day
_waited = _assessed.as_at_on_working_day - _assessed.assessment_started_on_working_day

EH_02 = proportion(
    early_help_assessed,
    _taken <= parameter("eha_limit_wd"),
    done=_done_on.notnull(),
    unknown={
        "The start is not recorded.": _assessed.assessment_started_on.isnull(),
        "Completed before it started.": _done_on < _assessed.assessment_started_on,
    },
    clock="working_days",
    elapsed=ibis.coalesce(_taken, _waited),
    clock_start=_assessed.assessment_started_on,
    clock_stop=_done_on,
    words={
        "in_time": "Completed after {working_days} working days.",
        "late": "Completed after {working_days} working days, over the limit.",
        "overdue": "Not completed after {working_days} working days.",
    },
)

_open = early_help_open.table
EH_03 = proportion(
    early_help_open,
    _open.lead_professional.notnull() & ~is_placeholder(_open.lead_professional),
    words={"met": "A lead professional is named.", "not_met": "No lead professional is named."},
)

_family = early_help_families.table
EH_04 = count(
    early_help_families,
    _family.criteria_met >= parameter("criteria_min"),
    unknown={"None of the six criteria is recorded.": ~_family.is_recorded},
    words={"met": "Enough criteria hold.", "not_met": "Too few criteria hold."},
)

_closed = early_help_closed.table
_stepped = referrals_stepped.table
_still_open = "The window for a link is still open."
EH_05_UP = proportion(
    early_help_closed,
    (_closed.end_reason == "step_up") & _closed.is_linked,
    not_due={_still_open: ~_closed.is_linked & ~_closed.is_window_over},
    words={"met": "Stepped up, and a referral followed.", "not_met": "No step up with a referral."},
)
_down_reasons = _stepped.close_reason.isnull() | _stepped.close_reason.isin(["RC7", "RC8", "RC9"])
EH_05_DOWN = proportion(
    referrals_stepped,
    _down_reasons & _stepped.is_linked,
    code="step_down",
    not_due={_still_open: ~_stepped.is_linked & ~_stepped.is_window_over},
    words={"met": "Early help followed.", "not_met": "No early help followed."},
)

EH_06 = proportion(
    early_help_closed,
    _closed.end_reason == "needs_met",
    unknown={"Why it ended is not recorded.": _closed.end_reason.isnull()},
    words={"met": "Closed with needs met.", "not_met": "Closed for another reason."},
)

_back = early_help_closed_a_year_before.table
EH_07 = proportion(
    early_help_closed_a_year_before,
    _back.is_referred,
    words={"met": "Not referred within a year.", "not_met": "Referred to social care within a year."},
)

_edge = edge_of_care_supported.table
SUF_02 = proportion(
    edge_of_care_supported,
    ~(_edge.entered_care_on <= _edge.limit_on).fill_null(False),
    clock="days",
    elapsed=days_between(_edge.started_on, ibis.coalesce(_edge.entered_care_on, _edge.as_at_on)),
    clock_start=_edge.started_on,
    clock_stop=_edge.entered_care_on,
    words={"met": "Still at home after six months.", "not_met": "Came into care within six months."},
)

PARTS = {
    "EH-01": EH_01,
    "EH-02": EH_02,
    "EH-03": EH_03,
    "EH-04": EH_04,
    "EH-05": (
        EH_05_UP,
        coded(EH_05_UP, "step_up"),
        EH_05_DOWN,
        coded(EH_05_DOWN, "step_down_rc9", where=_stepped.close_reason == "RC9"),
    ),
    "EH-06": EH_06,
    "EH-07": EH_07,
    "SUF-02": SUF_02,
}
