"""Section 47 enquiries and conferences: are children at risk seen to in time, by all who should be?"""

import ibis

from goldenthread.indicators.part import coded, count, proportion, rate
from goldenthread.populations.children import age_on, is_unborn_on
from goldenthread.populations.enquiries import (
    conferences_held,
    discussions_held,
    enquiries_without_conference,
    initial_conferences,
)
from goldenthread.settings import parameter

_held = discussions_held.table
_is_enquiry = _held.is_s47_initiated

CP_01 = rate(
    discussions_held,
    where=_is_enquiry,
    words={"met": "A section 47 enquiry began."},
)

_since_concern = _held.held_on_working_day - _held.concern_on_working_day

CP_02 = proportion(
    discussions_held,
    _since_concern <= parameter("strategy_limit_wd"),
    done=_held.held_on.notnull(),
    unknown={
        "The date of the concern is not recorded.": _held.concern_on.isnull(),
        "The discussion is dated before the concern.": _held.concern_on > _held.held_on,
    },
    clock="working_days",
    elapsed=_since_concern,
    clock_start=_held.concern_on,
    clock_stop=_held.held_on,
    words={
        "in_time": "Held {working_days} working days after the concern.",
        "late": "Held {working_days} working days after the concern, over the limit.",
    },
)

_first = initial_conferences.table
_since_enquiry = _first.held_on_working_day - _first.enquiry_on_working_day
_no_clock = {
    "No section 47 enquiry is found for this conference.": _first.enquiry_on.isnull(),
    "The conference is dated before the section 47 enquiry.": _first.held_on < _first.enquiry_on,
}

CP_03 = proportion(
    initial_conferences,
    _since_enquiry <= parameter("icpc_limit_wd"),
    done=_first.held_on.notnull(),
    unknown_in=_no_clock,
    clock="working_days",
    elapsed=ibis.coalesce(_since_enquiry, _first.as_at_on_working_day - _first.enquiry_on_working_day),
    clock_start=_first.enquiry_on,
    clock_stop=_first.held_on,
    words={
        "in_time": "Held {working_days} working days after the enquiry began.",
        "late": "Held {working_days} working days after the enquiry began, over the limit.",
        "overdue": "No conference {working_days} working days after the enquiry began.",
    },
)
_bands = {
    "d0_10": _since_enquiry.between(0, 10),
    "d11_15": _since_enquiry.between(11, 15),
    "d16_20": _since_enquiry.between(16, 20),
    "d21_plus": _since_enquiry >= 21,
}

_decided_or_held = _held.first_conference_on.notnull() | ~_held.is_icpc_required.fill_null(True)

CP_04 = proportion(
    discussions_held,
    _held.first_conference_on.notnull(),
    where=_is_enquiry,
    excluded={"Whether a conference is needed is not yet decided.": ~_decided_or_held},
    words={"met": "An initial conference followed.", "not_met": "No conference was needed."},
)

_open = enquiries_without_conference.table
_waiting = _open.ends_on_working_day - _open.held_on_working_day

CP_05 = count(
    enquiries_without_conference,
    _waiting > parameter("icpc_limit_wd"),
    clock="working_days",
    elapsed=_waiting,
    clock_start=_open.held_on,
    clock_stop=_open.ends_on,
    words={
        "met": "No conference yet after {working_days} working days, still inside the limit.",
        "not_met": "No conference after {working_days} working days, over the limit.",
    },
)

_conference = conferences_held.table
_is_initial = _conference.kind == "initial"
_is_protection = _conference.kind.isin(["initial", "transfer_in", "review"])
_made = _conference.is_cp_plan_made

CP_06 = proportion(
    conferences_held,
    _made.fill_null(False) | (_made.isnull() & _conference.is_plan_started),
    where=_is_initial,
    unknown={"Whether a plan was made is not recorded.": _made.isnull() & ~_conference.is_plan_started},
    words={"met": "A child protection plan was made.", "not_met": "No plan was made."},
)

_to_minutes = _conference.minutes_sent_on_working_day - _conference.held_on_working_day
_to_letters = _conference.decisions_sent_on_working_day - _conference.held_on_working_day
_since_held = _conference.as_at_on_working_day - _conference.held_on_working_day
_minutes_limit, _letters_limit = parameter("cp_minutes_limit_wd"), parameter("cp_decisions_limit_wd")

CP_17 = proportion(
    conferences_held,
    _to_minutes <= _minutes_limit,
    where=_is_protection,
    done=_conference.minutes_sent_on.notnull(),
    not_due={
        "Not sent, and still inside the limit.": _conference.minutes_sent_on.isnull()
        & (_since_held <= _minutes_limit)
    },
    unknown={"Sent before the conference was held.": _conference.minutes_sent_on < _conference.held_on},
    clock="working_days",
    elapsed=ibis.coalesce(_to_minutes, _since_held),
    clock_start=_conference.held_on,
    clock_stop=_conference.minutes_sent_on,
    words={
        "in_time": "The record was sent after {working_days} working days.",
        "late": "The record was sent after {working_days} working days, over the limit.",
        "overdue": "The record is not sent after {working_days} working days.",
    },
)
_letters = coded(
    CP_17,
    "letters",
    achieved=_to_letters <= _letters_limit,
    done=_conference.decisions_sent_on.notnull(),
    not_due={
        "Not sent, and still inside the limit.": _conference.decisions_sent_on.isnull()
        & (_since_held <= _letters_limit)
    },
    unknown={"Sent before the conference was held.": _conference.decisions_sent_on < _conference.held_on},
    elapsed=ibis.coalesce(_to_letters, _since_held),
    clock_stop=_conference.decisions_sent_on,
    needs=("conferences.decisions_sent_on",),
)

CP_19 = proportion(
    conferences_held,
    _conference.is_quorate.fill_null(False)
    | (_conference.is_quorate.isnull() & (_conference.other_agency_count >= 2).fill_null(False)),
    where=_is_protection,
    unknown={
        "Neither quorum nor agencies are recorded.": _conference.is_quorate.isnull()
        & _conference.other_agency_count.isnull()
    },
    words={"met": "Quorate, with the agencies needed.", "not_met": "Not quorate."},
)


def participation(of_kinds: ibis.Value) -> dict[str, object]:
    """The conditions of a participation indicator over conferences or reviews of some kinds."""
    unborn = is_unborn_on(_conference, _conference.held_on)
    years = age_on(_conference, _conference.held_on)
    old_enough = (years >= parameter("participation_min_age")).fill_null(True)
    is_infant = (_conference.participation == "PN0").fill_null(False)
    return {
        "where": of_kinds & ~unborn & old_enough,
        "excluded": {"Recorded as a child under 4.": is_infant},
        "unknown": {"The child's date of birth is not known.": _conference.born_on.isnull() & ~is_infant},
        "unknown_in": {"Participation is not recorded.": _conference.participation.isnull()},
        "words": {"met": "The child took part or conveyed views.", "not_met": "The child did not take part."},
    }


_took_part = _conference.participation.isin([f"PN{number}" for number in range(1, 7)])

CP_20 = proportion(conferences_held, _took_part, **participation(_is_protection))

_needed = {
    "police": _held.has_police,
    "health": _held.has_health,
    "education": _held.has_education,
    "actions": _held.has_actions,
    "owners": _held.has_action_owners,
    "dates": _held.has_action_dates,
}
_education_or_not_needed = _held.needs_education.ifelse(_held.has_education, True)
_values = {**_needed, "education": _education_or_not_needed}
_all_true = ibis.and_(*[value.fill_null(False) for value in _values.values()])
_any_blank = ibis.or_(*[value.isnull() for value in _values.values()])

CP_22 = proportion(
    discussions_held,
    _all_true,
    unknown_in={"One of the checks or actions is not recorded.": _any_blank},
    words={"met": "Checks made and actions recorded.", "not_met": "A check or an action is missing."},
)
_not_recorded = "This is not recorded."
_each_check = tuple(
    coded(
        CP_22,
        code,
        achieved=value,
        where=_held.needs_education if code == "education" else None,
        unknown_in={_not_recorded: value.isnull()},
        words={"met": "Recorded.", "not_met": "Missing."},
    )
    for code, value in _needed.items()
)
_conference_checks = proportion(
    conferences_held,
    _conference.has_agency_checks,
    code="conference_checks",
    where=_is_initial,
    unknown_in={_not_recorded: _conference.has_agency_checks.isnull()},
    needs=("conferences=initial", "conferences.has_agency_checks"),
    words={
        "met": "Agency checks were recorded before the conference.",
        "not_met": "Agency checks are missing.",
    },
)

PARTS = {
    "CP-01": CP_01,
    "CP-02": CP_02,
    "CP-03": (
        CP_03,
        # With basis due the overdue join the headline only: a band is of conferences that were held.
        *[
            coded(CP_03, code, achieved=within, in_time=CP_03.achieved, where=_first.held_on.notnull())
            for code, within in _bands.items()
        ],
    ),
    "CP-04": CP_04,
    "CP-05": CP_05,
    "CP-06": CP_06,
    "CP-17": (CP_17, _letters),
    "CP-19": CP_19,
    "CP-20": CP_20,
    "CP-22": (CP_22, *_each_check, _conference_checks),
}
