"""Which rows do clinics give to the standard? Their actions, as promises with a day."""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.clinics.models import ClinicAction


def plan_actions() -> Iterator[dict[str, Any]]:
    """Each action of a clinic but those no longer needed; `completed_on` is the day it was settled."""
    for one in ClinicAction.objects.select_related("clinic").order_by("pk"):
        if one.outcome == ClinicAction.Outcome.SUPERSEDED:
            continue
        yield {
            "action_id": one.ref,
            "kind": "clinic",
            "owner": one.owner,
            "team": one.clinic.team,
            "due_on": one.due_on,
            "status": "complete" if one.outcome else "open",
            "completed_on": one.completed_on,
        }
