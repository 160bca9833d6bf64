"""Staying put: which young people left a foster placement at 18, and did they stay with the carers?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import birthday, days_after, months_after, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.children import status_in_force, status_in_force_at, with_child
from goldenthread.populations.moments import CHILD, own_days
from goldenthread.populations.periods_of import with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

_care_periods = table("care_periods").rows
_placements = table("placements").rows
_FOSTER = [f"U{number}" for number in range(1, 7)]
AGES = (18, 19, 20)


def _with_last_placement(rows: ir.Table) -> ir.Table:
    """Add the type of the placement on the last day in care: the latest started of those open."""
    rows = rows.mutate(last_day_on=days_after(rows.ended_on, -1))
    open_then = rows.inner_join(
        _placements,
        [
            rows.authority == _placements.authority,
            rows.child_id == _placements.child_id,
            _placements.started_on <= rows.last_day_on,
            (open_until(_placements.ended_on) > rows.last_day_on),
        ],
    ).select(
        rows.authority,
        rows.care_period_id,
        placed_on=_placements.started_on,
        placement_id=_placements.placement_id,
        placement_type=_placements.placement_type,
    )
    order = [ibis.desc(open_then.placed_on), ibis.desc(open_then.placement_id)]
    last = first_per(open_then, "authority", "care_period_id", order=order)
    return rows.left_join(last, ["authority", "care_period_id"]).select(*rows.columns, "placement_type")


def _left_foster_care() -> ir.Table:
    """Periods of care that ended from a foster placement at 18 or later, or at an age not known."""
    rows = with_child(_care_periods.filter(_care_periods.ended_on.notnull()))
    is_of_age = (rows.ended_on >= birthday(rows.born_on, 18)).fill_null(True)
    rows = _with_last_placement(rows.filter(is_of_age & ~rows.is_unborn))
    return rows.filter(rows.placement_type.isin(_FOSTER))


foster_care_left = Population(
    name="foster_care_left",
    about="Periods of care that ended from a foster placement on or after the 18th birthday.",
    rows=_left_foster_care(),
)


def _left_in_year() -> ir.Table:
    """Each young person once per period: those whose care ended in the year to its end."""
    left = foster_care_left.table
    in_year = (left.ended_on <= PERIOD.ends_on) & (left.ended_on > months_after(PERIOD.ends_on, -12))
    rows = with_period(left, in_year & (left.started_on <= PERIOD.ends_on)).drop("team", "worker_id")
    rows = first_per(rows, *CHILD, order=[ibis.desc(_.ended_on), ibis.desc(_.care_period_id)])
    # A birthday still to come is answered by the status in force now.
    asked = {f"asked_{age}_on": ibis.least(birthday(rows.born_on, age), rows.ends_on) for age in AGES}
    return rows.mutate(key=ibis.literal(""), **asked)


foster_care_left_in_year = Population(
    name="foster_care_left_in_year",
    about="Young people who left a foster placement at 18 or later in the year to the end of the period.",
    rows=_left_in_year(),
)


def _with_accommodation() -> ir.Table:
    """Add where each young person lived at 18, 19 and 20, and the team of the status in force now."""
    rows = foster_care_left_in_year.table
    for age in AGES:
        then = status_in_force_at(own_days(foster_care_left_in_year.table, f"asked_{age}_on"))
        lived = then.select(
            "authority",
            "child_id",
            **{f"asked_{age}_on": then.ends_on, f"accommodation_{age}": then.accommodation},
        )
        rows = rows.left_join(lived, ["authority", "child_id", f"asked_{age}_on"]).select(
            *rows.columns, f"accommodation_{age}"
        )
    place = status_in_force.table.select(*CHILD, "team", "worker_id")
    return rows.left_join(place, list(CHILD)).select(*rows.columns, "team", "worker_id")


foster_care_homes = Population(
    name="foster_care_homes",
    about="Young people who left a foster placement at 18 or later in the year, and where they lived then.",
    rows=_with_accommodation(),
)

foster_care_leavers = Population(
    name="foster_care_leavers",
    about="Young people who left foster care, where they lived at 18, 19 and 20, and who advises them.",
    rows=placed(foster_care_homes.table, on="ends_on", role="personal_adviser", prefer="allocation"),
)
