"""What do figures read of the registers? Homes, training of partners and outages as recorded tables."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from goldenthread_web.registers import queries


def homes() -> Iterator[dict[str, Any]]:
    """Every inspection of a home that is not closed, also of one that only the inspections know.

    A closed home is none of the council's homes any more, on any day that is worked out from now on.
    """
    found = queries.registers()
    for line in found.homes:
        if line.home.closed_on is None:
            for one in line.inspections:
                yield _inspected(line.home.ref, one.on, one.is_full, one.judgement)
    for listed in found.not_here.values():
        name = f"S{min(one.pk for one in listed)}"
        for elsewhere in listed:
            full = queries.is_full(elsewhere)
            yield _inspected(name, elsewhere.inspected_on, full, elsewhere.outcome)


def partner_training() -> Iterator[dict[str, Any]]:
    """Every count of those trained."""
    for one in queries.trainings():
        yield {
            "agency": one.agency,
            "target_count": one.target_count,
            "trained_count": one.trained_count,
            "as_at_on": one.as_at_on,
        }


def ict_outages() -> Iterator[dict[str, Any]]:
    """Every outage of the case system."""
    for one in queries.outages():
        yield {
            "outage_id": str(one.pk),
            "started_at": one.started_at,
            "ended_at": one.ended_at,
            "planned_hours": one.planned_hours,
        }


def _inspected(home: str, on: date, is_full: bool, judgement: str) -> dict[str, Any]:
    return {"home_id": home, "inspected_on": on, "is_full_inspection": is_full, "judgement": judgement}
