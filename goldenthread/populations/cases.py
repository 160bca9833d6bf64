"""Cases: which children have an open case at a moment, since when, and which of them are in need?

The conventions `open episode`, `open_case(RD)`, `open_date(child)`, `cin_child(RD)` and
`past_assessment(RD)`, as functions of the moments at which children are looked at.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import with_working_day
from goldenthread.populations.moments import CHILD, MOMENT, open_at
from goldenthread.populations.population import Population, first_per
from goldenthread.settings import parameter
from goldenthread.standard import table

_referrals = table("referrals").rows
_assessments = table("assessments").rows
_cin_plans = table("cin_plans").rows


def open_episode_at(at: ir.Table) -> ir.Table:
    """The open episode of need of each child: the earliest received, then the lowest id."""
    referrals = _referrals.filter(~_referrals.is_nfa.fill_null(False))
    episodes = open_at(referrals.mutate(started_on=_.received_on, ended_on=_.closed_on), at)
    earliest = first_per(episodes, *CHILD, order=[_.received_on, _.referral_id])
    return with_working_day(earliest.drop("started_on", "ended_on"), "received_on")


def _assessed_since_received(episodes: ir.Table) -> ir.Table:
    """Open episodes in which an assessment has started."""
    begun = episodes.inner_join(
        _assessments,
        [
            episodes.authority == _assessments.authority,
            episodes.child_id == _assessments.child_id,
            _assessments.started_on.between(episodes.received_on, episodes.ends_on),
        ],
    )
    return begun.select(*[episodes[c] for c in CHILD]).distinct().mutate(is_assessed=True)


def _open_by_any_route(episodes: ir.Table, others: Mapping[str, ir.Table]) -> ir.Table:
    """Every child with an episode, plan or period of care open, with what each says."""
    moment = [*CHILD, *MOMENT[1:]]
    rows = ibis.union(*[each.select(*moment) for each in (episodes, *others.values())], distinct=True)
    episode = episodes.select(
        *CHILD,
        "received_on",
        "received_on_working_day",
        "referral_id",
        "chronology_updated_on",
        episode_team=_.team,
        episode_worker_id=_.worker_id,
    )
    rows = rows.left_join(episode, list(CHILD)).select(*rows.columns, *episode.columns[len(CHILD) :])
    for name, other in others.items():
        own = other.select(
            *CHILD,
            **{
                f"{name}_started_on": other.started_on,
                f"{name}_first_started_on": other.first_started_on,
                f"{name}_team": other.team,
                f"{name}_worker_id": other.worker_id,
            },
        )
        rows = rows.left_join(own, list(CHILD)).select(*rows.columns, *own.columns[len(CHILD) :])
    assessed = _assessed_since_received(episodes)
    return rows.left_join(assessed, list(CHILD)).select(*rows.columns, "is_assessed")


def open_cases_at(*, episodes: ir.Table, cin: ir.Table, cp: ir.Table, care: ir.Table) -> ir.Table:
    """open_case: children past referral, or with a plan or a period of care open, and since when.

    Reads what is open at the same moments: `open_episode_at` and the plans and periods of care.
    """
    others = {"cin": cin, "cp": cp, "care": care}
    rows = _open_by_any_route(episodes, others)
    waited = rows.ends_on_working_day - rows.received_on_working_day
    is_under_way = rows.is_assessed.fill_null(False) | (waited > parameter("cin_plan_grace_wd"))
    has_plan = rows.cin_started_on.notnull() | rows.cp_started_on.notnull() | rows.care_started_on.notnull()
    rows = rows.filter((rows.received_on.notnull() & is_under_way) | has_plan)
    earliest = ibis.least(*[rows[f"{name}_first_started_on"] for name in others])
    names = ("episode", *others)
    starts = (rows.received_on, rows.cin_started_on, rows.cp_started_on, rows.care_started_on)
    first_table = [(start.notnull(), name) for start, name in zip(starts, names, strict=True)]
    found = rows.mutate(
        open_date=ibis.coalesce(rows.received_on, earliest),
        # Without allocations.csv the first of these tables with an open row places the child.
        team=ibis.cases(*[(is_open, rows[f"{name}_team"]) for is_open, name in first_table]),
        worker_id=ibis.cases(*[(is_open, rows[f"{name}_worker_id"]) for is_open, name in first_table]),
    )
    found = found.drop(*[f"{name}_first_started_on" for name in others])
    found = found.drop(*[f"{name}_{what}" for name in names for what in ("team", "worker_id")])
    return with_working_day(found, "open_date")


def flagged(rows: ir.Table, name: str, members: Population | ir.Table) -> ir.Table:
    """Add a true or false column: is the child of each row among the members at the same moment?"""
    table_of = members.table if isinstance(members, Population) else members
    of_children = table_of.select(*CHILD).distinct().mutate(**{name: True})
    joined = rows.left_join(of_children, list(CHILD)).select(*rows.columns, name)
    return joined.mutate(**{name: joined[name].fill_null(False)})


def _with_past_assessment(rows: ir.Table) -> ir.Table:
    """Add `is_past_assessment` to open cases: needs are known, or should be by now."""
    done = _assessments.filter(_assessments.is_services_required)
    done = rows.inner_join(
        done,
        [
            rows.authority == done.authority,
            rows.child_id == done.child_id,
            done.started_on.between(rows.open_date, rows.ends_on),
            done.authorised_on <= rows.ends_on,
        ],
    ).select(*[rows[c] for c in CHILD])
    planned = rows.inner_join(
        _cin_plans,
        [
            rows.authority == _cin_plans.authority,
            rows.child_id == _cin_plans.child_id,
            _cin_plans.started_on.between(rows.open_date, rows.ends_on),
        ],
    ).select(*[rows[c] for c in CHILD])
    either = ibis.union(done, planned, distinct=True).mutate(is_assessed_or_planned=True)
    joined = rows.left_join(either, list(CHILD)).select(*rows.columns, "is_assessed_or_planned")
    waited = joined.ends_on_working_day - joined.open_date_working_day
    is_past = joined.is_assessed_or_planned.fill_null(False) | (waited > parameter("cin_plan_grace_wd"))
    return joined.mutate(is_past_assessment=is_past).drop("is_assessed_or_planned")


def in_need_at(
    cases: ir.Table, *, looked_after: ir.Table, protected: ir.Table, leaving_care: ir.Table
) -> ir.Table:
    """cin_child: open cases that are none of these; `is_past_assessment` says which should have a plan."""
    rows = flagged(cases, "is_looked_after", looked_after)
    rows = flagged(rows, "is_protected", protected)
    rows = flagged(rows, "is_care_leaver", leaving_care)
    return _with_past_assessment(
        rows.filter(~(rows.is_looked_after | rows.is_protected | rows.is_care_leaver))
    )
