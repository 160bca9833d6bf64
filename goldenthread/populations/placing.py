"""Which team and worker does a row belong to? (specs `indicators`, conventions: team and worker)

`placed` adds `team` (the reporting team, or `not known`), `worker_id` and `service`.
"""

from typing import Literal

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_after, known_since, open_until
from goldenthread.periods import PERIOD
from goldenthread.populations.periods_of import latest_in_force
from goldenthread.populations.population import Population
from goldenthread.settings import supplied
from goldenthread.standard import table

NOT_KNOWN = "not known"
Role = Literal["social_worker", "personal_adviser"]

_allocations = table("allocations").rows
_teams = table("teams").rows


held_from_day = Population(
    name="held_from_day",
    about="Who held each child in each role, by stretches of days: the latest allocation in force.",
    rows=latest_in_force(
        _allocations,
        "authority",
        "child_id",
        "role",
        # Annex A does not say when an allocation began.
        first=known_since(_allocations.started_on),
        until=open_until(_allocations.ended_on),
        order=[ibis.desc(_.started_on), ibis.desc(_.allocation_id)],
    ).select(
        "authority",
        "child_id",
        "role",
        "in_force_from",
        "in_force_until",
        allocated_team=_.team,
        allocated_worker_id=_.worker_id,
    ),
)

reporting_from_day = Population(
    name="reporting_from_day",
    about="The stable label of each team, by stretches of days, so that a restructure breaks no series.",
    rows=latest_in_force(
        _teams,
        "authority",
        "team",
        first=_teams.effective_from_on,
        until=open_until(days_after(_teams.effective_to_on, 1)),
        order=[ibis.desc(_.effective_from_on)],
    ).select(
        "authority",
        "team",
        "in_force_from",
        "in_force_until",
        "service",
        reporting=ibis.coalesce(_.reporting_team, _.team),
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
    held = held_from_day.table
    of_role = held.role == (rows[role] if role in rows.columns else role)
    matches = [rows.authority == held.authority, rows.child_id == held.child_id, of_role]
    joined = rows.left_join(held, [*matches, *_holds_on(held, rows[on])])
    return joined.select(*rows.columns, "allocated_team", "allocated_worker_id")


def _with_reporting_team(rows: ir.Table, on: str) -> ir.Table:
    teams = reporting_from_day.table
    matches = [rows.authority == teams.authority, rows.own_team == teams.team]
    joined = rows.left_join(teams, [*matches, *_holds_on(teams, rows[on])])
    found = joined.select(*rows.columns, "reporting", service=teams.service)
    team = supplied("teams").ifelse(found.reporting, found.own_team)
    return found.mutate(
        team=ibis.coalesce(team, NOT_KNOWN), service=ibis.coalesce(found.service, NOT_KNOWN)
    ).drop("reporting")


def _holds_on(stretches: ir.Table, day: ir.DateValue) -> list[ir.BooleanValue]:
    return [stretches.in_force_from <= day, day < stretches.in_force_until]


def _holders() -> ir.Table:
    held = held_from_day.table
    rows = held.join(PERIOD, _holds_on(held, PERIOD.ends_on)).select(
        "period",
        "ends_on",
        "authority",
        "child_id",
        "role",
        team=held.allocated_team,
        worker_id=held.allocated_worker_id,
    )
    return placed(rows, on="ends_on", role=None)


holders = Population(
    name="holders",
    about="The worker and reporting team that hold each child at the end of each period, by role.",
    rows=_holders(),
)
