"""How often, by whom, and what may be said: which rules has supervision? Read from rules.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often a worker of a role is supervised."""

    title: str
    weeks: int
    after_weeks: int = 0  # of the agreement: from then on the other number of weeks; 0: never
    then_weeks: int = 0

    @property
    def said(self) -> str:
        """Every 2 weeks, every 4 weeks after 26."""
        first = f"every {self.weeks} weeks"
        return first if not self.after_weeks else f"{first}, every {self.then_weeks} after {self.after_weeks}"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the record of a session."""

    title: str
    hint: str


@cache
def rules() -> dict[str, Any]:
    """The whole file."""
    return tomllib.loads((files("goldenthread_web.supervision") / "rules.toml").read_text("utf-8"))


@cache
def frequencies() -> dict[str, Frequency]:
    """How often, by the role of the worker."""
    return {code: Frequency(**said) for code, said in rules()["frequency"].items()}


@cache
def parts() -> dict[str, Part]:
    """The parts of the record, in the order of the form."""
    return {code: Part(**said) for code, said in rules()["parts"].items()}


def choices(of: str) -> dict[str, str]:
    """Codes and words of a list: action_kinds, decisions, answers."""
    return rules()[of]


def role_of_post(post: str, is_newly_qualified: bool) -> str:
    """What somebody in a post of the extract is supervised as."""
    role: str = rules()["posts"].get(post, "other")
    return "newly_qualified" if is_newly_qualified and role == "social_worker" else role
