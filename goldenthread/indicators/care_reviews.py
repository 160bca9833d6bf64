"""Reviews of looked-after children: does the child take part, and is the record sent in time?"""

import ibis

from goldenthread.indicators.part import proportion
from goldenthread.populations.enquiries import conferences_held
from goldenthread.populations.reviews_in_care import reviews_in_care

_review = reviews_in_care.table
_is_infant = (_review.participation == "PN0").fill_null(False)

LAC_06 = proportion(
    reviews_in_care,
    _review.has_taken_part,
    excluded={"Recorded as a child under 4.": _is_infant},
    unknown={"The child's date of birth is not known.": _review.born_on.isnull()},
    unknown_in={"Participation is not recorded.": _review.participation.isnull()},
    words={"met": "The child took part or conveyed views.", "not_met": "The child did not take part."},
)

_held = conferences_held.table
_to_record = _held.minutes_sent_on_working_day - _held.held_on_working_day
_since = _held.as_at_on_working_day - _held.held_on_working_day

LAC_28 = proportion(
    conferences_held,
    _to_record <= 20,
    where=_held.kind == "looked_after_review",
    done=_held.minutes_sent_on.notnull(),
    not_due={"Not sent, and still inside the limit.": _held.minutes_sent_on.isnull() & (_since <= 20)},
    unknown={"Sent before the review was held.": _held.minutes_sent_on < _held.held_on},
    clock="working_days",
    elapsed=ibis.coalesce(_to_record, _since),
    clock_start=_held.held_on,
    clock_stop=_held.minutes_sent_on,
    words={
        "in_time": "The record was sent after {working_days} working days.",
        "late": "The record was sent after {working_days} working days, over the limit.",
        "overdue": "The record is not sent after {working_days} working days.",
    },
)

PARTS = {"LAC-06": LAC_06, "LAC-28": LAC_28}
