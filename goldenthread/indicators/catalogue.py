"""The catalogue: what each indicator asks, means and needs, in words, and where the words come from.

`words/*.json` holds the 180 indicators of the specification, one file per topic. The words are the
contract; the modules beside this one hold the conditions that follow from them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Cell = tuple[str, str, str]  # source, table, column


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way of filling the columns an indicator reads."""

    profile: str  # annex_a, local_extracts, cin_census, ssda903, native
    exactness: str
    required: tuple[Cell, ...]
    optional: tuple[Cell, ...] = ()
    kinds_any_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """The words of one indicator."""

    ref: str
    code: str
    order: int
    tier: int
    area: str
    title: str
    purpose: str
    rule: Mapping[str, Any]
    unit: str
    polarity: Literal["high", "low", "neutral"]
    measure_type: Literal["period", "snapshot", "rolling"]
    routes: tuple[Route, ...]
    needs: str
    parameters: Mapping[str, Any]
    attribution: Mapping[str, Any] | None
    breakdowns: str
    reference: str
    minimum_profile: str
    minimum_profile_exactness: str
    version: int = 1  # goes up whenever figures could move; CHANGELOG, "Figures", says why
    frequency: str = ""
    target: str = ""
    document_mentions: str = ""
    definition_varies_locally: bool = False
    timescale_ref: str = ""
    default_basis: Literal["completed", "due"] | None = None
    headline: str = ""
    parts: tuple[Mapping[str, Any], ...] = ()
    look_back: tuple[Mapping[str, str], ...] = ()
    # Small numbers of meetings, actions or hours tell of nobody; in doubt a number is one of people.
    counts_people: bool = True

    @property
    def is_count(self) -> bool:
        """Whether an empty population is a good 0 and not an absence of cases."""
        return self.unit.startswith("count")

    @property
    def is_rate(self) -> bool:
        """Whether its numbers are also said per 10,000 children, where it is known how many there are."""
        return self.unit == "count; rate"


def _route(data: Mapping[str, Any]) -> Route:
    return Route(
        profile=data["profile"],
        exactness=data["exactness"],
        required=tuple(tuple(cell) for cell in data["required"]),
        optional=tuple(tuple(cell) for cell in data.get("optional", ())),
        kinds_any_of={name: tuple(kinds) for name, kinds in data.get("kinds_any_of", {}).items()},
        note=data.get("note", ""),
    )


def _definition(data: dict[str, Any]) -> Definition:
    data["routes"] = tuple(_route(route) for route in data["routes"])
    for name in ("parts", "look_back"):
        data[name] = tuple(data.get(name, ()))
    return Definition(**data)


@cache
def catalogue() -> dict[str, Definition]:
    """Every indicator by its reference, in the order of the catalogue."""
    words = (files("goldenthread.indicators") / "words").iterdir()
    topics = [json.loads(entry.read_text("utf-8")) for entry in words if entry.name.endswith(".json")]
    found = [_definition(data) for topic in topics for data in topic]
    return {definition.ref: definition for definition in sorted(found, key=lambda d: d.order)}
