"""Which rows of the standard tables come from Practice Weeks? Observations of practice, without a child."""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.practice_weeks.models import RosterEntry
from goldenthread_web.practice_weeks.wording import activities


def audits() -> Iterator[dict[str, Any]]:
    """One row for each observation on a roster: when it was planned and when it was held."""
    codes = [code for code, one in activities().items() if one.is_observation]
    rows = RosterEntry.objects.filter(activity__in=codes).select_related("week", "observation")
    for one in rows.order_by("pk"):
        seen = getattr(one, "observation", None)
        yield {
            "audit_id": f"practice-week-{one.ref}",
            "kind": "observation",
            "reference": None,
            "team": one.team or None,
            "worker_id": None,
            "selection": None,
            "scheduled_on": one.on,
            "due_on": one.on,
            "completed_on": None if seen is None else seen.held_on,
            "grade": None,
            "moderated_grade": None,
            "moderated_on": None,
            "remedial_completed_on": None,
            "reaudit_of_audit_id": None,
            "exercise": None,
        }
