"""Placements and proceedings: is the child's home stable, near and fitting, and does court take too long?"""

import ibis

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import count, mean, proportion
from goldenthread.populations.care import looked_after_state
from goldenthread.populations.legal import care_proceedings_concluded, pre_proceedings_open
from goldenthread.populations.placements import ADOPTION, TEMPORARY, placements_made
from goldenthread.settings import parameter

_child = looked_after_state.table
_made = placements_made.table
_to_plan = _made.placement_plan_on_working_day - _made.started_on_working_day
_since = _made.as_at_on_working_day - _made.started_on_working_day

LAC_08 = proportion(
    placements_made,
    (_made.placement_plan_on <= _made.started_on) | (_to_plan <= 5),
    where=~_made.placement_type.isin(TEMPORARY),
    done=_made.placement_plan_on.notnull(),
    not_due={"No plan yet, still inside the limit.": _made.placement_plan_on.isnull() & (_since <= 5)},
    clock="working_days",
    elapsed=ibis.coalesce(_to_plan, _since),
    clock_start=_made.started_on,
    clock_stop=_made.placement_plan_on,
    words={
        "in_time": "The placement plan was made after {working_days} working days.",
        "late": "The placement plan was made after {working_days} working days, over the limit.",
        "overdue": "No placement plan after {working_days} working days.",
    },
)

_counted = _child.placements_known.isnull().ifelse(_child.placements_12m, _child.placements_counted)
LAC_14 = proportion(
    looked_after_state,
    _counted >= 3,
    unknown={"No placement of the child was supplied.": _counted.isnull()},
    words={"met": "Fewer than three placements in a year.", "not_met": "Three or more placements in a year."},
)

_age_unknown = _child.age.isnull() & ~_child.is_not_yet_born
LAC_15 = proportion(
    looked_after_state,
    _child.ends_on >= months_after(_child.stable_since_on, 24),
    where=((_child.age < 16).fill_null(False) | _age_unknown)
    & (_child.ends_on >= months_after(_child.started_on, 30)),
    unknown={
        "No lasting placement is open.": _child.stable_since_on.isnull(),
        "The child's date of birth is not known.": _age_unknown,
    },
    clock="days",
    elapsed=days_between(_child.stable_since_on, _child.ends_on),
    clock_start=_child.stable_since_on,
    clock_stop=_child.ends_on,
    words={
        "met": "In the same placement for {days} days.",
        "not_met": "In this placement for {days} days only.",
    },
)

LAC_16 = proportion(
    looked_after_state,
    (_child.distance_miles > 20) & (_child.location == "out"),
    unknown_in={
        "How far from home the child lives is not recorded.": _child.distance_miles.isnull()
        & (_child.location != "in").fill_null(True)
    },
    words={
        "met": "Placed near home or inside the area.",
        "not_met": "Placed over 20 miles away, out of the area.",
    },
)

_groups = {
    "kinship": ["U1", "U2", "U3"],
    "other_foster": ["U4", "U5", "U6"],
    "residential": ["K1", "K2"],
    "supported": ["H5", "K3"],
    "parents": ["P1"],
    "adoption": ADOPTION,
}
_grouped = [code for codes in _groups.values() for code in codes]
_is_group = {
    **{name: _child.placement_type.isin(codes) for name, codes in _groups.items()},
    "other": _child.placement_type.notnull() & ~_child.placement_type.isin(_grouped),
    "not_recorded": _child.placement_started_on.isnull(),
}
_words = {"met": "In a placement of this group.", "not_met": "In another placement."}
LAC_17 = (
    count(looked_after_state, words={"met": "A looked-after child."}),
    *(count(looked_after_state, within, code=name, words=_words) for name, within in _is_group.items()),
)

_concluded = care_proceedings_concluded.table
_lasted = {
    "in_time": "Concluded in {days} days.",
    "late": "Concluded in {days} days, over 26 weeks.",
    "overdue": "Still open after {days} days, over 26 weeks.",
}
_negative = {"The proceedings are recorded as ended before they began.": _concluded.days < 0}
LAC_30 = (
    proportion(
        care_proceedings_concluded,
        _concluded.days <= parameter("court_limit_days"),
        done=_concluded.ended_on.notnull(),
        unknown=_negative,
        clock="days",
        elapsed=_concluded.days,
        clock_start=_concluded.started_on,
        clock_stop=_concluded.ended_on,
        words=_lasted,
    ),
    mean(
        care_proceedings_concluded,
        code="mean_weeks",
        total=_concluded.days,
        factor=(1, 7),
        where=_concluded.ended_on.notnull(),
        done=_concluded.ended_on.notnull(),
        in_time=_concluded.days <= parameter("court_limit_days"),
        unknown=_negative,
        clock="days",
        elapsed=_concluded.days,
        clock_start=_concluded.started_on,
        clock_stop=_concluded.ended_on,
        words=_lasted,
    ),
)

_open = pre_proceedings_open.table
LAC_31 = count(
    pre_proceedings_open,
    _open.days > parameter("plo_days"),
    clock="days",
    elapsed=_open.days,
    clock_start=_open.started_on,
    clock_stop=_open.ends_on,
    words={"met": "Open for {days} days.", "not_met": "Open for {days} days, over 16 weeks."},
)

PARTS = {
    "LAC-08": LAC_08,
    "LAC-14": LAC_14,
    "LAC-15": LAC_15,
    "LAC-16": LAC_16,
    "LAC-17": LAC_17,
    "LAC-30": LAC_30,
    "LAC-31": LAC_31,
}
