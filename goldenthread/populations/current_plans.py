"""Current plans: which plan should each open child have, and is it there?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.populations.children import (
    care_leavers,
    children_in_need,
    flagged,
    looked_after,
    open_cases,
    open_episodes,
    protected,
    status_in_force,
    with_care_period,
    with_cin_plan,
    with_cp_plan,
)
from goldenthread.populations.leaving_care import with_pathway
from goldenthread.populations.moments import CHILD, MOMENT
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population
from goldenthread.settings import parameter, supplied

_MOMENT = (*CHILD, *MOMENT[1:])


def _children() -> ir.Table:
    """Open cases and care leavers, with what decides which plan each should have."""
    rows = ibis.union(open_cases.table.select(*_MOMENT), care_leavers.table.select(*_MOMENT), distinct=True)
    rows = flagged(rows, "is_open_case", open_cases)
    rows = flagged(rows, "is_protected", protected)
    care = looked_after.table.select(
        *CHILD, "first_care_plan_on", care_started_on=_.started_on, care_working_day=_.started_on_working_day
    )
    rows = rows.left_join(care, list(CHILD)).select(*rows.columns, *care.columns[3:])
    leaving = care_leavers.table.select(*CHILD, "eligibility")
    rows = rows.left_join(leaving, list(CHILD)).select(*rows.columns, "eligibility")
    need = children_in_need.table.select(*CHILD, "cin_started_on", "is_past_assessment")
    rows = rows.left_join(need, list(CHILD)).select(*rows.columns, *need.columns[3:])
    return with_pathway(rows)


def _with_match() -> ir.Table:
    """Add `type`, the first kind of plan that fits each child (none: not yet due), and `has_plan`."""
    rows = _children()
    is_in_care = rows.care_started_on.notnull()
    is_settled = rows.ends_on_working_day - rows.care_working_day > parameter("care_plan_wd")
    matched = ibis.cases(
        (is_in_care & is_settled, "looked_after"),
        (rows.is_protected, "cp"),
        (rows.eligibility.isin(["relevant", "former_relevant"]), "care_leaver"),
        (rows.is_past_assessment, "cin"),
        (is_in_care | rows.is_past_assessment.notnull(), "none"),
    )
    rows = rows.mutate(type=matched).filter(_.type.notnull())
    has_plan = ibis.cases(
        (rows.type == "looked_after", (rows.first_care_plan_on <= rows.ends_on).fill_null(False)),
        (rows.type == "care_leaver", rows.last_pathway_on.notnull()),
        (rows.type == "cin", rows.cin_started_on.notnull()),
        else_=True,
    )
    role = rows.is_open_case.ifelse("social_worker", "personal_adviser")
    return rows.mutate(has_plan=has_plan, role=role, key=ibis.literal(""))


children_by_plan = Population(
    name="children_by_plan",
    about="Each open child once, by the kind of plan the child should have, and whether it is there.",
    rows=_with_match(),
)


def _with_own_place() -> ir.Table:
    """Add team and worker of the first of these tables in which the child has a row at that moment.

    Where allocations say who holds the child nobody asks, and nothing is looked up.
    """
    rows = children_by_plan.table
    tables = (with_care_period, with_cp_plan, status_in_force, open_episodes, with_cin_plan)
    for population in tables:
        name = population.name
        own = population.table.filter(~supplied("allocations")).select(
            *CHILD, **{name: True, f"{name}_team": _.team, f"{name}_worker_id": _.worker_id}
        )
        rows = rows.left_join(own, list(CHILD)).select(*rows.columns, *own.columns[3:])
    place = {
        column: ibis.cases(*[(rows[p.name].notnull(), rows[f"{p.name}_{column}"]) for p in tables])
        for column in ("team", "worker_id")
    }
    added = [f"{p.name}{what}" for p in tables for what in ("", "_team", "_worker_id")]
    return rows.mutate(**place).drop(*added)


children_and_plans = Population(
    name="children_and_plans",
    about="Each open child once, whether the plan the child should have is there, and who holds the child.",
    rows=placed(_with_own_place(), on="ends_on", role="role", prefer="allocation"),
)
