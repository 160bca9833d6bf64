"""Child protection plans: are children on a plan visited, reviewed and helped in time?"""

import ibis

from goldenthread.calendar import days_between, months_after
from goldenthread.indicators.part import ManyParts, coded, count, proportion, rate
from goldenthread.populations.cp_plans import plan_changes, plans_ended, plans_open, plans_started
from goldenthread.settings import parameter, supplied

_start = plans_started.table
_to_core_group = _start.first_core_group_on_working_day - _start.started_on_working_day
_since_start = _start.as_at_on_working_day - _start.started_on_working_day
_length = _start.ended_on_working_day - _start.started_on_working_day
_core_limit = parameter("core_group_first_wd")
_no_core_group = _start.first_core_group_on.isnull()

CP_07 = proportion(
    plans_started,
    _to_core_group <= _core_limit,
    done=_start.first_core_group_on.notnull(),
    excluded={
        "The plan ended before a core group was due.": _no_core_group
        & ((_length <= _core_limit) | (_start.ended_on <= _start.started_on))
    },
    not_due={"No core group yet, still inside the limit.": _no_core_group & (_since_start <= _core_limit)},
    clock="working_days",
    elapsed=ibis.coalesce(_to_core_group, _since_start),
    clock_start=_start.started_on,
    clock_stop=_start.first_core_group_on,
    words={
        "in_time": "The first core group met after {working_days} working days.",
        "late": "The first core group met after {working_days} working days, over the limit.",
        "overdue": "No core group after {working_days} working days.",
    },
)

CP_12 = proportion(
    plans_started,
    _start.previous_plans > 0,
    unknown={
        "Neither earlier plans nor their number were supplied.": ~supplied("cp_plans.previous_plan_count")
        & (_start.file_starts_on >= _start.starts_on)
    },
    words={"met": "The child's first plan.", "not_met": "The child had a plan before."},
)

_plan = plans_open.table
_open_days = _plan.ends_on_working_day - _plan.started_on_working_day

CP_08 = proportion(
    plans_open,
    _plan.ends_on.delta(_plan.last_core_group_on, unit="day") <= parameter("core_group_interval_days"),
    not_due={"The plan is too new for a core group.": _open_days <= _core_limit},
    clock="days",
    elapsed=_plan.ends_on.delta(_plan.last_core_group_on, unit="day"),
    clock_start=_plan.last_core_group_on,
    clock_stop=_plan.ends_on,
    words={
        "met": "The last core group met {days} days before.",
        "not_met": "No core group in time: the last was {days} days before.",
    },
)

_since_visit = _plan.ends_on_working_day - _plan.last_visit_on_working_day
_visit_limit = parameter("cp_visit_interval_wd")

CP_09 = proportion(
    plans_open,
    _since_visit <= _visit_limit,
    not_due={
        "The plan is new and no visit is due yet.": _plan.last_visit_on.isnull()
        & (_open_days <= _visit_limit)
    },
    clock="working_days",
    elapsed=_since_visit,
    clock_start=_plan.last_visit_on,
    clock_stop=_plan.ends_on,
    words={
        "met": "Visited {working_days} working days before.",
        "not_met": "No visit in time: the last was {working_days} working days before.",
    },
)

_is_whole_plan = parameter("cp_review_look_back") == "whole_plan"
_year_before = months_after(_plan.ends_on, -12)
_missed = _plan.last_late_due_on.notnull() & (_is_whole_plan | (_plan.last_late_due_on > _year_before))
_due = _plan.review_convention_due_on
_overdue = (_due < _plan.ends_on) & (_is_whole_plan | (_due > _year_before))

_since_review = days_between(ibis.coalesce(_plan.last_review_on, _plan.started_on), _plan.ends_on)

CP_10 = proportion(
    plans_open,
    ~_missed.fill_null(False) & ~_overdue.fill_null(False),
    where=_plan.ends_on > months_after(_plan.started_on, 3),
    clock="days",
    elapsed=_since_review,
    clock_start=ibis.coalesce(_plan.last_review_on, _plan.started_on),
    clock_stop=_plan.ends_on,
    words={"met": "Every review was in time.", "not_met": "A review was late or is overdue."},
)

CP_11 = count(
    plans_open,
    _plan.review_due_on < _plan.ends_on,
    clock="days",
    elapsed=_since_review,
    clock_start=ibis.coalesce(_plan.last_review_on, _plan.started_on),
    clock_stop=_plan.ends_on,
    words={"met": "The review conference is not overdue.", "not_met": "The review conference is overdue."},
)
_due_soon = coded(
    CP_11,
    "due_soon",
    achieved=(_plan.review_due_on >= _plan.ends_on) & (_plan.review_due_on <= _plan.review_soon_until),
    words={"met": "The review conference is not due soon.", "not_met": "The review conference is due soon."},
)


def _lasting(code: str, days: object) -> dict[str, object]:
    return {
        "code": code,
        "clock": "days",
        "elapsed": _plan.days,
        "clock_start": _plan.started_on,
        "clock_stop": _plan.ends_on,
        "achieved": _plan.days >= days,
        "words": {
            "met": "On a plan for {days} days.",
            "not_met": "On a plan for {days} days, over the limit.",
        },
    }


_two_years = parameter("cp_2yr_days")
CP_14 = tuple(
    proportion(plans_open, **_lasting(code, days))
    for code, days in (("", _two_years), ("m15", 457), ("m18", 548))
)

CP_15 = rate(plans_open, words={"met": "On a child protection plan."})

CP_18 = proportion(
    plans_open,
    _plan.is_alone,
    where=~_plan.is_not_yet_born & (_plan.age >= parameter("seen_alone_min_age")).fill_null(True),
    excluded={"No visit under this plan yet.": _plan.last_any_visit_on.isnull()},
    unknown={"The child's date of birth is not known.": _plan.age.isnull()},
    unknown_in={
        "Whether the child was seen alone is not recorded.": _plan.is_alone_not_recorded & ~_plan.is_alone
    },
    clock_start=_plan.last_any_visit_on,
    words={"met": "Seen alone at the last visit.", "not_met": "Not seen alone at the last visit."},
)

_category = ibis.coalesce(_plan.latest_category, _plan.initial_category, "not_recorded")
_categories = ManyParts(
    name="<category>",
    of=plans_open,
    codes=_category,
    part=lambda code: count(
        plans_open,
        _category == code,
        code=code,
        words={"met": "A plan of this category.", "not_met": "A plan of another category."},
    ),
)

_end = plans_ended.table
_ended_first = {"The plan is recorded as ended before it began.": _end.days < 0}
_months = {number: months_after(_end.started_on, number) for number in (3, 6, 12)}
_lengths = {
    "": _end.days >= _two_years,
    "up_to_m3": _end.ended_on <= _months[3],
    "m3_to_m6": (_end.ended_on > _months[3]) & (_end.ended_on <= _months[6]),
    "m6_to_m12": (_end.ended_on > _months[6]) & (_end.ended_on < _months[12]),
    "m12_to_y2": (_end.ended_on >= _months[12]) & (_end.days < _two_years),
}
CP_13 = tuple(
    proportion(
        plans_ended,
        within,
        code=code,
        unknown=_ended_first,
        clock="days",
        elapsed=_end.days,
        clock_start=_end.started_on,
        clock_stop=_end.ended_on,
        words={"met": "The plan lasted {days} days.", "not_met": "The plan lasted {days} days."},
    )
    for code, within in _lengths.items()
)
CP_23 = coded(CP_13[0], "", achieved=_end.ended_on <= _months[3])

_change = plan_changes.table

CP_16 = (
    rate(plans_started, words={"met": "A plan began."}),
    rate(plans_ended, code="ends", words={"met": "A plan ended."}),
    rate(
        plan_changes,
        code="net",
        numerator=_change.change,
        words={"met": "A plan began or ended."},
    ),
)

PARTS = {
    "CP-07": CP_07,
    "CP-08": CP_08,
    "CP-09": CP_09,
    "CP-10": CP_10,
    "CP-11": (CP_11, _due_soon),
    "CP-12": CP_12,
    "CP-13": CP_13,
    "CP-14": CP_14,
    "CP-15": CP_15,
    "CP-16": CP_16,
    "CP-18": CP_18,
    "CP-21": (count(plans_open, words={"met": "An open plan."}), _categories),
    "CP-23": CP_23,
}
