"""Cases: which children have an open case at a moment, since when, and which of them are in need?

The conventions `open episode`, `open_case(RD)`, `open_date(child)`, `cin_child(RD)` and
`past_assessment(RD)`, as functions of the moments at which children are looked at.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import with_working_day
from goldenthread.populations.moments import CHILD, MOMENT, foremost, foremost_at
from goldenthread.populations.population import Population
from goldenthread.settings import parameter
from goldenthread.standard import table

_referrals = table("referrals").rows
_assessments = table("assessments").rows
_cin_plans = table("cin_plans").rows


episodes_by_day = Population(
    name="episodes_by_day",
    about="The open episode of need of each child, by stretches of days: earliest received, then lowest id.",
    rows=foremost(
        _referrals.filter(~_referrals.is_nfa.fill_null(False)),
        order=[_.received_on, _.referral_id],
        starts="received_on",
        ends="closed_on",
    ),
)


def open_episode_at(at: ir.Table) -> ir.Table:
    """The open episode of need of each child at each moment."""
    return with_working_day(foremost_at(episodes_by_day.table, at), "received_on")


def _first_assessed() -> ir.Table:
    """For each day a referral was received: the day the child's first assessment from then on started."""
    received = _referrals.select("authority", "child_id", "received_on").distinct()
    begun = received.inner_join(
        _assessments,
        [
            received.authority == _assessments.authority,
            received.child_id == _assessments.child_id,
            _assessments.started_on >= received.received_on,
        ],
    ).select(*received.columns, begun_on=_assessments.started_on)
    return begun.group_by(*received.columns).aggregate(assessed_on=begun.begun_on.min())


first_assessed = Population(
    name="first_assessed",
    about="When the first assessment started on or after each day on which a referral was received.",
    rows=_first_assessed(),
)


def _open_by_any_route(episodes: ir.Table, others: Mapping[str, ir.Table]) -> ir.Table:
    """Every child with an episode, plan or period of care open, with what each says."""
    moment = [*CHILD, *MOMENT[1:]]
    own = {
        "received_on": episodes.received_on,
        "received_on_working_day": episodes.received_on_working_day,
        "referral_id": episodes.referral_id,
        "chronology_updated_on": episodes.chronology_updated_on,
        "episode_team": episodes.team,
        "episode_worker_id": episodes.worker_id,
    }
    # Nearly every child has an episode open: only the others are looked for.
    without = ibis.union(*[each.select(*moment) for each in others.values()], distinct=True)
    without = without.anti_join(episodes, list(CHILD))
    rows = ibis.union(
        episodes.select(*moment, **own),
        without.select(*moment, **{name: ibis.null(column.type()) for name, column in own.items()}),
    )
    for name, other in others.items():
        columns = {
            f"{name}_started_on": other.started_on,
            f"{name}_first_started_on": other.first_started_on,
            f"{name}_team": other.team,
            f"{name}_worker_id": other.worker_id,
        }
        rows = rows.left_join(other.select(*CHILD, **columns), list(CHILD)).select(*rows.columns, *columns)
    of_episode = ["authority", "child_id", "received_on"]
    return rows.left_join(first_assessed.table, of_episode).select(*rows.columns, "assessed_on")


def open_cases_at(*, episodes: ir.Table, cin: ir.Table, cp: ir.Table, care: ir.Table) -> ir.Table:
    """open_case: children past referral, or with a plan or a period of care open, and since when.

    Reads what is open at the same moments: `open_episode_at` and the plans and periods of care.
    """
    others = {"cin": cin, "cp": cp, "care": care}
    rows = _open_by_any_route(episodes, others)
    waited = rows.ends_on_working_day - rows.received_on_working_day
    is_assessed = (rows.assessed_on <= rows.ends_on).fill_null(False)
    is_under_way = is_assessed | (waited > parameter("cin_plan_grace_wd"))
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
    found = found.drop("assessed_on", *[f"{name}_first_started_on" for name in others])
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
    of_case = ["authority", "child_id", "open_date"]
    opened = rows.select(*of_case).distinct()
    done = _assessments.filter(_assessments.is_services_required & _assessments.authorised_on.notnull())
    assessed = opened.inner_join(
        done,
        [
            opened.authority == done.authority,
            opened.child_id == done.child_id,
            done.started_on >= opened.open_date,
        ],
    ).select(*of_case, known_on=ibis.greatest(done.started_on, done.authorised_on))
    planned = opened.inner_join(
        _cin_plans,
        [
            opened.authority == _cin_plans.authority,
            opened.child_id == _cin_plans.child_id,
            _cin_plans.started_on >= opened.open_date,
        ],
    ).select(*of_case, known_on=_cin_plans.started_on)
    known = ibis.union(assessed, planned).group_by(*of_case).aggregate(known_on=_.known_on.min())
    joined = rows.left_join(known, of_case).select(*rows.columns, "known_on")
    waited = joined.ends_on_working_day - joined.open_date_working_day
    is_past = (joined.known_on <= joined.ends_on).fill_null(False)
    is_past = is_past | (waited > parameter("cin_plan_grace_wd"))
    return joined.mutate(is_past_assessment=is_past).drop("known_on")


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
