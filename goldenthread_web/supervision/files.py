"""What do inspectors get of supervision as files? A row a session and a row an action: no word, no child."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from goldenthread_web.config.clock import london
from goldenthread_web.supervision.compliance import following
from goldenthread_web.supervision.due import weeks_of
from goldenthread_web.supervision.models import Session
from goldenthread_web.supervision.reading import File, Followed

SESSIONS = (
    "session",
    "worker",
    "team",
    "supervisor",
    "kind",
    "held_on",
    "days_since_the_last_one_to_one",
    "due_every_weeks",
    "from_paper",
    "entered_on",
    "actions_to_review",
    "actions_reviewed",
    "actions_set",
)
ACTIONS = (
    "action",
    "session",
    "worker",
    "team",
    "set_on",
    "kind",
    "owner",
    "due_on",
    "state",
    "done_on",
    "done_by_the_due_day",
    "next_session",
    "reviewed_in",
    "times_carried",
)
Row = list[Any]


def session_rows(files: Sequence[File]) -> list[Row]:
    """Every completed session."""
    return [row for file in files for row in _sessions(file)]


def _sessions(file: File) -> list[Row]:
    asked: dict[int, list[Followed]] = {}
    for one in file.actions:
        after = following(one, file)
        if after is not None:
            asked.setdefault(after.pk, []).append(one)
    made = Counter(one.action.session_id for one in file.actions)
    found, last = [], None
    for one in file.completed:
        found.append([*_session(one, last, file), *_looked_at(one, asked.get(one.pk, [])), made[one.pk]])
        last = one if one.kind == Session.Kind.ONE_TO_ONE else last
    return found


def _session(one: Session, last: Session | None, file: File) -> Row:
    return [
        str(one),
        file.agreement.worker_key,
        file.agreement.team,
        one.supervisor_key or one.supervisor_title,  # type: ignore[attr-defined]
        one.kind,
        one.held_on,
        None if last is None else (one.held_on - last.held_on).days,
        weeks_of(file, one.held_on),
        "yes" if one.is_from_paper else "no",
        london(one.completed_at).date() if one.completed_at else None,
    ]


def _looked_at(one: Session, asked: list[Followed]) -> Row:
    return [len(asked), sum(any(said.session_id == one.pk for said in action.reviews) for action in asked)]


def action_rows(files: Sequence[File]) -> list[Row]:
    """Every action of a completed session."""
    found = [(one, file) for file in files for one in file.actions]
    found.sort(key=lambda row: (row[0].action.session_id, row[0].action.number))
    return [_action(one, file) for one, file in found]


def _action(one: Followed, file: File) -> Row:
    action, after = one.action, following(one, file)
    return [
        action.ref,
        str(action.session),
        file.agreement.worker_key,
        file.agreement.team,
        action.session.held_on,
        action.kind,
        action.owner,
        action.due_on,
        action.state,
        action.done_on,
        None if action.done_on is None else "yes" if action.done_on <= action.due_on else "no",
        str(after) if after else None,
        str(one.reviews[0].session) if one.reviews else None,
        one.times_carried,
    ]


FILES = {"sessions": (SESSIONS, session_rows), "actions": (ACTIONS, action_rows)}
