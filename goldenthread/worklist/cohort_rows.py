"""Which rows of a population belong to a cohort, where not all of them do?"""

from collections.abc import Callable, Mapping

import ibis.expr.types as ir

from goldenthread.calendar import days_after, open_until, with_nth_working_day
from goldenthread.populations.children import open_cases
from goldenthread.settings import parameter

_PROTECTION = ("initial", "transfer_in", "review")


def _no_longer_open(rows: ir.Table, days: int) -> ir.Table:
    still = open_cases.table.select("authority", "child_id").distinct()
    return rows.anti_join(still, ["authority", "child_id"])


def _fell_due(rows: ir.Table, due_on: ir.DateValue, days: int) -> ir.BooleanValue:
    """Whether that day lies in the last so many days up to the day of drawing."""
    return (due_on > days_after(rows.ends_on, -days)) & (due_on <= rows.ends_on)


def _review_fell_due(rows: ir.Table, days: int) -> ir.Table:
    """As AS-06 counts: an assessment finished before its review was due needed none."""
    limit = parameter("assessment_checkpoint_wd")
    rows = with_nth_working_day(rows, "by_working_days", "started_on", limit)
    is_by_calendar = parameter("checkpoint_days") == "calendar"
    due_on = is_by_calendar.ifelse(days_after(rows.started_on, limit), rows.by_working_days)
    return rows.filter(_fell_due(rows, due_on, days) & (open_until(rows.authorised_on) >= due_on))


def _initial_conference(rows: ir.Table, days: int) -> ir.Table:
    return rows.filter(rows.kind.isin(_PROTECTION[:2]))


def _next_session_held(rows: ir.Table, days: int) -> ir.Table:
    return rows.filter(rows.next_on.notnull())


def _minutes_fell_due(rows: ir.Table, days: int) -> ir.Table:
    rows = with_nth_working_day(rows, "due_on", "held_on", parameter("cp_minutes_limit_wd"))
    return rows.filter(rows.kind.isin(_PROTECTION) & _fell_due(rows, rows.due_on, days))


def _interview_held(rows: ir.Table, days: int) -> ir.Table:
    return rows.filter(rows.rhi_on <= rows.ends_on)


NARROWINGS: Mapping[str, Callable[[ir.Table, int], ir.Table]] = {
    "no_longer_open": _no_longer_open,
    "review_fell_due": _review_fell_due,
    "initial_conference": _initial_conference,
    "next_session_held": _next_session_held,
    "minutes_fell_due": _minutes_fell_due,
    "interview_held": _interview_held,
}
