"""Pathway assessments: which looked-after children of 16 are owed a pathway plan, and by when?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import birthday, days_after, days_between, months_after
from goldenthread.periods import PERIOD
from goldenthread.populations.children import looked_after_at, with_care_period_at, with_child
from goldenthread.populations.moments import own_days
from goldenthread.populations.periods_of import PERIOD_COLUMNS, in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.standard import table

_care_periods = table("care_periods").rows
_pathway_plans = table("pathway_plans").rows

# Children (Leaving Care): looked after for 91 days in all since the age of 14.
_DAYS_IN_CARE = 91
_NEVER = ibis.date("9999-12-31")

_in_care = with_child(_care_periods.filter(~_care_periods.legal_status.isin(["V3", "V4"]).fill_null(False)))
_of_known_age = _in_care.filter(_in_care.born_on.notnull() & ~_in_care.is_unborn)


def _eligible() -> ir.Table:
    """The day on which each child became eligible: at 16, with 91 days in care since 14."""
    rows = _of_known_age.select(
        "authority", "child_id", "care_period_id", "born_on", "started_on", "ended_on"
    )
    rows = rows.mutate(
        from_on=ibis.greatest(rows.started_on, birthday(rows.born_on, 14)),
        until=ibis.coalesce(rows.ended_on, _NEVER),
    )
    spells = rows.filter(rows.until > rows.from_on)
    in_order = {"group_by": ["authority", "child_id"], "order_by": [spells.from_on, spells.care_period_id]}
    # A day in two overlapping periods is one day in care.
    before = spells.until.max().over(ibis.window(**in_order, preceding=(None, 1), following=None))
    spells = spells.mutate(
        counted_from_on=ibis.greatest(spells.from_on, ibis.coalesce(before, spells.from_on))
    )
    spells = spells.mutate(
        days=ibis.greatest(days_between(spells.counted_from_on, spells.until).cast("int64"), 0)
    )
    so_far = spells.days.sum().over(ibis.window(**in_order, preceding=None, following=0))
    spells = spells.mutate(days_before=(so_far - spells.days).cast("int32"))
    reached = spells.filter(
        (spells.days_before < _DAYS_IN_CARE) & (spells.days_before + spells.days >= _DAYS_IN_CARE)
    )
    reached_on = days_after(reached.counted_from_on, _DAYS_IN_CARE - 1 - reached.days_before)
    reached = reached.mutate(eligible_on=ibis.greatest(reached_on, birthday(reached.born_on, 16)))
    return reached.select("authority", "child_id", "eligible_on", due_on=months_after(reached.eligible_on, 3))


pathways_owed = Population(
    name="pathways_owed",
    about="The day by which each eligible child should have a pathway assessment or plan.",
    rows=_eligible(),
)


def _of_unknown_age() -> ir.Table:
    """Children looked after during a period whose date of birth is not known: none can be judged."""
    rows = _in_care.filter(_in_care.born_on.isnull() & ~_in_care.is_unborn)
    ends = rows.ended_on
    here = with_period(
        rows,
        (rows.started_on <= PERIOD.ends_on)
        & (ends.isnull() | ((ends > PERIOD.starts_on) & (ends > rows.started_on))),
    )
    not_known = ibis.null("date")
    # Those who hold the child now are told that the date of birth is missing.
    return (
        here.select("authority", "child_id", *PERIOD_COLUMNS)
        .distinct()
        .mutate(eligible_on=not_known, due_on=not_known, on=_.as_at_on, is_age_known=ibis.literal(False))
    )


def _due() -> ir.Table:
    due = in_period(pathways_owed.table, "due_on").mutate(is_age_known=ibis.literal(True))
    return ibis.union(due, _of_unknown_age().select(*due.columns))


pathways_in_period = Population(
    name="pathways_in_period",
    about="What fell due in the period, and children in care whose date of birth is not known.",
    rows=_due(),
)


def _with_care_and_plan() -> ir.Table:
    """Those in care on the day, with the child's latest open period of care and first plan."""
    rows = pathways_in_period.table
    at = own_days(rows, "on")
    in_care = looked_after_at(at).select("authority", "child_id", on=_.ends_on, is_in_care=True)
    held = with_care_period_at(at).select("authority", "child_id", "team", "worker_id", on=_.ends_on)
    joined = rows
    for found in (in_care, held):
        joined = joined.left_join(found, ["authority", "child_id", "on"]).select(
            *joined.columns, *[name for name in found.columns if name not in joined.columns]
        )
    joined = joined.filter(joined.is_in_care.notnull() | ~joined.is_age_known)
    plans = _pathway_plans.filter(_pathway_plans.kind.isin(["needs_assessment", "plan"]))
    first = plans.group_by("authority", "child_id").aggregate(first_plan_on=_.done_on.min())
    found = joined.left_join(first, ["authority", "child_id"])
    return found.select(*rows.columns, "team", "worker_id", "first_plan_on")


pathways_in_care = Population(
    name="pathways_in_care",
    about="Pathway assessments or plans that fell due for children looked after, and when they were done.",
    rows=_with_care_and_plan(),
)

_until = ibis.coalesce(pathways_in_care.first_plan_on, pathways_in_care.as_at_on)

pathways_due = Population(
    name="pathways_due",
    about="Eligible children whose pathway assessment or plan fell due in the period, and when it was done.",
    rows=placed(
        pathways_in_care.table.mutate(
            key=ibis.literal(""), days=days_between(pathways_in_care.eligible_on, _until)
        ),
        on="on",
        role="social_worker",
        prefer="allocation",
    ),
)
