"""Reads of parameters: what is in force, what waits, what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.parameters.catalogue import Parameter, parameters
from goldenthread_web.parameters.models import ParameterChange

EVERYWHERE = "everywhere"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A parameter with the value in force and the change that brought it."""

    parameter: Parameter
    value: Any
    change: ParameterChange | None
    is_default: bool


def in_force() -> list[InForce]:
    """Every parameter with its value; two queries."""
    local = local_settings()
    latest: dict[str, ParameterChange] = {}
    approved = ParameterChange.objects.filter(is_approved=True).select_related("proposed_by", "decided_by")
    for change in approved.order_by("decided_at", "id"):
        latest[change.name] = change
    found = []
    for name, parameter in parameters().items():
        value = parameter.now(local)
        found.append(
            InForce(
                parameter=parameter,
                value=value,
                change=latest.get(name),
                is_default=value == parameter.default,
            )
        )
    return found


def by_area(found: Iterable[InForce]) -> dict[str, list[InForce]]:
    """The same under the areas of the catalogue, in its order; what is for all of them comes last."""
    areas: dict[str, list[InForce]] = {one.area: [] for one in catalogue().values()} | {EVERYWHERE: []}
    for one in found:
        areas[one.parameter.area or EVERYWHERE].append(one)
    return {area: listed for area, listed in areas.items() if listed}


def waiting() -> "QuerySet[ParameterChange]":
    """Changes that wait for a second person."""
    return ParameterChange.objects.filter(is_approved__isnull=True).select_related("proposed_by")


def changes_of(name: str) -> "QuerySet[ParameterChange]":
    """The history of one parameter."""
    return ParameterChange.objects.filter(name=name).select_related("proposed_by", "decided_by")
