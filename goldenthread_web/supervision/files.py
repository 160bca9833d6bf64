"""What do inspectors get of supervision as files? A row a session and a row an action: no word, no child."""

from collections import Counter
from typing import Any

from goldenthread_web.config.clock import london
from goldenthread_web.supervision.compliance import Kept
from goldenthread_web.supervision.due import weeks_of
from goldenthread_web.supervision.models import Action, Agreement, Session
from goldenthread_web.supervision.queries import times_carried

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


def session_rows(of: Kept) -> list[Row]:
    """Every completed session."""
    by_agreement = {one.pk: one for one in of.agreements}
    asked, made = _asked(of), Counter(one.session_id for one in of.actions)
    return [
        [*_session(one, held[:number], by_agreement[pk], asked.get(one.pk, [])), made[one.pk]]
        for pk, held in sorted(of.sessions.items())
        for number, one in enumerate(held)
    ]


def _session(one: Session, before: list[Session], agreement: Agreement, asked: list[Action]) -> Row:
    last = max((b.held_on for b in before if b.kind == Session.Kind.ONE_TO_ONE), default=None)
    looked_at = sum(any(said.session_id == one.pk for said in action.reviews.all()) for action in asked)
    return [
        str(one),
        agreement.worker_key,
        agreement.team,
        one.supervisor.worker_id or one.supervisor.title,
        one.kind,
        one.held_on,
        None if last is None else (one.held_on - last).days,
        weeks_of(agreement, agreement.other_frequencies.all(), one.held_on),
        "yes" if one.is_from_paper else "no",
        london(one.completed_at).date() if one.completed_at else None,
        len(asked),
        looked_at,
    ]


def _asked(of: Kept) -> dict[int, list[Action]]:
    """By session, the actions set since the one-to-one session before it."""
    found: dict[int, list[Action]] = {}
    for one in of.actions:
        if (after := of.following.get(one.pk)) is not None:
            found.setdefault(after.pk, []).append(one)
    return found


def action_rows(of: Kept) -> list[Row]:
    """Every action of a completed session."""
    by_agreement = {one.pk: one for one in of.agreements}
    ordered = sorted(of.actions, key=lambda one: (one.session_id, one.number))
    return [_action(one, by_agreement[one.session.agreement_id], of) for one in ordered]


def _action(one: Action, agreement: Agreement, of: Kept) -> Row:
    after, reviews = of.following.get(one.pk), list(one.reviews.all())
    return [
        one.ref,
        str(one.session),
        agreement.worker_key,
        agreement.team,
        one.session.held_on,
        one.kind,
        one.owner,
        one.due_on,
        one.state,
        one.done_on,
        None if one.done_on is None else "yes" if one.done_on <= one.due_on else "no",
        str(after) if after else None,
        str(reviews[0].session) if reviews else None,
        times_carried(one),
    ]


FILES = {"sessions": (SESSIONS, session_rows), "actions": (ACTIONS, action_rows)}
