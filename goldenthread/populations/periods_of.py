"""Rows by period: what was dated in a period, and what was the latest at its end."""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import open_until
from goldenthread.periods import PERIOD, PERIOD_DAY
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
    joined = rows.join(PERIOD_DAY, rows[day] == PERIOD_DAY.day)
    columns = [PERIOD_DAY[name] for name in PERIOD_COLUMNS]
    return joined.select(*columns, *[rows[c] for c in rows.columns]).mutate(on=_[day])


def as_latest(
    events: ir.Table,
    day: str,
    *,
    of: str = "child_id",
    order: tuple[str, ...] = (),
    by: tuple[str, ...] = (),
) -> ir.Table:
    """Each child's events with `until`: the day of the next one, from which this is not the latest.

    An event is the latest on d where `day` <= d and (`until` is null or d < `until`); of several on
    one day the last in the order given. `of` is the column that says whose events they are, `by` adds
    columns within which they are looked at.
    """
    window = ibis.window(
        group_by=["authority", of, *by], order_by=[events[day], *[events[name] for name in order]]
    )
    return events.mutate(until=events[day].lead().over(window))


def with_latest(
    rows: ir.Table, events: ir.Table, day: str, on: str, *, of: str = "child_id", **columns: str
) -> ir.Table:
    """Add columns of the child's latest event on or before each row's day `on`; null where none.

    `events` come from `as_latest` with the same `of`; `columns` names the new columns and what they hold.
    """
    wanted = events.select(
        "authority",
        of,
        happened_on=_[day],
        until=_.until,
        **{new: _[old] for new, old in columns.items()},
    )
    matches = [
        rows.authority == wanted.authority,
        rows[of] == wanted[of],
        wanted.happened_on <= rows[on],
        (rows[on] < open_until(wanted.until)),
    ]
    return rows.left_join(wanted, matches).select(*rows.columns, *columns)


def latest_in_force(
    rows: ir.Table,
    *by: str,
    first: ir.DateValue,
    until: ir.DateValue,
    order: Iterable[ir.Value],
    **earliest: str,
) -> ir.Table:
    """Stretches of days in which the same of each group's rows come first in that order.

    A row is in force from its day `first` to the day before `until`, neither null. A stretch goes from
    `in_force_from` to the day before `in_force_until`; no two of a group overlap, so that whoever asks
    for a day finds one row at most and need not choose. Days on which none is in force have no stretch.
    `earliest` names new columns: the least that a column holds in any of the rows then in force.
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
    together = ibis.window(group_by=[*by, "in_force_from"])
    least = {name: joined[column].min().over(together) for name, column in earliest.items()}
    return first_per(joined.mutate(**least), *by, "in_force_from", order=order)
