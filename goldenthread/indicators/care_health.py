"""Health and education of looked-after children: are checks and personal education plans up to date?"""

import ibis

from goldenthread.calendar import days_after, days_between, months_after
from goldenthread.indicators.part import mean, proportion
from goldenthread.populations.care import care_started, looked_after_state
from goldenthread.settings import parameter

_child = looked_after_state.table
_year_before = months_after(_child.ends_on, -12)
_a_year_in_care = _child.ends_on >= months_after(_child.started_on, 12)

_by_age = parameter("pep_ages") == "3-18"
_is_of_age = _by_age.ifelse(_child.age.between(3, 17), _child.is_of_school_age)
_in_care_for = _child.ends_on_working_day - _child.started_on_working_day
_is_new = _in_care_for <= parameter("pep_initial_wd")
_age_unknown = _child.age.isnull() & ~_child.is_not_yet_born

# Plans are current since the first day of the term before; for half a year where no terms were entered.
by_term = parameter("pep_currency") == "term"
PEP_DAYS = 183
_of_term = by_term.ifelse(_child.peps_of_term_since, ibis.null("date"))
_current_since = ibis.coalesce(_of_term, days_after(_child.ends_on, -PEP_DAYS))

LAC_09 = proportion(
    looked_after_state,
    _child.last_pep_on >= _current_since,
    where=_is_of_age.fill_null(False) | _age_unknown,
    not_due={"Looked after too short a time for a plan.": _is_new},
    unknown={"The child's date of birth is not known.": _age_unknown},
    clock=_of_term.isnull().ifelse("days", "terms"),
    elapsed=days_between(_child.last_pep_on, _child.ends_on),
    clock_start=_child.last_pep_on,
    clock_stop=_child.ends_on,
    told={"since": _current_since},
    words={
        "met": "The last plan was made on {clock_start}; those made since {since} are current.",
        "not_met": "No plan was made since {since}.",
    },
)

_start = care_started.table
_to_check = _start.first_health_on_working_day - _start.started_on_working_day
_since = _start.as_at_on_working_day - _start.started_on_working_day
_limit = parameter("iha_limit_wd")

LAC_10 = proportion(
    care_started,
    _to_check <= _limit,
    where=(_start.health_due_on <= _start.as_at_on)
    & (_start.ended_on.isnull() | (_start.ended_on >= _start.health_due_on)),
    done=_start.first_health_on.notnull(),
    not_due={"Not done, and due only now.": _start.first_health_on.isnull() & (_since <= _limit)},
    clock="working_days",
    elapsed=ibis.coalesce(_to_check, _since),
    clock_start=_start.started_on,
    clock_stop=_start.first_health_on,
    words={
        "in_time": "Assessed after {working_days} working days.",
        "late": "Assessed after {working_days} working days, over the limit.",
        "overdue": "Not assessed after {working_days} working days.",
    },
)

_is_under_5 = (_child.age < 5).fill_null(False)
_recent = _child.last_health_on > _year_before
_half_year = _child.last_health_on > months_after(_child.ends_on, -6)
_twice = _recent & (_child.health_before_on > _year_before)


def _check(achieved: ibis.Value, last: ibis.Value, what: str) -> object:
    return proportion(
        looked_after_state,
        achieved,
        where=_a_year_in_care,
        clock="days",
        elapsed=days_between(last, _child.ends_on),
        clock_start=last,
        clock_stop=_child.ends_on,
        words={"met": f"The last {what} was {{days}} days before.", "not_met": f"No {what} in time."},
    )


LAC_11 = _check(
    _is_under_5.ifelse(_half_year.fill_null(False) | _twice.fill_null(False), _recent),
    _child.last_health_on,
    "health assessment",
)
LAC_12 = _check(_child.last_dental_on > _year_before, _child.last_dental_on, "dental check")
LAC_13 = proportion(
    looked_after_state,
    _child.immunisation_result == "completed",
    where=_a_year_in_care,
    words={"met": "Immunisations are up to date.", "not_met": "Immunisations are not up to date."},
)

_has_score = (_child.last_sdq_on > _year_before).fill_null(False)
_of_sdq_age = _a_year_in_care & (_child.age.between(4, 16).fill_null(False) | _age_unknown)
_no_age = {"The child's date of birth is not known.": _age_unknown}
LAC_20 = proportion(
    looked_after_state,
    _has_score,
    where=_of_sdq_age,
    unknown=_no_age,
    is_judged=False,
    words={"counted": "Counted among the children who should have a score."},
)
_mean_score = mean(
    looked_after_state,
    total=_child.sdq_score,
    code="mean_score",
    where=_of_sdq_age & _has_score,
    unknown=_no_age,
    words={"counted": "A score of the last year."},
)

PARTS = {
    "LAC-09": LAC_09,
    "LAC-10": LAC_10,
    "LAC-11": LAC_11,
    "LAC-12": LAC_12,
    "LAC-13": LAC_13,
    "LAC-20": (LAC_20, _mean_score),
}
