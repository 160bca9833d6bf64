"""How does supervision read as rows of the standard? Sessions held, and the actions they set.

An action that another replaced, or that was stopped, is neither due nor open: its row ends on that day.
"""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.supervision.models import Action, Session
from goldenthread_web.supervision.queries import actions, sessions


def supervisions() -> Iterator[dict[str, Any]]:
    """One row a completed session."""
    for one in sessions().filter(state=Session.State.COMPLETED).order_by("held_on", "id"):
        yield {
            "supervision_id": str(one),
            "worker_id": one.agreement.worker_key,
            "supervisor_worker_id": one.supervisor.worker_id or None,
            "kind": one.kind,
            "held_on": one.held_on,
        }


def supervision_actions() -> Iterator[dict[str, Any]]:
    """One row an action; reviewed in the first later session that said what became of it."""
    found = actions().filter(session__state=Session.State.COMPLETED).order_by("session__held_on", "id")
    for one in found:
        first = next(iter(one.reviews.all()), None)
        is_over = one.state in (Action.State.SUPERSEDED, Action.State.STOPPED)
        yield {
            "action_id": one.ref,
            "supervision_id": str(one.session),
            "reference": one.reference or None,
            "due_on": None if is_over else one.due_on,
            "completed_on": one.closed_on if is_over else one.done_on,
            "reviewed_in_supervision_id": str(first.session) if first else None,
        }
