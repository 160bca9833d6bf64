"""Which frameworks, areas of practice and rules do inspections know? Read from the TOML files beside this."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

_HERE = files("goldenthread_web.inspections")


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area that is judged, and the days it was judged on its own. `is_apart`: not part of the overall."""

    code: str
    title: str
    within: str = ""
    is_apart: bool = False
    from_on: date | None = None
    to_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the area was judged on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One framework: the days it was in use, its scale from best to worst, its areas."""

    code: str
    title: str
    law: str
    from_on: date
    to_on: date | None
    grades: dict[str, str]
    areas: tuple[Area, ...]

    def grade(self, code: str) -> str:
        """A grade in words; blank where none was given."""
        return self.grades.get(code, "")

    def areas_on(self, on: date) -> tuple[Area, ...]:
        """The areas judged on a day."""
        return tuple(area for area in self.areas if area.holds(on))

    def holds(self, on: date) -> bool:
        """Whether inspections were made under it on a day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, kw_only=True)
class PracticeArea:
    """One area of practice: words that tell of it, indicators that show it."""

    code: str
    title: str
    words: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """The limits of rules.toml."""

    disposition_working_days: int
    plan_working_days: int
    first_visit_days: int
    reinspection_months: int
    visits_before_reinspection: int
    visit_every_months: int


@cache
def frameworks() -> dict[str, Framework]:
    """Every framework by its code, in the order of the file."""
    return {
        code: Framework(
            code=code,
            title=said["title"],
            law=said["law"],
            from_on=said["from"],
            to_on=said.get("to"),
            grades={one["code"]: one["title"] for one in said.get("grades", ())},
            areas=tuple(
                Area(
                    code=one["code"],
                    title=one["title"],
                    within=one.get("within", ""),
                    is_apart=one.get("is_apart", False),
                    from_on=one.get("from"),
                    to_on=one.get("to"),
                )
                for one in said.get("areas", ())
            ),
        )
        for code, said in _read("frameworks.toml").items()
    }


@cache
def practice_areas() -> dict[str, PracticeArea]:
    """Every area of practice by its code, in the order of the file."""
    return {
        code: PracticeArea(
            code=code,
            title=said["title"],
            words=tuple(said["words"]),
            indicators=tuple(said["indicators"]),
        )
        for code, said in _read("practice_areas.toml").items()
    }


@cache
def clocks() -> Clocks:
    """The limits that dates of inspections are worked out with."""
    return Clocks(**_read("rules.toml")["clocks"])


def evidence_classes() -> dict[str, str]:
    """What inspectors look at, by code."""
    return _read("rules.toml")["evidence"]


def channels() -> dict[str, str]:
    """The ways evidence is handed over, by code."""
    return _read("rules.toml")["channels"]


@cache
def ladder() -> dict[str, str]:
    """The rungs of intervention by code, from the lightest to the gravest."""
    return {one["code"]: one["title"] for one in _read("rules.toml")["ladder"]}


def partner_areas() -> dict[str, str]:
    """What Improvement Partners help with, by code."""
    return _read("rules.toml")["partner_areas"]


def setting_words(kind: str) -> dict[str, str]:
    """The types, outcomes or directions of settings inspected for themselves, by code."""
    return _read("places.toml")[kind]


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text("utf-8"))
