"""Governance: meetings held, recommendations closed, risks looked at, headlines better than before?"""

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.indicators.catalogue import Definition, catalogue
from goldenthread.indicators.part import ManyParts, Part, count, proportion
from goldenthread.populations.headline_results import headline_results
from goldenthread.populations.recommendations import recommendations_in_force
from goldenthread.populations.recorded_meetings import meetings_scheduled
from goldenthread.populations.risk_register import risks_open
from goldenthread.settings import parameter

_asked = recommendations_in_force.table
GOV_02 = proportion(
    recommendations_in_force,
    _asked.is_closed & _asked.is_verified,
    words={
        "met": "Closed, and its evidence verified.",
        "not_met": "Not closed, or its evidence not verified.",
    },
)

_meeting = meetings_scheduled.table
_tolerance = parameter("meeting_tolerance_days")
_is_held = _meeting.held_on.notnull()
_apart = days_between(_meeting.scheduled_on, _meeting.held_on)
_is_near = _apart.between(-_tolerance, _tolerance)
_days_past = days_between(_meeting.scheduled_on, _meeting.as_at_on)

GOV_03 = proportion(
    meetings_scheduled,
    _is_near & _meeting.is_quorate.fill_null(True),
    not_due={"Not yet held, and still near its day.": ~_is_held & (_days_past <= _tolerance)},
    unknown_achieved={
        "Whether enough members came is not recorded: it counts as if they did.": _is_near
        & _meeting.is_quorate.isnull()
    },
    words={
        "met": "Held near its day, and quorate.",
        "not_met": "Not held near its day, or not quorate.",
    },
)

GOV_09 = proportion(
    meetings_scheduled,
    _is_held,
    where=_meeting.forum == "member_event",
    not_due={"Not yet held; its day has not passed.": ~_is_held & (_days_past <= 0)},
    words={"met": "Held.", "not_met": "Not held."},
)

_result = headline_results.table
_no_value = {"There is no value for this period.": _result.value.isnull()}
_of_neutral = {"Neither high nor low is better.": _result.polarity == "neutral"}


def _is_percentage(definition: Definition) -> bool:
    """Whether the headline is a percentage, so that its movement is told in percentage points."""
    is_count = "(a count)" in definition.headline or "rate" in definition.unit
    return "%" in definition.unit and not is_count and definition.rule.get("denominator", "") != "none"


def _has_moved() -> ir.BooleanValue:
    """Moved in the better direction by a percentage point, or by two in a hundred of what it was."""
    percentages = [ref for ref, definition in catalogue().items() if _is_percentage(definition)]
    points = parameter("tolerance_pp")
    share = parameter("tolerance_relative").cast("decimal(18, 6)") * _result.previous_value.abs()
    is_far = _result.indicator_id.isin(percentages).ifelse(_result.gain >= points, _result.gain >= share)
    return (_result.gain > 0) & is_far


GOV_05 = (
    proportion(
        headline_results,
        _result.is_at_target,
        excluded={**_no_value, "No target is set.": _result.target.isnull()},
        words={"met": "At target.", "not_met": "Not at target."},
    ),
    proportion(
        headline_results,
        _has_moved(),
        code="improved",
        excluded={
            **_no_value,
            **_of_neutral,
            "There is no value for the period before.": _result.previous_value.isnull(),
        },
        words={"met": "Better than in the period before.", "not_met": "Not better by enough to tell."},
    ),
    proportion(
        headline_results,
        _result.is_sustained,
        code="sustained",
        excluded={**_no_value, **_of_neutral},
        words={"met": "At target in three periods running.", "not_met": "Not at target in three periods."},
    ),
)

_risk = risks_open.table
_SCORED = "score_"


def _of_score(code: str) -> Part:
    return count(
        risks_open,
        code=code,
        where=_score == code,
        words={"not_met": f"Scored {code.removeprefix(_SCORED)}."},
    )


_score = ibis.literal(_SCORED).concat(_risk.score.cast("string"))
GOV_06 = (
    count(risks_open, words={"not_met": "Open."}),
    count(
        risks_open,
        code="overdue",
        where=_risk.days > parameter("risk_review_days"),
        told={"since": _risk.days},
        words={"not_met": "Not looked at for {since} days."},
    ),
    ManyParts(name="score_<n>", of=risks_open, codes=_score, part=_of_score),
    count(
        risks_open,
        code="not_scored",
        where=_risk.score.isnull(),
        words={"not_met": "Likelihood or impact is not recorded."},
    ),
)

PARTS = {"GOV-02": GOV_02, "GOV-03": GOV_03, "GOV-05": GOV_05, "GOV-06": GOV_06, "GOV-09": GOV_09}
