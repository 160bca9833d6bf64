"""Reads of what people wrote on a worklist."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from goldenthread_web.worklist.models import Oversight


def oversights_of(reference: str) -> "QuerySet[Oversight]":
    """Oversight recorded here for a child whom the caller found within a scope, the latest first."""
    return Oversight.objects.filter(reference=reference).select_related("recorded_by")


def latest_oversight_on(references: list[str]) -> dict[str, date]:
    """The day of the latest oversight recorded here, for those of the children who have one."""
    found: dict[str, date] = {}
    rows: Any = Oversight.objects.filter(reference__in=references).order_by("decided_on")
    for reference, day in rows.values_list("reference", "decided_on"):
        found[reference] = day
    return found
