"""Placements of looked-after children: made, ended, open, and for how long the child has been there."""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, days_between, months_after, open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.children import looked_after, open_at_end
from goldenthread.populations.moments import latest_open
from goldenthread.populations.periods_of import in_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_placements = table("placements").rows

# Temporary placements (T0 to T4) are looked through: the child is expected back.
TEMPORARY = [f"T{number}" for number in range(5)]
ADOPTION = [f"A{number}" for number in range(3, 7)]
FOSTER = [f"U{number}" for number in range(1, 7)]


def is_temporary(placements: ir.Table) -> ir.BooleanValue:
    """Whether a placement is of a temporary type."""
    return placements.placement_type.isin(TEMPORARY).fill_null(False)


def _in_order() -> ir.Table:
    """Each child's placements in order, with the number of the last that was not temporary."""
    order = ibis.window(
        group_by=["authority", "child_id"], order_by=[_placements.started_on, _placements.placement_id]
    )
    numbered = _placements.select(
        "authority", "child_id", "placement_id", "started_on", "ended_on", "placement_type"
    ).mutate(number=ibis.row_number().over(order), before_ended_on=_placements.ended_on.lag().over(order))
    lasting = is_temporary(numbered).ifelse(ibis.null("int64"), numbered.number)
    so_far = ibis.window(
        group_by=["authority", "child_id"], order_by=[numbered.number], preceding=None, following=0
    )
    return numbered.mutate(lasting_number=lasting.max().over(so_far))


def _with_stable_since() -> ir.Table:
    """Since when the child has lived in the same placement, adoption by the carer looked through."""
    rows = _in_order()
    base = rows.select(
        "authority",
        "child_id",
        base_number=_.number,
        base_started_on=_.started_on,
        base_type=_.placement_type,
    )
    rows = rows.left_join(
        base,
        [
            rows.authority == base.authority,
            rows.child_id == base.child_id,
            rows.lasting_number == base.base_number,
        ],
    ).select(*rows.columns, "base_number", "base_started_on", "base_type")
    earlier = _in_order().select(
        "authority",
        "child_id",
        earlier_number=_.number,
        earlier_started_on=_.started_on,
        earlier_ended_on=_.ended_on,
    )
    pairs = rows.filter(rows.base_type.isin(ADOPTION))
    pairs = pairs.inner_join(
        earlier,
        [
            pairs.authority == earlier.authority,
            pairs.child_id == earlier.child_id,
            earlier.earlier_number < pairs.base_number,
            earlier.earlier_ended_on == pairs.base_started_on,
        ],
    ).select("authority", "placement_id", "earlier_number", "earlier_started_on")
    with_carer = pairs.group_by("authority", "placement_id").aggregate(
        carer_since_on=pairs.earlier_started_on.argmax(pairs.earlier_number)
    )
    rows = rows.left_join(with_carer, ["authority", "placement_id"]).select(*rows.columns, "carer_since_on")
    return rows.mutate(stable_since_on=ibis.coalesce(rows.carer_since_on, rows.base_started_on))


placement_order = Population(
    name="placement_order",
    about="Each child's placements in order, and since when the child has been in the same one.",
    rows=_with_stable_since(),
)


def _counting() -> ir.Table:
    """Placements that count as a move: not temporary, of a day or more, no adoption by the same carer."""
    rows = placement_order.table
    by_carer = rows.placement_type.isin(["A3", "A5"]) & (rows.before_ended_on == rows.started_on)
    lasted = rows.ended_on.isnull() | (days_between(rows.started_on, rows.ended_on) >= 1)
    return rows.filter(~is_temporary(rows) & lasted & ~by_carer.fill_null(False))


def _number_of_placements() -> ir.Table:
    """For each child and period: placements known, and those that count in the twelve months before."""
    every = _placements.join(PERIOD, _placements.started_on <= PERIOD.ends_on)
    known = every.group_by("period", "authority", "child_id").aggregate(placements_known=_.count())
    counting = _counting()
    window_starts_on = days_after(months_after(PERIOD.ends_on, -12), 1)
    counted = counting.join(
        PERIOD,
        (counting.started_on <= PERIOD.ends_on) & (open_until(counting.ended_on) > window_starts_on),
    )
    number = counted.group_by("period", "authority", "child_id").aggregate(placements_counted=_.count())
    return known.left_join(number, ["period", "authority", "child_id"]).select(
        *known.columns, placements_counted=_.placements_counted.fill_null(0)
    )


placements_in_year = Population(
    name="placements_in_year",
    about="How many placements each child had in the twelve months to the end of each period.",
    rows=_number_of_placements(),
)


def _open_placements() -> ir.Table:
    rows = latest_open(open_at_end(_placements), "placement_id")
    since = placement_order.table.select("authority", "placement_id", "stable_since_on")
    return rows.left_join(since, ["authority", "placement_id"]).select(*rows.columns, "stable_since_on")


placements_open = Population(
    name="placements_open",
    about="The placement open at the end of each period, the latest started where there are several.",
    rows=_open_placements(),
)

_OF_A_PLACEMENT = (
    "placement_id",
    "placement_type",
    "provider",
    "location",
    "distance_miles",
    "is_registered",
    "is_long_term",
    "visit_rule",
    "stable_since_on",
)


def with_open_placement(rows: ir.Table) -> ir.Table:
    """Add the child's open placement at RD; `placement_started_on` is null where there is none."""
    found = placements_open.table.select(
        "period", "authority", "child_id", *_OF_A_PLACEMENT, placement_started_on=_.started_on
    )
    return rows.left_join(found, ["period", "authority", "child_id"]).select(
        *rows.columns, *_OF_A_PLACEMENT, "placement_started_on"
    )


placements_made = Population(
    name="placements_made",
    about="Placements that began in the period.",
    rows=placed(
        with_working_day(in_period(_placements, "started_on"), "started_on", "placement_plan_on").mutate(
            key=_.placement_id
        ),
        on="on",
        role="social_worker",
        prefer="allocation",
    ),
)

placements_ended = Population(
    name="placements_ended",
    about="Placements that ended in the period.",
    rows=placed(
        in_period(_placements, "ended_on").mutate(key=_.placement_id),
        on="on",
        role="social_worker",
        prefer="allocation",
    ),
)


def _children_placed() -> ir.Table:
    rows = with_open_placement(looked_after.table)
    return rows.left_join(placements_in_year.table, ["period", "authority", "child_id"]).select(
        *rows.columns, "placements_known", "placements_counted"
    )


children_placed = Population(
    name="children_placed",
    about="Looked-after children with the placement they are in and how often they moved in a year.",
    rows=_children_placed(),
)
