"""Supervision actions and challenges by reviewing officers: reviewed, done and resolved in time?"""

import ibis
import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import open_until, with_working_day
from goldenthread.periods import PERIOD
from goldenthread.populations.children import looked_after, protected
from goldenthread.populations.periods_of import in_period, with_period
from goldenthread.populations.placing import placed
from goldenthread.populations.population import Population, first_per
from goldenthread.standard import table

_actions = table("supervision_actions").rows
_sessions = table("supervisions").rows
_posts = table("posts").rows
_escalations = table("escalations").rows


def _with_session() -> ir.Table:
    """Actions with the session that set them and the worker's next one-to-one session."""
    setting = _sessions.select("authority", "supervision_id", session_worker_id=_.worker_id, set_on=_.held_on)
    rows = _actions.left_join(setting, ["authority", "supervision_id"])
    rows = rows.select(*_actions.columns, "session_worker_id", "set_on")
    later = _sessions.filter(_sessions.kind == "one_to_one").select(
        "authority", "worker_id", next_id=_.supervision_id, next_on=_.held_on
    )
    pairs = rows.inner_join(
        later,
        [
            rows.authority == later.authority,
            rows.session_worker_id == later.worker_id,
            later.next_on > rows.set_on,
        ],
    ).select(rows.authority, rows.action_id, later.next_id, later.next_on)
    first = first_per(pairs, "authority", "action_id", order=[pairs.next_on, pairs.next_id])
    return rows.left_join(first, ["authority", "action_id"]).select(*rows.columns, "next_id", "next_on")


supervision_actions_set = Population(
    name="supervision_actions_set",
    about="Every action set in supervision, with the session that set it and the next one.",
    rows=_with_session(),
)


def _placed_by_worker(rows: ir.Table) -> ir.Table:
    """Place each row by the post in which the worker of its session was on that day."""
    wanted = rows.select("authority", "session_worker_id", worked_on=_.on).distinct()
    open_then = wanted.inner_join(
        _posts,
        [
            wanted.authority == _posts.authority,
            wanted.session_worker_id == _posts.worker_id,
            _posts.started_on <= wanted.worked_on,
            (open_until(_posts.ended_on) > wanted.worked_on),
        ],
    ).select(*wanted.columns, _posts.team, post_started_on=_posts.started_on, post_id=_posts.post_id)
    post = first_per(
        open_then, *wanted.columns, order=[ibis.desc(_.post_started_on), ibis.desc(_.post_id)]
    ).select(*wanted.columns, "team")
    joined = rows.left_join(post, ["authority", "session_worker_id", ("on", "worked_on")])
    joined = joined.select(*rows.columns, "team").mutate(worker_id=_.session_worker_id, key=_.action_id)
    return placed(joined, on="on", role=None)


def _next_session_or_none() -> ir.Table:
    """Actions whose next session fell in the period, and those that have had none yet."""
    rows = supervision_actions_set.table
    waiting = with_period(rows, rows.set_on.notnull() & rows.next_on.isnull()).mutate(on=_.as_at_on)
    held = in_period(rows, "next_on")
    return ibis.union(held, waiting.select(*held.columns))


actions_reviewed = Population(
    name="actions_reviewed",
    about="Supervision actions whose next session fell in the period.",
    rows=_placed_by_worker(_next_session_or_none()),
)

actions_due = Population(
    name="actions_due",
    about="Supervision actions due in the period.",
    rows=_placed_by_worker(in_period(supervision_actions_set.table, "due_on")),
)

_set = supervision_actions_set.table
_is_to_do = open_until(_set.completed_on) > PERIOD.ends_on
# An action whose session is not found was set on a day nobody knows: it is to be done all the same.
_is_set = _set.set_on.isnull() | (_set.set_on <= PERIOD.ends_on)

actions_to_do = Population(
    name="actions_to_do",
    about="Supervision actions not completed by the end of the period.",
    rows=_placed_by_worker(with_period(_set, _is_to_do & _is_set).mutate(on=_.ends_on)),
)

_raised = _escalations.filter(_escalations.raised_by.isin(["iro", "cp_chair"]))

challenges_raised = Population(
    name="challenges_raised",
    about="Challenges by reviewing officers and conference chairs raised in the period.",
    rows=placed(
        with_working_day(in_period(_raised, "raised_on"), "raised_on", "resolved_on").mutate(
            key=_.escalation_id
        ),
        on="on",
        role="social_worker",
    ),
)


def _children_who_could_be() -> ir.Table:
    """How many children were looked after or on a plan at the end of each period, each once."""
    either = ibis.union(
        *[found.table.select("period", "authority", "child_id") for found in (looked_after, protected)],
        distinct=True,
    )
    return either.group_by("period", "authority").aggregate(number=either.child_id.count())


children_with_a_chair = Population(
    name="children_with_a_chair",
    about="The number of children looked after or on a plan at the end of the period.",
    rows=_children_who_could_be(),
)
