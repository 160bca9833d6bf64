"""Which conditions belong to which indicator: every topic's parts, by reference."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from goldenthread.indicators.part import ManyParts, Part

Parts = tuple[Part | ManyParts, ...]

# One module per topic of the child's journey, in the order of the catalogue.
TOPICS = (
    "front_door",
    "referrals",
    "assessments",
    "enquiries",
    "protection",
    "in_need",
    "leaving_care",
    "drift",
    "care",
    "care_health",
    "placements",
    "care_reviews",
    "care_visits",
    "early_help",
    "missing",
    "private_fostering",
    "workforce",
    "supervision",
    "resources",
    "recording",
    "data_quality",
    "case_audits",
    "practice_standards",
    "promises",
    "governance",
    "answers",
    "registers",
    "schooling",
)


@cache
def indicator_parts() -> Mapping[str, Parts]:
    """The parts of every indicator that can be worked out from extracts or records, headline first."""
    found: dict[str, Parts] = {}
    for topic in TOPICS:
        for ref, parts in import_module(f"goldenthread.indicators.{topic}").PARTS.items():
            if ref in found:
                raise ValueError(f"{ref} is defined twice; the second time in {topic}.")
            found[ref] = parts if isinstance(parts, tuple) else (parts,)
    return found


def parts_on(ref: str, profile: str) -> Parts | str | None:
    """The parts of an indicator on a route, or in words what the route would need; None: not defined."""
    found = import_module("goldenthread.indicators.by_route").ROUTES.get((ref, profile))
    if found is None:
        return indicator_parts().get(ref)
    return found if isinstance(found, tuple | str) else (found,)
