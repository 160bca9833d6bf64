"""Missing children and exploitation: do we know, do we ask, and does the risk fall?"""

import ibis

from goldenthread.calendar import days_between, moment
from goldenthread.indicators.part import count, proportion
from goldenthread.populations.missing import (
    at_risk_of_exploitation,
    children_missing,
    in_care_in_period,
    missing_begun,
    missing_returns,
    risk_reassessed,
)
from goldenthread.settings import AS_AT_ENDS_AT, parameter, supplied

_begun = missing_begun.table
_where = {
    f"{kind}_{place}": (_begun.kind == kind) & (_begun.is_in_care if place == "care" else ~_begun.is_in_care)
    for kind in ("missing", "away")
    for place in ("home", "care")
}
_needs_care = tuple(f"care_periods.{c}" for c in ("child_id", "started_on", "ended_on", "legal_status"))
_episode = {"met": "An episode."}
MX_01 = (
    count(missing_begun, words=_episode),
    count(missing_begun, code="children", distinct="child_id", words={"met": "A child with an episode."}),
    *(
        count(missing_begun, code=code, where=where, needs=_needs_care, words=_episode)
        for code, where in _where.items()
    ),
    *(
        count(
            missing_begun,
            code=f"{code}_children",
            where=where,
            needs=_needs_care,
            distinct="child_id",
            words={"met": "A child with such an episode."},
        )
        for code, where in _where.items()
    ),
)

_back = missing_returns.table
MX_02 = proportion(
    missing_returns,
    _back.is_rhi_offered,
    unknown_in={"Whether an interview was offered is not recorded.": _back.is_rhi_offered.isnull()},
    words={"met": "A return home interview was offered.", "not_met": "No interview was offered."},
)

_hours = parameter("rhi_hours")
_is_done = _back.rhi_completed_at.notnull()
_both_timed = (_back.ended_at_is_timed & _back.rhi_completed_at_is_timed).fill_null(False)
_in_hours = _back.rhi_completed_at_utc.delta(_back.ended_at_utc, unit="second") <= _hours * 3600
_days = days_between(_back.ended_on, _back.rhi_on)
_limit_days = (_hours / 24).floor().cast("int64")
_is_overdue = _back.ended_at_is_timed.fill_null(False).ifelse(
    AS_AT_ENDS_AT.delta(_back.ended_at_utc, unit="second") > _hours * 3600,
    days_between(_back.ended_on, _back.as_at_on) > _limit_days,
)
_before_return = _both_timed.ifelse(
    _back.rhi_completed_at_utc < _back.ended_at_utc, _back.rhi_on < _back.ended_on
)
_denominator = parameter("rhi_denominator")
MX_03 = proportion(
    missing_returns,
    _both_timed.ifelse(_in_hours, _days <= _limit_days),
    where=(_denominator == "all_returns")
    | ((_denominator == "accepted") & _back.is_rhi_accepted.fill_null(False))
    | ((_denominator == "completed") & _is_done),
    done=_is_done,
    unknown={"The interview is dated before the child's return.": _before_return},
    not_due={"No interview yet, still inside the limit.": ~_is_done & ~_is_overdue},
    clock="days",
    elapsed=days_between(_back.ended_on, ibis.coalesce(_back.rhi_on, _back.as_at_on)),
    clock_start=moment(_back.ended_at, _back.ended_at_is_timed),
    clock_stop=moment(_back.rhi_completed_at, _back.rhi_completed_at_is_timed),
    words={
        "in_time": "Interviewed in time.",
        "late": "Interviewed later than the limit.",
        "overdue": "Not interviewed, {days} days after the return.",
    },
)

_offered = _back.is_rhi_offered.fill_null(False) | _is_done
_accepted = _back.is_rhi_accepted.fill_null(False) | _is_done
MX_04 = (
    proportion(
        missing_returns,
        _is_done,
        where=_offered,
        words={"met": "Interviewed.", "not_met": "Offered but not interviewed."},
    ),
    proportion(
        missing_returns, _offered, code="offered", words={"met": "Offered.", "not_met": "Not offered."}
    ),
    proportion(
        missing_returns,
        _accepted,
        code="accepted",
        where=_offered,
        words={"met": "Accepted.", "not_met": "Not accepted."},
    ),
)

_child = children_missing.table
MX_05 = count(
    children_missing,
    _child.episodes >= parameter("repeat_missing_n"),
    words={"met": "Not repeatedly missing.", "not_met": "Repeatedly missing."},
)

_risk = at_risk_of_exploitation.table
_limit = (
    (_risk.risk_level == "high")
    .fill_null(False)
    .ifelse(parameter("exploitation_days_high"), parameter("exploitation_days"))
)
_has_plan = _risk.has_plan.fill_null(False) | ~supplied("exploitation_records.has_plan")
_since_flag = days_between(_risk.flagged_on, _risk.ends_on)
MX_06 = proportion(
    at_risk_of_exploitation,
    (_risk.days <= _limit) & _has_plan,
    not_due={
        "Newly flagged, not yet assessed.": _risk.assessed_on.isnull()
        & (_since_flag <= parameter("exploitation_first_days"))
    },
    clock="days",
    elapsed=_risk.days,
    clock_start=_risk.assessed_on,
    clock_stop=_risk.ends_on,
    words={
        "met": "Assessed {days} days before, with a plan.",
        "not_met": "No current assessment with a plan.",
    },
    partial_without={
        "exploitation_records.has_plan": (
            "exploitation_records.csv has no has_plan, so plans are not looked at"
        )
    },
)

_in_care = in_care_in_period.table
MX_07 = proportion(
    in_care_in_period,
    _in_care.went_missing,
    words={"met": "Did not go missing.", "not_met": "Went missing while in care."},
)

_is_ended = _begun.ended_at.notnull()
_timed = (_begun.started_at_is_timed & _begun.ended_at_is_timed).fill_null(False)
_is_negative = _timed.ifelse(
    _begun.ended_at_utc < _begun.started_at_utc, _begun.ended_on < _begun.started_on
).fill_null(False)
_fields_set = (
    _begun.recorded_kind.notnull()
    & _begun.reason.notnull()
    & ~_is_negative
    & (~_is_ended | _begun.is_rhi_offered.notnull())
    & (~_is_ended | ~_begun.is_rhi_offered.fill_null(False) | _begun.is_rhi_accepted.notnull())
    & ~_begun.overlaps
)
MX_08 = proportion(
    missing_begun,
    _fields_set,
    words={"met": "The record is complete.", "not_met": "Something is missing or overlaps."},
    named_without={
        f"missing_episodes.{column}": f"missing_episodes.csv has no {column}"
        for column in ("reason", "is_rhi_offered", "is_rhi_accepted")
    },
)

_again = risk_reassessed.table
MX_09 = proportion(
    risk_reassessed,
    _again.level < _again.level_before,
    unknown={"A risk level is not recorded.": _again.level.isnull() | _again.level_before.isnull()},
    words={"met": "The risk has fallen.", "not_met": "The risk has not fallen."},
)

PARTS = {
    "MX-01": MX_01,
    "MX-02": MX_02,
    "MX-03": MX_03,
    "MX-04": MX_04,
    "MX-05": MX_05,
    "MX-06": MX_06,
    "MX-07": MX_07,
    "MX-08": MX_08,
    "MX-09": MX_09,
}
