"""Complaints and recording: are people answered in time, and is what happened written down soon?"""

import ibis

from goldenthread.indicators.part import coded, proportion, statistic
from goldenthread.populations.recording import EVENTS, complaints_due, events_recorded
from goldenthread.settings import parameter

_complaint = complaints_due.table
_taken = _complaint.responded_on_working_day - _complaint.received_on_working_day
_waited = _complaint.as_at_on_working_day - _complaint.received_on_working_day
_open = _complaint.responded_on.isnull()

QA_11 = proportion(
    complaints_due,
    _taken <= _complaint.limit_days,
    done=_complaint.responded_on.notnull(),
    unknown={"Answered before it was received.": _complaint.responded_on < _complaint.received_on},
    not_due={"Not yet answered, still inside the limit.": _open & (_waited <= _complaint.limit_days)},
    clock="working_days",
    elapsed=ibis.coalesce(_taken, _waited),
    clock_start=_complaint.received_on,
    clock_stop=_complaint.responded_on,
    words={
        "in_time": "Answered after {working_days} working days.",
        "late": "Answered after {working_days} working days, over the limit.",
        "overdue": "Not answered after {working_days} working days.",
    },
)
_stage2 = coded(
    QA_11,
    "stage2_max",
    where=_complaint.stage == "2",
    achieved=_taken <= 65,
    not_due={"Not yet answered, still inside the limit.": _open & (_waited <= 65)},
)
_upheld = proportion(
    complaints_due,
    _complaint.outcome.isin(["upheld", "partly_upheld"]),
    code="upheld",
    where=_complaint.outcome.notnull(),
    needs=("complaints.outcome",),
    words={"met": "Upheld or partly upheld.", "not_met": "Not upheld."},
)

_event = events_recorded.table
_delay = _event.recorded_on_working_day - _event.happened_on_working_day
_before = {"Recorded before it happened.": _event.recorded_on < _event.happened_on}
_clock = {
    "unknown": _before,
    "clock": "working_days",
    "elapsed": _delay,
    "clock_start": _event.happened_on,
    "clock_stop": _event.recorded_on,
    "partial_without": {
        f"{name}.recorded_at": f"{name}.csv does not say when it was recorded"
        for name in EVENTS
        if name != "visits"
    },
}
DQ_04 = (
    proportion(
        events_recorded,
        _delay <= parameter("recording_wd"),
        words={
            "met": "Recorded after {working_days} working days.",
            "not_met": "Recorded after {working_days} working days, over the limit.",
        },
        **_clock,
    ),
    statistic(
        events_recorded,
        code="median",
        value=_delay,
        quantile=(1, 2),
        words={"counted": "Recorded after {working_days} working days."},
        **_clock,
    ),
)

PARTS = {"QA-11": (QA_11, _stage2, _upheld), "DQ-04": DQ_04}
