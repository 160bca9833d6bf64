"""Moments: at which days are children looked at, and what is open then?

A moment is the end of a period, for every child, or a day of one child's own. What is worked out at
moments has the columns MOMENT, and CHILD identifies a row.
"""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import FIRST_DAY, days_between, open_until, with_working_day
from goldenthread.populations.periods_of import latest_in_force
from goldenthread.populations.population import first_per

CHILD = ("period", "authority", "child_id")
MOMENT = ("period", "starts_on", "ends_on", "ends_on_working_day")


def own_days(rows: ir.Table, day: str) -> ir.Table:
    """The days in a column as moments, each for its own child: the number of the day is the period."""
    days = rows.filter(rows[day].notnull()).select("authority", "child_id", ends_on=_[day]).distinct()
    days = with_working_day(days.mutate(starts_on=_.ends_on), "ends_on")
    return days.mutate(period=days_between(ibis.literal(FIRST_DAY), days.ends_on).cast("int64"))


def open_at(rows: ir.Table, at: ir.Table) -> ir.Table:
    """The rows that are open at each moment (from `started_on`, before `ended_on`)."""
    is_open = (rows.started_on <= at.ends_on) & (open_until(rows.ended_on) > at.ends_on)
    joined = rows.join(at, [*of_child(rows, at), is_open])
    return joined.select(*[at[name] for name in MOMENT], *[rows[c] for c in rows.columns])


def foremost(
    rows: ir.Table, *, order: Iterable[ir.Value], starts: str = "started_on", ends: str = "ended_on"
) -> ir.Table:
    """By stretches of days, the one of each child's open rows that comes first in that order.

    `first_started_on` is the day on which the first of the rows began that are open then.
    """
    return latest_in_force(
        rows,
        "authority",
        "child_id",
        first=rows[starts],
        until=open_until(rows[ends]),
        order=order,
        first_started_on=starts,
    )


def foremost_at(stretches: ir.Table, at: ir.Table) -> ir.Table:
    """What `foremost` found, at each moment: of no child more than one row."""
    holds = (stretches.in_force_from <= at.ends_on) & (at.ends_on < stretches.in_force_until)
    joined = stretches.join(at, [*of_child(stretches, at), holds])
    own = stretches.drop("in_force_from", "in_force_until").columns
    return joined.select(*[at[name] for name in MOMENT], *[stretches[name] for name in own])


def of_child(rows: ir.Table, at: ir.Table) -> list[ir.BooleanValue]:
    """Moments of one child are looked up for that child only."""
    return [rows[name] == at[name] for name in ("authority", "child_id") if name in at.columns]


def latest_open(rows: ir.Table, key: str) -> ir.Table:
    """Of each child's rows at each moment, the latest started, then the highest key."""
    return first_per(rows, *CHILD, order=latest_started(key))


def latest_started(key: str) -> list[ir.Value]:
    """The order in which the latest started comes first, then the highest key."""
    return [ibis.desc(_.started_on), ibis.desc(_[key])]
