"""What do figures read of the registers? Homes, training, outages, school, children, terms: row by row."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from goldenthread.figures.rates import WHOLE
from goldenthread_web.registers import queries
from goldenthread_web.registers.models import (
    ChildcareTerm,
    Entry,
    Estimate,
    FosterPlaces,
    SchoolMove,
    SchoolReturn,
    SchoolTerm,
)


def homes() -> Iterator[dict[str, Any]]:
    """Every inspection of a home, also of one that only the inspections know; one that closed says when."""
    found = queries.registers()
    for line in found.homes:
        for one in line.inspections:
            row = _inspected(line.home.ref, one.on, one.is_full, one.judgement)
            yield {**row, "closed_on": line.home.closed_on}
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


def childcare_takeup() -> Iterator[dict[str, Any]]:
    """Every term that was counted."""
    for one in ChildcareTerm.objects.all():
        yield {
            "term": one.term,
            "eligible_count": one.eligible_count,
            "taking_up_count": one.taking_up_count,
            "counted_on": one.counted_on,
        }


def virtual_school() -> Iterator[dict[str, Any]]:
    """Every return of the virtual school."""
    names = ("reference", "term", "ended_on", "sessions_possible", "sessions_missed", "suspensions")
    yield from SchoolReturn.objects.values(*names)


def school_moves() -> Iterator[dict[str, Any]]:
    """Every child who is matched to a school, with their moves."""
    for one in SchoolMove.objects.all():
        yield {"move_id": str(one.pk), "reference": one.reference, "moved_on": one.moved_on}


def reference_population() -> Iterator[dict[str, Any]]:
    """Every estimate that counts."""
    for row in _entries(Estimate):
        yield {**row, "area": row["area"] or WHOLE}


def school_terms() -> Iterator[dict[str, Any]]:
    """Every term that counts."""
    yield from _entries(SchoolTerm)


def fostering_capacity() -> Iterator[dict[str, Any]]:
    """Every count of places that counts."""
    yield from _entries(FosterPlaces)


def _entries(kind: type[Entry]) -> Iterator[dict[str, Any]]:
    for one in queries.in_force(kind):
        yield {name: getattr(one, name) for name in (*kind.KEY, *kind.SAID)}


def _inspected(home: str, on: date, is_full: bool, judgement: str) -> dict[str, Any]:
    return {"home_id": home, "inspected_on": on, "is_full_inspection": is_full, "judgement": judgement}
