"""Supervision and training: by whom, of whom and in which order?"""

from functools import partial

import ibis.expr.types as ir
from ibis import _

from goldenthread.calendar import days_between
from goldenthread.populations.population import Population
from goldenthread.quality.facts import days_ago, is_open_on, with_facts, with_team_of_worker
from goldenthread.quality.rule import Rule
from goldenthread.settings import file_starts_on
from goldenthread.standard import table

_sessions = table("supervisions").rows
_actions = table("supervision_actions").rows
_posts = table("posts").rows


def _checked_session_rows() -> ir.Table:
    rows = with_facts(
        "supervisions",
        _sessions,
        _posts,
        prefix="post",
        on=("worker_id",),
        facts={
            "is_known": lambda t: t.post_worker_id.notnull(),
            "was_in_post": lambda t: is_open_on(t, "post", t.held_on),
        },
    )
    rows = with_facts(
        "supervisions",
        rows,
        _posts,
        prefix="post",
        on=(("supervisor_worker_id", "worker_id"),),
        facts={"supervisor_was_in_post": lambda t: is_open_on(t, "post", t.held_on)},
    )
    rows = with_team_of_worker("supervisions", rows)
    return with_facts(
        "supervisions",
        rows,
        _sessions,
        on=("worker_id",),
        facts={
            "is_twice": lambda t: (
                (t.other_supervision_id != t.supervision_id)
                & (t.other_kind == t.kind)
                & (t.other_held_on == t.held_on)
            )
        },
    )


def _checked_action_rows() -> ir.Table:
    session = _sessions.select("authority", "supervision_id", "worker_id", "held_on")
    rows = _actions.left_join(session, ["authority", "supervision_id"]).select(
        *_actions.columns, worker_id=_.worker_id, set_on=_.held_on
    )
    later = session.rename(
        reviewed_id="supervision_id", reviewed_worker_id="worker_id", reviewed_on="held_on"
    )
    rows = rows.left_join(later, ["authority", ("reviewed_in_supervision_id", "reviewed_id")]).select(
        *rows.columns, "reviewed_worker_id", "reviewed_on"
    )
    return with_team_of_worker("supervision_actions", rows)


_checked_sessions = Population(
    name="checked_supervisions",
    about="Supervisions with the posts of both workers and the other sessions.",
    rows=_checked_session_rows(),
)
_checked_actions = Population(
    name="checked_supervision_actions",
    about="Actions of supervision with the sessions that set and reviewed them.",
    rows=_checked_action_rows(),
)
_checked_training = Population(
    name="checked_training_completions",
    about="Training with the team of the worker.",
    rows=with_team_of_worker("training_completions", table("training_completions").rows),
)
_s, _a, _t = _checked_sessions.table, _checked_actions.table, _checked_training.table
_session = partial(Rule, table="supervisions", rows=_s)
_action = partial(Rule, table="supervision_actions", rows=_a)
_training = partial(Rule, table="training_completions", rows=_t)
_is_single = _s.kind == "one_to_one"

RULES = (
    _session(
        code="supervision-by-nobody",
        title="Supervision does not say who supervised",
        advice="Record the supervisor.",
        fails=_s.supervisor_worker_id.isnull(),
        shows=("worker_id", "held_on", "kind"),
        needs=("supervisions.supervisor_worker_id",),
    ),
    _session(
        code="supervision-of-oneself",
        title="Worker is recorded as their own supervisor",
        advice="Record the supervisor, or the worker who was supervised.",
        fails=_s.supervisor_worker_id == _s.worker_id,
        shows=("worker_id", "supervisor_worker_id", "held_on"),
        needs=("supervisions.supervisor_worker_id", "supervisions.worker_id"),
    ),
    _session(
        code="supervised-while-not-in-post",
        title="Worker was supervised on a day on which they were in no post",
        advice="Check the date of the session and of the post.",
        fails=_s.is_known & ~_s.was_in_post & (_s.held_on >= file_starts_on("posts")),
        shows=("worker_id", "held_on"),
        needs=("supervisions.held_on", "posts.worker_id", "posts.ended_on"),
    ),
    _session(
        code="supervisor-not-in-post",
        title="Supervisor was in no post on the day of the session",
        advice="Check who supervised and when.",
        fails=_s.supervisor_worker_id.notnull() & ~_s.supervisor_was_in_post
        & (_s.held_on >= file_starts_on("posts")),
        shows=("worker_id", "supervisor_worker_id", "held_on"),
        needs=("supervisions.supervisor_worker_id", "posts.worker_id", "posts.ended_on"),
    ),
    _session(
        code="supervision-recorded-twice",
        title="Worker has two one-to-one supervisions on one day",
        advice="Keep the fuller record and remove the other.",
        fails=_is_single & _s.is_twice,
        shows=("supervision_id", "worker_id", "held_on"),
        needs=("supervisions.held_on", "supervisions.kind"),
    ),
    _action(
        code="action-done-before-it-was-set",
        title="Action was done before the supervision that set it",
        advice="Check the date it was done, and the session it belongs to.",
        fails=_a.completed_on < _a.set_on,
        shows=("action_id", "set_on", "completed_on"),
        needs=("supervision_actions.completed_on", "supervisions.held_on"),
    ),
    _action(
        code="action-due-before-it-was-set",
        title="Action was due before the supervision that set it",
        advice="Correct the due date, or the session the action belongs to.",
        fails=_a.due_on < _a.set_on,
        shows=("action_id", "set_on", "due_on"),
        needs=("supervision_actions.due_on", "supervisions.held_on"),
    ),
    _action(
        code="action-without-due-date",
        title="Open action of supervision has no due date",
        advice="Agree with the supervisor by when it is to be done.",
        fails=_a.completed_on.isnull() & _a.due_on.isnull(),
        shows=("action_id", "set_on"),
        needs=("supervision_actions.due_on", "supervision_actions.completed_on"),
    ),
    _action(
        code="action-reviewed-before-it-was-set",
        title="Action was reviewed in the supervision that set it, or in an earlier one",
        advice="Link the action to the later session that looked at it.",
        fails=(_a.reviewed_in_supervision_id == _a.supervision_id) | (_a.reviewed_on < _a.set_on),
        shows=("action_id", "set_on", "reviewed_on"),
        needs=("supervision_actions.reviewed_in_supervision_id", "supervisions.held_on"),
    ),
    _action(
        code="action-reviewed-with-another-worker",
        title="Action was reviewed in the supervision of another worker",
        advice="Link the action to the session of the worker it was set for.",
        fails=_a.reviewed_worker_id != _a.worker_id,
        shows=("action_id", "worker_id", "reviewed_worker_id"),
        needs=("supervision_actions.reviewed_in_supervision_id", "supervisions.worker_id"),
    ),
    _action(
        code="action-overdue-for-a-year",
        title="Action of supervision has been overdue for more than a year",
        advice="Record when it was done, or agree with the supervisor that it has lapsed.",
        severity="info",
        fails=_a.completed_on.isnull() & (days_ago(_a.due_on) > 365),
        shows=("action_id", "set_on", "due_on"),
        needs=("supervision_actions.completed_on", "supervision_actions.due_on"),
    ),
    _training(
        code="training-expires-before-it-was-done",
        title="Training expires on or before the day it was completed",
        advice="Check both dates and correct the wrong one.",
        fails=_t.expires_on <= _t.completed_on,
        shows=("worker_id", "course", "completed_on", "expires_on"),
        needs=("training_completions.expires_on", "training_completions.completed_on"),
    ),
    _training(
        code="training-valid-for-decades",
        title="Training is valid for more than ten years",
        advice="Check the year in which it expires.",
        fails=days_between(_t.completed_on, _t.expires_on) > 3660,
        shows=("worker_id", "course", "completed_on", "expires_on"),
        needs=("training_completions.expires_on",),
    ),
)  # fmt: skip
