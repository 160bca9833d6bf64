"""The case system day by day: how many hours was it to serve, and how many was it out?

A day has the 24 hours of the clock. Hours that were announced before are counted from the beginning of an
outage; they are no hours of service.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after
from goldenthread.periods import PERIOD_DAY
from goldenthread.populations.early_help import not_placed
from goldenthread.populations.population import Population
from goldenthread.settings import AUTHORITY
from goldenthread.standard import table

_outages = table("ict_outages").rows
_EXACT = "decimal(18, 10)"
_HOUR, _DAY = 3600, 86400  # in seconds: whole numbers until the end, so that every engine says the same


def _seconds(begins: ir.TimestampValue, ends: ir.TimestampValue) -> ir.IntegerValue:
    """The seconds between two moments; 0 where the second is not after the first."""
    return ibis.greatest(ends.epoch_seconds() - begins.epoch_seconds(), 0).cast("int64")


def _hours(seconds: ir.IntegerValue) -> ir.NumericValue:
    return (seconds.cast(_EXACT) / _HOUR).cast(_EXACT)


def _by_day(days: ir.Table) -> ir.Table:
    """The seconds out, and those of them announced, of each day on which there was an outage."""
    rows = days.inner_join(
        _outages,
        [
            _outages.started_at < days.day_ends_at,
            ibis.coalesce(_outages.ended_at, days.last_ends_at) > days.day_begins_at,
        ],
    )
    rows = rows.select(*days.columns, _outages.started_at, _outages.ended_at, _outages.planned_hours)
    ends = ibis.least(ibis.coalesce(rows.ended_at, rows.last_ends_at), rows.day_ends_at)
    begins = ibis.greatest(rows.started_at, rows.day_begins_at)
    announced = (rows.planned_hours.fill_null(0) * _HOUR).floor().cast("int64")
    announced_until = ibis.least(rows.started_at + announced.as_interval("s"), ends)
    rows = rows.mutate(out=_seconds(begins, ends), announced=_seconds(begins, announced_until))
    return rows.group_by("period", "day").aggregate(out=_.out.sum(), announced=_.announced.sum())


def _days() -> ir.Table:
    days = PERIOD_DAY.mutate(
        day_begins_at=PERIOD_DAY.day.cast("timestamp"),
        day_ends_at=days_after(PERIOD_DAY.day, 1).cast("timestamp"),
        last_ends_at=days_after(PERIOD_DAY.as_at_on, 1).cast("timestamp"),
    )
    found = _by_day(days)
    rows = days.left_join(found, ["period", "day"]).select(*days.columns, "out", "announced")
    out, announced = (ibis.least(rows[name].fill_null(0), _DAY) for name in ("out", "announced"))
    rows = rows.mutate(hours_to_serve=_hours(_DAY - announced), hours_served=_hours(_DAY - out))
    key = rows.day.strftime("%Y-%m-%d")
    return not_placed(rows.mutate(authority=AUTHORITY, child_id=ibis.null("string"), key=key, on=_.day))


days_of_service = Population(
    name="days_of_service",
    about="Days of the period, with the hours the case system was to serve and the hours it did.",
    rows=_days(),
)
