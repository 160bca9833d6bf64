"""Through which stages does a challenge go, by when, and in which words? Read from rules.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.calendar import add_working_days


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage: who answers, and within how many working days."""

    key: str  # informal, 1, 2, 3, 4
    place: int  # from nought, in the order of seniority
    title: str
    answered_by: tuple[str, ...]
    working_days: int
    code: str  # of the code set escalation_stage


@cache
def rules() -> dict[str, Any]:
    """The whole file."""
    return tomllib.loads((files("goldenthread_web.challenges") / "rules.toml").read_text("utf-8"))


@cache
def stages() -> dict[str, Stage]:
    """Every stage by its key, in the order of seniority."""
    return {
        key: Stage(key=key, place=place, **{**said, "answered_by": tuple(said["answered_by"])})
        for place, (key, said) in enumerate(rules()["stages"].items())
    }


def stage_after(key: str) -> Stage | None:
    """The next stage up; None above the last."""
    found = list(stages().values())
    place = stages()[key].place + 1
    return found[place] if place < len(found) else None


def due_in_all(raised_on: date) -> date:
    """By when a challenge is resolved, whatever its stages."""
    return add_working_days(raised_on, rules()["total_working_days"])


def due_at(key: str, entered_on: date, raised_on: date) -> date:
    """By when a stage is answered: its own time, and never after the whole."""
    return min(add_working_days(entered_on, stages()[key].working_days), due_in_all(raised_on))


def choices(of: str) -> dict[str, str]:
    """Codes and words of a list: concern_types, themes, outcomes, raised_by."""
    return rules()[of]
