"""Rows by period: what was dated in a period, and what was the latest at its end."""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.population import first_per

PERIOD_COLUMNS = (
    "period",
    "starts_on",
    "ends_on",
    "as_at_on",
    "starts_on_working_day",
    "before_starts_on_working_day",
    "ends_on_working_day",
    "as_at_on_working_day",
)


def with_period(rows: ir.Table, condition: ir.BooleanValue) -> ir.Table:
    """The rows for each period for which the condition holds, with the period's days."""
    joined = rows.join(PERIOD, condition)
    return joined.select(*[PERIOD[name] for name in PERIOD_COLUMNS], *[rows[c] for c in rows.columns])


def in_period(rows: ir.Table, day: str) -> ir.Table:
    """The rows whose date falls in each period; the row's date is also its `on`."""
    return with_period(rows, rows[day].between(PERIOD.starts_on, PERIOD.ends_on)).mutate(on=_[day])


def as_latest(
    events: ir.Table, day: str, *, order: tuple[str, ...] = (), by: tuple[str, ...] = ()
) -> ir.Table:
    """Each child's events with `until`: the day of the next one, from which this is not the latest.

    An event is the latest on d where `day` <= d and (`until` is null or d < `until`); of several on
    one day the last in the order given. `by` adds columns within which events are looked at.
    """
    window = ibis.window(
        group_by=["authority", "child_id", *by], order_by=[events[day], *[events[name] for name in order]]
    )
    return events.mutate(until=events[day].lead().over(window))


def with_latest(rows: ir.Table, events: ir.Table, day: str, on: str, **columns: str) -> ir.Table:
    """Add columns of the child's latest event on or before each row's day `on`; null where none.

    `events` come from `as_latest`; `columns` names the new columns and what they hold.
    """
    wanted = events.select(
        "authority",
        "child_id",
        happened_on=_[day],
        until=_.until,
        **{new: _[old] for new, old in columns.items()},
    )
    matches = [
        rows.authority == wanted.authority,
        rows.child_id == wanted.child_id,
        wanted.happened_on <= rows[on],
        (rows[on] < open_until(wanted.until)),
    ]
    return rows.left_join(wanted, matches).select(*rows.columns, *columns)


def latest_in_force(
    rows: ir.Table, *by: str, first: ir.DateValue, until: ir.DateValue, order: Iterable[ir.Value]
) -> ir.Table:
    """Stretches of days in which the same of each group's rows come first in that order.

    A row is in force from its day `first` to the day before `until`, neither null. A stretch goes from
    `in_force_from` to the day before `in_force_until`; no two of a group overlap, so that whoever asks
    for a day finds one row at most and need not choose. Days on which none is in force have no stretch.
    """
    rows = rows.mutate(in_force_first=first, in_force_end=until)
    days = ibis.union(
        *[rows.select(*by, in_force_from=rows[day]) for day in ("in_force_first", "in_force_end")],
        distinct=True,
    )
    window = ibis.window(group_by=list(by), order_by=days.in_force_from)
    days = days.mutate(in_force_until=days.in_force_from.lead().over(window))
    matches = [days[name] == rows[name] for name in by]
    matches += [rows.in_force_first <= days.in_force_from, days.in_force_from < rows.in_force_end]
    own = [name for name in rows.columns if name not in (*by, "in_force_first", "in_force_end")]
    joined = days.join(rows, matches).select(*days.columns, *[rows[name] for name in own])
    return first_per(joined, *by, "in_force_from", order=order)
