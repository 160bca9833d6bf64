"""How do challenges read as rows of the standard? One row each, with the highest stage it reached."""

from collections.abc import Iterator
from typing import Any

from goldenthread_web.challenges.models import Challenge
from goldenthread_web.challenges.rules import stages

CAFCASS = "cafcass"


def escalations() -> Iterator[dict[str, Any]]:
    """One row a challenge; good practice is none."""
    for one in Challenge.objects.order_by("raised_on", "id"):
        yield {
            "escalation_id": one.ref,
            "reference": one.reference,
            "raised_by": one.raised_as,
            "stage": CAFCASS if one.cafcass_on else stages()[one.stage].code,
            "raised_on": one.raised_on,
            "resolved_on": one.resolved_on,
            "team": one.team or None,
        }
