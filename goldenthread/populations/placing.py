"""Which team and worker does a row belong to? (specs `indicators`, conventions: team and worker)

`placed` adds `team` (the reporting team, or `not known`), `worker_id` and `service`.
"""

from typing import Literal

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import known_since, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import supplied
from goldenthread.standard import table

NOT_KNOWN = "not known"
Role = Literal["social_worker", "personal_adviser"]

_allocations = table("allocations").rows
_teams = table("teams").rows


def _in_force(day: ir.DateColumn) -> ir.BooleanValue:
    """Whether an allocation holds on that day; Annex A does not say when it began."""
    began = known_since(_allocations.started_on) <= day
    return began & (open_until(_allocations.ended_on) > day)


allocated = Population(
    name="allocated",
    about="Who held each child in each role at the end of each period: the latest allocation in force.",
    rows=first_per(
        _allocations.join(PERIOD, _in_force(PERIOD.ends_on)),
        "period",
        "authority",
        "child_id",
        "role",
        order=[ibis.desc(_.started_on), ibis.desc(_.allocation_id)],
    ).select(
        "period",
        "authority",
        "child_id",
        "role",
        allocated_team=_.team,
        allocated_worker_id=_.worker_id,
    ),
)


def placed(
    rows: ir.Table, *, on: str, role: Role | str | None, prefer: Literal["row", "allocation"] = "row"
) -> ir.Table:
    """Place each row: its own team and worker, the allocation's on that day, or the other way round.

    `on` names a date column (`ends_on`: the snapshot day). `role` is a role, None (no allocation is
    looked up) or the name of a column that holds each row's role. Where allocations were not
    supplied, rows that prefer the allocation keep their own team and worker.
    """
    rows = _with_own(rows)
    if role is not None:
        rows = _with_allocation(rows, on, role)
        own = (rows.own_team, rows.own_worker_id)
        held = (rows.allocated_team, rows.allocated_worker_id)
        if prefer == "allocation":
            is_held = supplied("allocations")
            team, worker = (is_held.ifelse(h, o) for o, h in zip(own, held, strict=True))
        else:
            team, worker = (ibis.coalesce(o, h) for o, h in zip(own, held, strict=True))
        rows = rows.mutate(own_team=team, own_worker_id=worker).drop("allocated_team", "allocated_worker_id")
    rows = _with_reporting_team(rows, on)
    return rows.mutate(worker_id=ibis.coalesce(rows.own_worker_id, NOT_KNOWN)).drop(
        "own_team", "own_worker_id"
    )


def _with_own(rows: ir.Table) -> ir.Table:
    """Set the row's own team and worker apart, null where its table has none."""
    names = {"team": "own_team", "worker_id": "own_worker_id"}
    for column, own in names.items():
        value = rows[column] if column in rows.columns else ibis.null("string")
        rows = rows.mutate(**{own: value})
    return rows.drop(*[column for column in names if column in rows.columns])


def _with_allocation(rows: ir.Table, on: str, role: str) -> ir.Table:
    rows = rows.mutate(placing_role=rows[role] if role in rows.columns else ibis.literal(role))
    if on == "ends_on":
        held = allocated.table
        matches = ["period", "authority", "child_id", ("placing_role", "role")]
    else:
        held = _held_on(rows, on)
        matches = ["authority", "child_id", "placing_role", (on, "held_on")]
    joined = rows.left_join(held, matches)
    return joined.select(*rows.columns, "allocated_team", "allocated_worker_id").drop("placing_role")


def _held_on(rows: ir.Table, on: str) -> ir.Table:
    """The allocation in force for each child, role and day that occurs in the rows."""
    wanted = rows.select("authority", "child_id", "placing_role", held_on=rows[on]).distinct()
    matches = [
        wanted.authority == _allocations.authority,
        wanted.child_id == _allocations.child_id,
        wanted.placing_role == _allocations.role,
        _in_force(wanted.held_on),
    ]
    joined = wanted.inner_join(_allocations, matches).select(
        *wanted.columns,
        allocated_team=_allocations.team,
        allocated_worker_id=_allocations.worker_id,
        began_on=_allocations.started_on,
        allocation_id=_allocations.allocation_id,
    )
    order = [ibis.desc(joined.began_on), ibis.desc(joined.allocation_id)]
    return first_per(joined, *wanted.columns, order=order).drop("began_on", "allocation_id")


def _with_reporting_team(rows: ir.Table, on: str) -> ir.Table:
    """The stable label of the team in force on that day, so that a restructure breaks no series."""
    wanted = rows.select("authority", "own_team", team_on=rows[on]).distinct()
    matches = [
        wanted.authority == _teams.authority,
        wanted.own_team == _teams.team,
        _teams.effective_from_on <= wanted.team_on,
        (wanted.team_on <= open_until(_teams.effective_to_on)),
    ]
    joined = wanted.inner_join(_teams, matches).select(
        *wanted.columns,
        reporting=ibis.coalesce(_teams.reporting_team, _teams.team),
        service=_teams.service,
        effective_from_on=_teams.effective_from_on,
    )
    found = first_per(joined, *wanted.columns, order=[ibis.desc(joined.effective_from_on)])
    placed_rows = rows.left_join(found, ["authority", "own_team", (on, "team_on")])
    placed_rows = placed_rows.select(*rows.columns, "reporting", "service")
    team = supplied("teams").ifelse(placed_rows.reporting, placed_rows.own_team)
    return placed_rows.mutate(
        team=ibis.coalesce(team, NOT_KNOWN), service=ibis.coalesce(placed_rows.service, NOT_KNOWN)
    ).drop("reporting")


def _holders() -> ir.Table:
    rows = allocated.table.inner_join(PERIOD, "period")
    rows = rows.select(
        "period",
        "ends_on",
        "authority",
        "child_id",
        "role",
        team=rows.allocated_team,
        worker_id=rows.allocated_worker_id,
    )
    return placed(rows, on="ends_on", role=None)


holders = Population(
    name="holders",
    about="The worker and reporting team that hold each child at the end of each period, by role.",
    rows=_holders(),
)
