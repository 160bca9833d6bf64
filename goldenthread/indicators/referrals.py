"""Referrals: how many count, come back, are closed at once, answered in time and given a worker?"""

import ibis

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import count, proportion, rate
from goldenthread.populations.allocated import cases_unallocated_since
from goldenthread.populations.referrals import (
    WITHOUT_CLOSURES,
    referrals_allocated,
    referrals_received,
    referrals_with_service,
)
from goldenthread.settings import file_starts_on, parameter, supplied

_received = referrals_received.table

FD_06 = rate(
    referrals_received,
    excluded={
        "Another referral of the child on the same day is counted.": _received.is_same_day_repeat,
        "An earlier episode of the child was still open on that day.": _received.is_already_open,
    },
    partial_without=WITHOUT_CLOSURES,
    words={"met": "A referral received."},
)

_year_before = months_after(_received.received_on, -12)
_since = parameter("window_inclusive").ifelse(
    _received.previous_on >= _year_before, _received.previous_on > _year_before
)
# List 3 of Annex A covers six months only and says itself how many came before.
_is_list_3 = (_received.from_source == "annex_a").fill_null(False)
_in_window = ~_is_list_3 & _since.fill_null(False)
_is_short = ~_in_window & (_is_list_3 | (file_starts_on("referrals") > _year_before))

FD_07 = proportion(
    referrals_received,
    _in_window | (_is_short & (_received.previous_referrals_12m > 0)),
    where=_received.is_countable,
    unknown={
        "The file holds less than twelve months before it, and no count of earlier referrals is given.": (
            _is_short & _received.previous_referrals_12m.isnull()
        )
    },
    partial_without=WITHOUT_CLOSURES,
    clock="days",
    elapsed=days_between(_received.received_on, ibis.coalesce(_received.previous_on, _received.as_at_on)),
    clock_start=_received.received_on,
    clock_stop=_received.previous_on,
    words={
        "met": "No referral in the twelve months before.",
        "not_met": "There was an earlier referral in the twelve months before.",
    },
)

FD_08 = proportion(
    referrals_received,
    _received.is_nfa,
    where=_received.is_countable,
    unknown={"Whether further action followed is not recorded.": _received.is_nfa.isnull()},
    partial_without=WITHOUT_CLOSURES,
    words={"met": "Closed with no further action.", "not_met": "Not closed with no further action."},
)

_served = referrals_with_service.table
_old = _served.as_at_on_working_day - _served.received_on_working_day
_until_served = _served.served_on_working_day - _served.received_on_working_day
_soon = _served.closed_on.notnull().ifelse(
    _served.served_on <= _served.closed_on, _until_served <= parameter("service_within_wd")
)

FD_09 = proportion(
    referrals_with_service,
    _soon & ~_served.is_nfa.fill_null(False),
    where=_served.is_countable,
    not_due={"Too recent to be judged.": _old < parameter("maturity_wd")},
    partial_without=WITHOUT_CLOSURES,
    clock="working_days",
    elapsed=ibis.coalesce(_until_served, _old),
    clock_start=_served.received_on,
    clock_stop=_served.served_on,
    words={
        "met": "An assessment, enquiry, plan or care began on {clock_stop}.",
        "not_met": "No assessment, enquiry, plan or care followed in time, or it was closed at once.",
    },
)

_decision = _received.decided_on_working_day - _received.received_on_working_day
_undecided_for = _received.as_at_on_working_day - _received.received_on_working_day
_decision_limit = parameter("contact_decision_wd")

FD_10 = proportion(
    referrals_received,
    _decision <= _decision_limit,
    where=_received.is_countable,
    done=_received.decided_on.notnull(),
    unknown={"The decision is dated before the referral.": _received.decided_on < _received.received_on},
    not_due={
        "Not yet decided, and still inside the limit.": (
            _received.decided_on.isnull() & (_undecided_for <= _decision_limit)
        )
    },
    partial_without=WITHOUT_CLOSURES,
    clock="working_days",
    elapsed=ibis.coalesce(_decision, _undecided_for),
    clock_start=_received.received_on,
    clock_stop=_received.decided_on,
    words={
        "in_time": "Decided after {elapsed}.",
        "late": "Decided after {elapsed}, over the limit.",
        "overdue": "Not decided after {elapsed}.",
    },
)

_given = referrals_allocated.table
_wait = _given.allocated_on_working_day - _given.decided_on_working_day
_waited = (_wait < 0).ifelse(0, _wait)  # a worker before the decision: no wait
_waiting = _given.as_at_on_working_day - _given.decided_on_working_day
_allocation_limit = parameter("allocation_wd")

FD_12 = proportion(
    referrals_allocated,
    _waited <= _allocation_limit,
    where=_given.is_countable & ~_given.is_nfa,
    done=_given.allocated_on.notnull(),
    not_due={
        "Not yet decided.": _given.decided_on.isnull(),
        "Not yet allocated, and still inside the limit.": (
            _given.allocated_on.isnull() & (_waiting <= _allocation_limit)
        ),
    },
    partial_without=WITHOUT_CLOSURES,
    clock="working_days",
    elapsed=ibis.coalesce(_waited, _waiting),
    clock_start=_given.decided_on,
    clock_stop=_given.decided_on.notnull().ifelse(_given.allocated_on, ibis.null("date")),
    words={
        "in_time": "A social worker was given the child {elapsed} after the decision.",
        "late": "A social worker was given the child {elapsed} after the decision, over the limit.",
        "overdue": "No social worker {elapsed} after the decision.",
    },
)

_case = cases_unallocated_since.table
_days = _case.days_unallocated
_is_known = _days.notnull() & supplied("allocations.ended_on")  # Annex A names today's worker only
_how_long = ibis.literal(" for ").concat(_days.cast("string")).concat(" days")

FD_13 = count(
    cases_unallocated_since,
    ~_case.has_worker,
    partial_without={
        "care_leaver_statuses": "care_leaver_statuses.csv was not supplied, so care leavers are left out"
    },
    told={"since": _is_known.ifelse(_how_long, "")},
    words={"met": "Held by a named worker.", "not_met": "Without a named worker{since}."},
)

PARTS = {
    "FD-06": FD_06,
    "FD-07": FD_07,
    "FD-08": FD_08,
    "FD-09": FD_09,
    "FD-10": FD_10,
    "FD-12": FD_12,
    "FD-13": FD_13,
}
