"""Assessments: are they finished in time, is the child seen, and what do they find?"""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.indicators.part import ManyParts, Part, coded, count, proportion, rate, statistic
from goldenthread.populations.assessments import (
    assessments_authorised,
    assessments_checked,
    assessments_due,
    assessments_open,
    assessments_visited,
)
from goldenthread.settings import parameter

_limit = parameter("assessment_limit_wd")
_authorised = assessments_authorised.table
_done_words = {
    "in_time": "Completed after {elapsed}.",
    "late": "Completed after {elapsed}, over the limit.",
    "overdue": "Not completed after {elapsed}.",
}

_due = assessments_due.table
_is_done = _due.authorised_on.notnull()


def _counts_open(ref: str) -> ir.BooleanValue:
    """Whether the settings judge open assessments too: rows that are not completed are else outside."""
    return _is_done | (parameter("timeliness_basis", ref) == "due")


def _taken(start: ir.IntegerValue) -> ir.IntegerValue:
    """Working days from the start to the authorisation, else to the as-at date."""
    return ibis.coalesce(_due.authorised_on_working_day, _due.as_at_on_working_day) - start


_by_referral = parameter("assessment_clock") == "referral"
_start = _by_referral.ifelse(_due.referred_on, _due.started_on)
_days_taken = _taken(_by_referral.ifelse(_due.referred_on_working_day, _due.started_on_working_day))

AS_02 = proportion(
    assessments_due,
    (_due.authorised_on >= _start) & (_days_taken <= _limit),
    where=_counts_open("AS-02"),
    done=_is_done,
    unknown={
        "No referral of the child was found, and the clock starts with it.": _by_referral & _start.isnull(),
        "Its start is not recorded.": _start.isnull(),
    },
    not_due={"Not yet completed, and still inside the limit.": ~_is_done & (_days_taken <= _limit)},
    clock="working_days",
    elapsed=_days_taken,
    clock_start=_start,
    clock_stop=_due.authorised_on,
    words=_done_words,
)

_duration = _authorised.authorised_on_working_day - _authorised.started_on_working_day
_negative = _authorised.authorised_on < _authorised.started_on
_BINS = ((0, 0), (1, 10), (11, 20), (21, 30), (31, 40), (41, 45), (46, 50), (51, 60))
_excluded = {"It was authorised before it started.": _negative}
_unknown = {"Its start is not recorded.": _authorised.started_on.isnull()}


def _quantile(code: str, above: int, below: int) -> Part:
    return statistic(
        assessments_authorised,
        value=_duration,
        quantile=(above, below),
        code=code,
        excluded=_excluded,
        unknown=_unknown,
        clock="working_days",
        elapsed=_duration,
        clock_start=_authorised.started_on,
        clock_stop=_authorised.authorised_on,
        words={"counted": "Completed after {elapsed}."},
    )


def _bin(code: str, is_in: ir.BooleanValue) -> Part:
    return count(
        assessments_authorised,
        is_in,
        code=code,
        excluded=_excluded,
        unknown=_unknown,
        clock="working_days",
        elapsed=_duration,
        clock_start=_authorised.started_on,
        clock_stop=_authorised.authorised_on,
        words={"met": "Completed after {elapsed}.", "not_met": "Completed after {elapsed}."},
    )


AS_03 = (
    _quantile("", 1, 2),
    *[_bin(f"d{a}_{b}" if a != b else f"d{a}", _duration.between(a, b)) for a, b in _BINS],
    _bin("d61_plus", _duration >= 61),
    _quantile("lower_quartile", 1, 4),
    _quantile("upper_quartile", 3, 4),
)

_open = assessments_open.table
_age = _open.ends_on_working_day - _open.started_on_working_day

AS_04 = count(
    assessments_open,
    _age > _limit,
    clock="working_days",
    elapsed=_age,
    clock_start=_open.started_on,
    clock_stop=_open.ends_on,
    words={"met": "Open for {elapsed}, inside the limit.", "not_met": "Open for {elapsed}, over the limit."},
)
AS_04_DUE_SOON = coded(
    AS_04,
    "due_soon",
    achieved=_age.between(_limit - parameter("due_soon_wd"), _limit),
    words={"met": "Open for {elapsed}, not due soon.", "not_met": "Open for {elapsed}, due soon."},
)
# The census's own query (rule 8670Q) does not follow a local limit.
AS_05 = coded(AS_04, "", achieved=_age > 45)

_begun = assessments_checked.table
_by_calendar = parameter("checkpoint_days") == "calendar"
_check_limit = parameter("assessment_checkpoint_wd")


def _since_start(day: str) -> ir.IntegerValue:
    """From the start to a date of the row, in the days the council counts."""
    wd = _begun[f"{day}_working_day"] - _begun.started_on_working_day
    return _by_calendar.ifelse(days_between(_begun.started_on, _begun[day]), wd)


_unchecked_for = _since_start("as_at_on")

AS_06 = proportion(
    assessments_checked,
    _since_start("checked_on") <= _check_limit,
    done=_begun.checked_on.notnull(),
    excluded={
        "It was finished before a progress check was due.": _since_start("authorised_on") < _check_limit
    },
    not_due={
        "Not yet checked, and still inside the limit.": (
            _begun.checked_on.isnull() & _begun.authorised_on.isnull() & (_unchecked_for <= _check_limit)
        )
    },
    clock=_by_calendar.ifelse("days", "working_days"),
    elapsed=ibis.coalesce(_since_start("checked_on"), _unchecked_for),
    clock_start=_begun.started_on,
    clock_stop=_begun.checked_on,
    words={
        "in_time": "Progress was checked after {elapsed}.",
        "late": "Progress was checked after {elapsed}, over the limit.",
        "overdue": "Progress was not checked.",
    },
)

AS_07 = proportion(
    assessments_authorised,
    _authorised.is_child_seen,
    where=~_authorised.was_unborn,
    unknown_in={"Whether the child was seen is not recorded.": _authorised.is_child_seen.isnull()},
    words={"met": "The child was seen.", "not_met": "The child was not seen."},
)

_visited = assessments_visited.table
_to_first_seen = _visited.first_seen_on_working_day - _visited.referred_on_working_day

AS_08 = proportion(
    assessments_visited,
    _visited.times_seen >= 2,
    where=~_visited.was_unborn,
    told={"times": _visited.times_seen},
    words={
        "met": "Visits at which the child was seen: {times}.",
        "not_met": "Visits at which the child was seen: {times}.",
    },
)
AS_08_FIRST_SEEN = coded(
    AS_08,
    "first_seen",
    achieved=(_visited.first_seen_on >= _visited.referred_on)
    & (_to_first_seen <= parameter("first_seen_wd")),
    where=~_visited.was_unborn & _visited.referred_on.notnull(),
    clock="working_days",
    elapsed=ibis.coalesce(_to_first_seen, _visited.as_at_on_working_day - _visited.referred_on_working_day),
    clock_start=_visited.referred_on,
    clock_stop=_visited.first_seen_on,
    words={
        "met": "First seen {elapsed} after the referral.",
        "not_met": "Not seen in time after the referral.",
    },
    needs=("referrals.received_on",),
)

AS_09 = proportion(
    assessments_authorised,
    ~_authorised.is_services_required,
    unknown={"Whether services are required is not recorded.": _authorised.is_services_required.isnull()},
    words={"met": "No services are required.", "not_met": "Services are required."},
)

_has_factors = (_authorised.held_factors.length() > 0).fill_null(False)


def _holding(code: str) -> Part:
    return count(
        assessments_authorised,
        _authorised.held_factors.contains(code),
        code=code,
        excluded={"No factors are recorded.": ~_has_factors},
        words={"met": f"Factor {code} was found.", "not_met": f"Factor {code} was not found."},
    )


_factors = _authorised.select(factor=_authorised.held_factors.unnest())

AS_10 = (
    count(
        assessments_authorised,
        excluded={"No factors are recorded.": ~_has_factors},
        words={"met": "Factors were recorded."},
    ),
    ManyParts(
        name="<factor>",
        of=assessments_authorised,
        codes=_factors.factor,
        codes_from=_factors,
        part=_holding,
    ),
)

_end_to_end = _taken(_due.referred_on_working_day)
_is_repeat = (_due.started_on_working_day - _due.referred_on_working_day) > _limit

AS_11 = proportion(
    assessments_due,
    (_due.authorised_on >= _due.referred_on) & (_end_to_end <= _limit),
    where=_counts_open("AS-11"),
    done=_is_done,
    excluded={
        "No referral of the child came before it.": _due.referred_on.isnull(),
        "A repeat assessment: it started too long after the referral.": _is_repeat,
    },
    not_due={"Not yet completed, and still inside the limit.": ~_is_done & (_end_to_end <= _limit)},
    clock="working_days",
    elapsed=_end_to_end,
    clock_start=_due.referred_on,
    clock_stop=_due.authorised_on,
    words=_done_words,
)

PARTS = {
    "AS-01": rate(assessments_authorised, words={"met": "An assessment completed."}),
    "AS-02": AS_02,
    "AS-03": AS_03,
    "AS-04": (AS_04, AS_04_DUE_SOON),
    "AS-05": AS_05,
    "AS-06": AS_06,
    "AS-07": AS_07,
    "AS-08": (AS_08, AS_08_FIRST_SEEN),
    "AS-09": AS_09,
    "AS-10": AS_10,
    "AS-11": AS_11,
}
