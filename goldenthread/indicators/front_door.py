"""The front door: how many contacts and referrals come in, and are they decided in time?"""

import ibis

from goldenthread.indicators.part import count, proportion, rate
from goldenthread.populations.contacts import contacts_received, contacts_undecided
from goldenthread.settings import parameter

_limit = parameter("contact_decision_wd")

_received = contacts_received.table
_by_hours = parameter("contact_clock") == "hours"
_both_timed = (_received.received_at_is_timed & _received.decided_at_is_timed).fill_null(False)
_decided_first = _both_timed.ifelse(
    _received.decided_at_utc < _received.received_at_utc, _received.decided_on < _received.received_on
)
_hours = _received.decided_at_utc.delta(_received.received_at_utc, unit="second") <= 24 * 3600
_days = _received.decided_on_working_day - _received.received_on_working_day
_waited = _received.as_at_on_working_day - _received.received_on_working_day

FD_02 = proportion(
    contacts_received,
    _by_hours.ifelse(_hours, _days <= _limit),
    done=_received.decided_on.notnull(),
    unknown={
        "The decision is dated before the contact was received.": _decided_first,
        "A time is missing, so the hours cannot be counted.": (
            _by_hours & _received.decided_on.notnull() & ~_both_timed
        ),
    },
    not_due={"Not yet decided, and still inside the limit.": (_received.decided_on.isnull() & (_waited <= _limit))},
    clock="working_days",
    elapsed=ibis.coalesce(_days, _waited),
    clock_start=_received.received_on,
    clock_stop=_received.decided_on,
    words={
        "in_time": "Decided after {working_days} working days.",
        "late": "Decided after {working_days} working days, over the limit.",
        "overdue": "Not decided after {working_days} working days.",
    },
)

_undecided = contacts_undecided.table
_age = _undecided.ends_on_working_day - _undecided.received_on_working_day

FD_04 = count(
    contacts_undecided,
    _age > _limit,
    clock="working_days",
    elapsed=_age,
    clock_start=_undecided.received_on,
    clock_stop=_undecided.ends_on,
    words={
        "met": "Waiting for {working_days} working days, inside the limit.",
        "not_met": "Waiting for {working_days} working days, over the limit.",
    },
)

PARTS = {
    "FD-01": rate(contacts_received, clock_start=_received.received_on, words={"met": "A contact received."}),
    "FD-02": FD_02,
    "FD-04": FD_04,
}
