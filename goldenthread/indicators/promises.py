"""Promises: is what case audits, clinics, meetings and the plan asked for done by the day it was due?"""

import ibis.expr.types as ir

from goldenthread.calendar import days_between
from goldenthread.indicators.part import Part, proportion
from goldenthread.populations import Population
from goldenthread.populations.promises import (
    audit_actions_due,
    clinic_actions_due,
    meeting_actions_due,
    plan_actions_in_force,
)

_AMBER_DAYS = 14
_NO_DAY = "No day was set for it."


def _done_by_its_day(of: Population) -> Part:
    """Actions done by the day they were due; those due later, or today, are not judged yet."""
    action = of.table
    is_open = action.completed_on.isnull()
    return proportion(
        of,
        action.completed_on <= action.due_on,
        done=~is_open,
        excluded={_NO_DAY: action.due_on.isnull()},
        not_due={"Not done, and its day has not passed.": is_open & (action.due_on >= action.as_at_on)},
        told={"done": action.completed_on, "due": action.due_on},
        words={
            "in_time": "Done on {done}, by {due}, the day it was due.",
            "late": "Done on {done}, after {due}, the day it was due.",
            "overdue": "Not done, and due on {due}.",
        },
    )


QA_04 = _done_by_its_day(audit_actions_due)
SO_06 = _done_by_its_day(clinic_actions_due)
GOV_04 = _done_by_its_day(meeting_actions_due)

_action = plan_actions_in_force.table
_days_left = days_between(_action.ends_on, _action.due_on)
_left_out = {_NO_DAY: _action.due_on.isnull()}
_is_red = ~_action.is_complete & (_days_left < 0)
_is_amber = ~_action.is_complete & ~_is_red & ((_days_left <= _AMBER_DAYS) | (_action.status == "at_risk"))
_is_amber = _is_amber.fill_null(False)
_colours = {
    "blue": (_action.is_complete, "complete"),
    "red": (_is_red, "past its day and not complete"),
    "amber": (_is_amber, "due within 14 days, or marked at risk"),
    "green": (~_action.is_complete & ~_is_red & ~_is_amber, "on its way"),
}


def _of_colour(code: str, is_so: ir.BooleanValue, said: str) -> Part:
    return proportion(
        plan_actions_in_force,
        is_so,
        code=code,
        excluded=_left_out,
        words={"met": f"{code.capitalize()}: {said}.", "not_met": f"Not {code}."},
    )


GOV_01 = (
    proportion(
        plan_actions_in_force,
        _action.is_complete & (_action.completed_on <= _action.due_on),
        excluded=_left_out,
        not_due={
            "Its day has not passed.": (_days_left > 0) | ((_days_left == 0) & ~_action.is_complete),
        },
        words={
            "met": "Completed by the day it was due.",
            "not_met": "Not completed by the day it was due, or opened again.",
        },
    ),
    *(_of_colour(code, is_so, said) for code, (is_so, said) in _colours.items()),
)

PARTS = {"QA-04": QA_04, "SO-06": SO_06, "GOV-01": GOV_01, "GOV-04": GOV_04}
