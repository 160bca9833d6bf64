"""The front door: how many contacts come in, are they decided in time, and what comes of them?"""

import ibis

from goldenthread.calendar import days_between
from goldenthread.indicators.part import ManyParts, Part, count, proportion, rate
from goldenthread.populations.contacts import (
    children_with_contacts,
    contacts_decided,
    contacts_received,
    contacts_screened,
    contacts_undecided,
)
from goldenthread.settings import AS_AT_ENDS_AT, parameter, supplied

_limit = parameter("contact_decision_wd")

_received = contacts_received.table
_by_hours = parameter("contact_clock") == "hours"
_both_timed = (_received.received_at_is_timed & _received.decided_at_is_timed).fill_null(False)
_decided_first = _both_timed.ifelse(
    _received.decided_at_utc < _received.received_at_utc, _received.decided_on < _received.received_on
)
_until_at = _received.decided_on.isnull().ifelse(AS_AT_ENDS_AT, _received.decided_at_utc)
_in_hours = _until_at.delta(_received.received_at_utc, unit="second") <= 24 * 3600
_is_untimed = ~_received.received_at_is_timed | (
    _received.decided_on.notnull() & ~_received.decided_at_is_timed
)
_taken = _received.decided_on_working_day - _received.received_on_working_day
_waited = _received.as_at_on_working_day - _received.received_on_working_day
_until = ibis.coalesce(_received.decided_on, _received.as_at_on)
_in_limit = _by_hours.ifelse(_in_hours, ibis.coalesce(_taken, _waited) <= _limit)

FD_02 = proportion(
    contacts_received,
    _in_limit,
    done=_received.decided_on.notnull(),
    unknown={
        "The decision is dated before the contact was received.": _decided_first,
        "A time is missing, so the hours cannot be counted.": _by_hours & _is_untimed,
    },
    not_due={
        "Not yet decided, and still inside the limit.": (
            _received.decided_on.isnull() & _in_limit & ~(_by_hours & _is_untimed)
        )
    },
    clock=_by_hours.ifelse("days", "working_days"),
    elapsed=_by_hours.ifelse(days_between(_received.received_on, _until), ibis.coalesce(_taken, _waited)),
    clock_start=_received.received_on,
    clock_stop=_received.decided_on,
    words={
        "in_time": "Decided after {elapsed}.",
        "late": "Decided after {elapsed}, over the limit.",
        "overdue": "Not decided after {elapsed}.",
    },
)

_decided = contacts_decided.table

FD_03 = proportion(
    contacts_decided,
    (_decided.outcome == "referral") | (_decided.outcome.isnull() & _decided.is_followed_by_referral),
    unknown={
        "No outcome is recorded and no referral of the child followed by the next working day.": (
            # Annex A gives no outcome: there only the referral can tell, and its absence says no.
            supplied("contacts.outcome") & _decided.outcome.isnull() & ~_decided.is_followed_by_referral
        )
    },
    words={"met": "Went on to a referral.", "not_met": "Did not go on to a referral."},
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
        "met": "Waiting for {elapsed}, inside the limit.",
        "not_met": "Waiting for {elapsed}, over the limit.",
    },
)

_source = ibis.coalesce(_received.source, "10")  # 10: unknown
# Without the day of the decision only the outcome can say that there was one.
_is_undecided = supplied("contacts.decided_at").ifelse(
    _received.decided_on.isnull(), _received.outcome.isnull()
)
_outcome = _is_undecided.ifelse("undecided", ibis.coalesce(_received.outcome, "not_recorded"))


def _by_source_and_outcome(code: str) -> Part:
    source, _, outcome = code.partition(".")
    return count(contacts_received, _outcome == outcome, code=code, where=_source == source)


FD_05 = (
    count(contacts_received),
    ManyParts(
        name="<source>.<outcome>",
        of=contacts_received,
        codes=_source.concat(".").concat(_outcome),
        part=_by_source_and_outcome,
    ),
)

_screened = contacts_screened.table
_concern = _screened.has_exploitation_concern.fill_null(False)
_age_unknown = _screened.born_on.isnull() & ~_screened.is_unborn

FD_11 = proportion(
    contacts_screened,
    _screened.screened_on.notnull(),
    where=_concern | (_screened.age_at_contact >= parameter("screen_min_age")) | _age_unknown,
    not_due={"Not yet decided.": _screened.decided_on.isnull()},
    unknown={"The child's date of birth is not recorded, so the age is not known.": _age_unknown & ~_concern},
    clock_start=_screened.received_on,
    clock_stop=_screened.screened_on,
    words={
        "met": "Screened for exploitation on {clock_stop}, before the decision.",
        "not_met": "Decided without a screening for exploitation.",
    },
)

_child = children_with_contacts.table

FD_14 = proportion(
    children_with_contacts,
    (_child.contacts_in_12_months >= parameter("repeat_contact_n")) & (_child.referrals_in_12_months == 0),
    told={"contacts": _child.contacts_in_12_months, "referrals": _child.referrals_in_12_months},
    words={
        "met": "Contacts in twelve months: {contacts}; of these led to a referral: {referrals}.",
        "not_met": "Contacts in twelve months: {contacts}; none led to a referral.",
    },
)

PARTS = {
    "FD-01": rate(contacts_received, words={"met": "A contact received."}),
    "FD-02": FD_02,
    "FD-03": FD_03,
    "FD-04": FD_04,
    "FD-05": FD_05,
    "FD-11": FD_11,
    "FD-14": FD_14,
}
