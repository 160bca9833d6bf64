"""How does supervision read as rows of the standard? Sessions held, and the actions they set.

An action that another replaced, or that was stopped, is neither due nor open: its row ends on that day.
"""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.supervision.models import Action
from goldenthread_web.supervision.reading import all_files


def supervisions() -> Iterator[dict[str, Any]]:
    """One row a completed session."""
    for file in all_files():
        for one in file.completed:
            yield {
                "supervision_id": str(one),
                "worker_id": file.agreement.worker_key,
                "supervisor_worker_id": one.supervisor_key or None,  # type: ignore[attr-defined]
                "kind": one.kind,
                "held_on": one.held_on,
            }


def supervision_actions() -> Iterator[dict[str, Any]]:
    """One row an action; reviewed in the first later session that said what became of it."""
    for file in all_files():
        for one in file.actions:
            action = one.action
            is_over = action.state in (Action.State.SUPERSEDED, Action.State.STOPPED)
            yield {
                "action_id": action.ref,
                "supervision_id": str(action.session),
                "reference": action.reference or None,
                "due_on": None if is_over else action.due_on,
                "completed_on": action.closed_on if is_over else action.done_on,
                "reviewed_in_supervision_id": str(one.reviews[0].session) if one.reviews else None,
            }
