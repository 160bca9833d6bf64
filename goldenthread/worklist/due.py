"""All duties as one table: for each child or worker and item, when it is next due and who does it."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, with_nth_working_day, with_working_day
from goldenthread.indicators.part import holds
from goldenthread.periods import PERIOD
from goldenthread.populations.placing import holders
from goldenthread.populations.population import first_per
from goldenthread.settings import parameter
from goldenthread.worklist.item import Duty, Item

_WORKERS_OWN = ""  # the role of what is about a worker: no holder of a child is looked up
_NO_DATE = ibis.null("date")
_FIRST, _LAST = ibis.date("1900-01-01"), ibis.date("9999-12-31")

COLUMNS = (
    "duty",
    "child_id",
    "worker_id",
    "team",
    "clock_start",
    "last_done",
    "next_due",
    "working_days_overdue",
    "working_days_to_go",
    "state",
    "open",
    "first_on",
)


def due(duties: Sequence[tuple[Item, Duty]]) -> ir.Table:
    """One row per child (or worker) and item: what is due first, and how many of the kind there are.

    `duty` is the position among the duties given. The one row of PERIOD is the day of reading.
    """
    rows = ibis.union(*[_rows(number, item, duty) for number, (item, duty) in enumerate(duties)])
    rows = _with_next_due(rows.cross_join(PERIOD.select("ends_on", "ends_on_working_day")))
    return _in_order(_first_of_each(_with_holder(_with_state(rows))))


def _rows(number: int, item: Item, duty: Duty) -> ir.Table:
    table = duty.of.table
    rows = table if duty.where is None else table.filter(holds(duty.where))
    after, within = duty.within or (_NO_DATE, 0)
    return rows.select(
        authority=table.authority,
        item=ibis.literal(item.code),
        duty=ibis.literal(number, "int64"),
        role=ibis.literal(_WORKERS_OWN if duty.of_worker else duty.role),
        child_id=table.child_id,
        own_worker_id=table.worker_id,
        own_team=table.team,
        clock_start=_date(duty.clock_start),
        last_done=_date(duty.last_done),
        due_on=_date(duty.due_on),
        after_on=after.cast("date"),
        within=ibis.literal(within, "int64") if isinstance(within, int) else within.cast("int64"),
        is_overdue_now=holds(duty.is_overdue_now),
    )


def _date(value: ir.DateValue | None) -> ir.DateValue:
    return _NO_DATE if value is None else value.cast("date")


def _with_next_due(rows: ir.Table) -> ir.Table:
    """Add `next_due`: the day named or so many working days after another; of both the earlier."""
    rows = with_working_day(rows, "after_on")
    rows = with_nth_working_day(rows, "nth_on", "after_on", rows.within)
    # Days before the calendar begins are mistakes; what followed them was due in any case.
    nth_on = ibis.coalesce(rows.nth_on, days_after(rows.after_on, rows.within.cast("int32")))
    rows = rows.mutate(
        next_due=ibis.least(ibis.coalesce(rows.due_on, nth_on), ibis.coalesce(nth_on, rows.due_on))
    )
    return with_working_day(rows.drop("after_on_working_day", "nth_on"), "next_due")


def _with_state(rows: ir.Table) -> ir.Table:
    rows = with_nth_working_day(rows, "soon_until", "ends_on", parameter("due_soon_wd"))
    is_overdue = rows.is_overdue_now | (rows.next_due < rows.ends_on).fill_null(False)
    is_soon = (rows.next_due <= rows.soon_until).fill_null(False)
    overdue = rows.ends_on_working_day - rows.next_due_working_day
    nothing = ibis.null("int64")
    return rows.mutate(
        state=ibis.cases((is_overdue, "overdue"), (is_soon, "due_soon"), else_="later"),
        working_days_overdue=is_overdue.ifelse(overdue, nothing),
        working_days_to_go=is_overdue.ifelse(nothing, -overdue),
    )


def _with_holder(rows: ir.Table) -> ir.Table:
    """The line goes to whoever holds the child; where nobody does, to the worker and team of the row."""
    held = holders.table.select("authority", "child_id", "role", held_team=_.team, held_worker_id=_.worker_id)
    joined = rows.left_join(held, ["authority", "child_id", "role"])
    joined = joined.select(*rows.columns, "held_team", "held_worker_id")
    is_held = joined.held_worker_id.notnull()
    return joined.mutate(
        team=is_held.ifelse(joined.held_team, joined.own_team),
        worker_id=is_held.ifelse(joined.held_worker_id, joined.own_worker_id),
    )


def _first_of_each(rows: ir.Table) -> ir.Table:
    # What is about workers is one line for each, with every child held; else one line for each child.
    is_of_worker = rows.child_id.isnull() | (rows.role == _WORKERS_OWN)
    rows = rows.mutate(of_worker=is_of_worker.ifelse(rows.worker_id, ""))
    by = ("authority", "item", "child_id", "of_worker")
    rows = rows.mutate(open=rows.duty.count().over(group_by=list(by)))
    order = [
        ibis.desc(rows.is_overdue_now),
        ibis.asc(rows.next_due, nulls_first=False),
        ibis.asc(rows.clock_start, nulls_first=False),
        rows.duty,
        rows.worker_id,
    ]
    return first_per(rows, *by, order=order)


def _in_order(rows: ir.Table) -> ir.Table:
    """By team and worker, the oldest first; what is overdue without a day comes before all others."""
    without_a_day = rows.is_overdue_now.ifelse(_FIRST, _LAST)
    rows = rows.mutate(first_on=ibis.coalesce(rows.next_due, without_a_day))
    return rows.select(*COLUMNS).order_by("team", "worker_id", "first_on", "child_id", "duty")
