"""Supervision and challenge: are actions followed up, and are concerns of reviewing officers resolved?"""

import ibis

from goldenthread.indicators.part import proportion
from goldenthread.populations.supervision import (
    actions_due,
    actions_reviewed,
    challenges_raised,
    children_with_a_chair,
)
from goldenthread.settings import parameter

_reviewed = actions_reviewed.table
_due = actions_due.table

SO_03 = (
    proportion(
        actions_reviewed,
        _reviewed.reviewed_in_supervision_id == _reviewed.next_id,
        not_due={"No session has followed yet.": _reviewed.next_on.isnull()},
        words={"met": "Reviewed at the next session.", "not_met": "Not reviewed at the next session."},
    ),
    proportion(
        actions_due,
        _due.completed_on <= _due.due_on,
        code="completed_by_due",
        not_due={
            "Due on the as-at date itself.": _due.completed_on.isnull() & (_due.due_on == _due.as_at_on)
        },
        words={"met": "Completed by the due date.", "not_met": "Not completed by the due date."},
    ),
)

_raised = challenges_raised.table
_limit = parameter("escalation_wd")
_taken = _raised.resolved_on_working_day - _raised.raised_on_working_day
_waited = _raised.as_at_on_working_day - _raised.raised_on_working_day

SO_05 = (
    proportion(
        challenges_raised,
        _taken <= _limit,
        done=_raised.resolved_on.notnull(),
        unknown={"Resolved before it was raised.": _raised.resolved_on < _raised.raised_on},
        not_due={
            "Not yet resolved, still inside the limit.": _raised.resolved_on.isnull() & (_waited <= _limit)
        },
        clock="working_days",
        elapsed=ibis.coalesce(_taken, _waited),
        clock_start=_raised.raised_on,
        clock_stop=_raised.resolved_on,
        words={
            "in_time": "Resolved after {working_days} working days.",
            "late": "Resolved after {working_days} working days, over the limit.",
            "overdue": "Not resolved after {working_days} working days.",
        },
    ),
    proportion(
        challenges_raised,
        _raised.raised_on.notnull(),
        code="rate",
        whole=children_with_a_chair.table,
        is_judged=False,
        needs=(
            "children.born_on",
            *(f"care_periods.{c}" for c in ("child_id", "started_on", "ended_on", "legal_status")),
            *(f"cp_plans.{c}" for c in ("child_id", "started_on", "ended_on")),
        ),
        words={"counted": "A challenge was raised."},
    ),
)

PARTS = {"SO-03": SO_03, "SO-05": SO_05}
