"""Allocations: is every open case held by a worker who is there, and no closed case by anyone?"""

from functools import partial

import ibis
import ibis.expr.types as ir

from goldenthread.calendar import with_working_day
from goldenthread.populations.allocated import cases_and_workers
from goldenthread.populations.children import care_leavers, open_cases, open_episodes
from goldenthread.populations.population import Population
from goldenthread.populations.workers import with_is_worker
from goldenthread.quality.facts import days_ago, overlap, with_facts
from goldenthread.quality.rule import Rule
from goldenthread.settings import AS_AT_ON
from goldenthread.standard import table

_allocations = table("allocations").rows
_posts = table("posts").rows
_teams = table("teams").rows


def _held() -> ir.Table:
    """Children for whom somebody should be allocated."""
    parts = [p.table.select("authority", "child_id") for p in (open_cases, open_episodes, care_leavers)]
    return ibis.union(*parts, distinct=True)


def _with_posts(rows: ir.Table) -> ir.Table:
    """Add what the posts of the worker say today."""
    return with_facts(
        "allocations",
        rows,
        _posts,
        prefix="post",
        on=("worker_id",),
        facts={
            "is_known_worker": lambda t: t.post_worker_id.notnull(),
            "is_in_post": lambda t: t.post_ended_on.isnull(),
            "is_social_worker": lambda t: t.post_ended_on.isnull() & t.post_is_social_worker,
            "is_in_same_team": lambda t: t.post_ended_on.isnull() & (t.post_team == t.team),
        },
    )


def _dated() -> ir.Table:
    """Allocations with their working days, and whether the worker is a person and no duty desk."""
    rows = with_is_worker(_allocations.mutate(read_on=AS_AT_ON), on="read_on").drop("read_on")
    return with_working_day(rows, "started_on", "ended_on")


def _checked() -> ir.Table:
    rows = _dated()
    rows = rows.mutate(is_current=rows.ended_on.isnull())
    rows = _with_posts(rows)
    rows = with_facts(
        "allocations",
        rows,
        _teams,
        prefix="team",
        on=("team",),
        facts={
            "is_known_team": lambda t: t.team_team.notnull(),
            "team_is_in_force": lambda t: (
                (t.team_effective_from_on <= AS_AT_ON)
                & (t.team_effective_to_on.isnull() | (t.team_effective_to_on >= AS_AT_ON))
            ),
        },
    )
    rows = with_facts(
        "allocations",
        rows,
        _held(),
        prefix="case",
        facts={"has_open_case": lambda t: t.case_child_id.notnull()},
    )
    today = with_working_day(_allocations.select("authority").distinct().mutate(day=AS_AT_ON), "day")

    def shared_working_days(t: ir.Table) -> ir.IntegerValue:
        ends = [
            ibis.coalesce(t[f"{side}ended_on_working_day"], t.today_working_day) for side in ("", "other_")
        ]
        return ibis.least(*ends) - ibis.greatest(t.started_on_working_day, t.other_started_on_working_day)

    rows = rows.left_join(today.rename(today_working_day="day_working_day"), "authority").select(
        *rows.columns, "today_working_day"
    )
    return with_facts(
        "allocations",
        rows,
        _dated(),
        facts={
            "has_rival": lambda t: (
                t.is_worker
                & t.other_is_worker
                & (t.role == "social_worker")
                & (t.other_role == "social_worker")
                & (t.other_worker_id != t.worker_id)
                & overlap(t, "other")
                & (shared_working_days(t) > 5)
            ),
            "is_twice": lambda t: (
                (t.other_allocation_id != t.allocation_id)
                & (t.other_role == t.role)
                & (t.other_worker_id == t.worker_id)
                & overlap(t, "other")
            ),
        },
    )


def _unheld() -> ir.Table:
    """Open cases that no worker holds, each as the row of its child."""
    cases = cases_and_workers.table.select(
        "authority", "child_id", "open_date", "has_worker", "is_care_leaver"
    )
    inside = cases.semi_join(open_cases.table, ["authority", "child_id"])
    children = table("children").rows
    return inside.left_join(children, ["authority", "child_id"]).select(
        *inside.columns,
        *[children[name] for name in ("from_source", "from_file", "from_sheet", "from_row")],
    )


_checked_allocations = Population(
    name="checked_allocations",
    about="Allocations with what posts, teams and other allocations say of them.",
    rows=_checked(),
)
_checked_cases = Population(
    name="checked_open_cases",
    about="Open cases, with whether a named worker holds each.",
    rows=_unheld(),
)
_a, _c = _checked_allocations.table, _checked_cases.table
_rule = partial(Rule, table="allocations", rows=_a)
_DATES = ("role", "started_on", "ended_on")

RULES = (
    _rule(
        id="X11",
        code="two-lead-social-workers",
        title="Child had two lead social workers for more than five working days",
        advice="End the first worker's allocation on the day the second took over.",
        fails=_a.has_rival,
        shows=("allocation_id", *_DATES),
        needs=("allocations.ended_on", "allocations.worker_id", "allocations.role"),
    ),
    Rule(
        code="open-case-unallocated",
        title="Open case is held by no named worker",
        advice="Allocate the case today, or record the worker who holds it.",
        table="children",
        rows=_c,
        fails=~_c.has_worker & (_c.open_date <= AS_AT_ON),
        shows=("open_date", "is_care_leaver"),
        needs=("allocations.worker_id", "allocations.role", "referrals.closed_on", "assessments.started_on"),
    ),
    _rule(
        code="allocated-to-a-worker-who-left",
        title="Child is allocated to a worker who has left",
        advice="Allocate the child to the worker who took over, from the day of the handover.",
        fails=_a.is_current & _a.is_known_worker & ~_a.is_in_post,
        shows=("worker_id", *_DATES),
        needs=("allocations.worker_id", "posts.worker_id", "posts.ended_on"),
    ),
    _rule(
        code="allocated-to-a-closed-team",
        title="Child is allocated to a team that no longer exists",
        advice="Allocate the child to the team that took over.",
        fails=_a.is_current & _a.is_known_team & ~_a.team_is_in_force,
        shows=("team", *_DATES),
        needs=("allocations.team", "teams.effective_to_on"),
    ),
    _rule(
        code="closed-case-still-allocated",
        title="Child has a social worker and no open case",
        advice="End the allocation on the day the case was closed.",
        fails=_a.is_current & (_a.role == "social_worker") & ~_a.has_open_case
        & (days_ago(_a.started_on) > 14),
        shows=("worker_id", *_DATES),
        needs=("allocations.ended_on", "allocations.role", "referrals.closed_on", "assessments.started_on"),
    ),
    _rule(
        code="lead-worker-is-no-social-worker",
        title="Lead social worker is in a post that is not a social worker's",
        advice="Allocate a registered social worker, or correct the post.",
        fails=_a.is_current & (_a.role == "social_worker") & _a.is_in_post & ~_a.is_social_worker,
        shows=("worker_id", *_DATES),
        needs=("allocations.worker_id", "posts.is_social_worker", "posts.ended_on"),
    ),
    _rule(
        code="allocated-in-another-team",
        title="Worker holds the child for a team in which they have no post",
        advice="Check the team of the allocation, or move the case with the worker.",
        severity="info",
        fails=_a.is_current & _a.is_in_post & ~_a.is_in_same_team,
        shows=("worker_id", "team", *_DATES),
        needs=("allocations.team", "posts.team", "posts.ended_on"),
    ),
    _rule(
        code="allocation-recorded-twice",
        title="Child is allocated twice to one worker in one role at the same time",
        advice="Keep one of the allocations.",
        fails=_a.is_twice,
        shows=("allocation_id", "worker_id", *_DATES),
        needs=("allocations.worker_id", "allocations.role", "allocations.ended_on"),
    ),
)  # fmt: skip
