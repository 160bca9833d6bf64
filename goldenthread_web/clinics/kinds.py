"""What does a clinic look at, why can something be late, and how long may it take? Read from data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of exception."""

    code: str
    title: str
    lead: str
    is_judged: bool  # a reason and whether the child is safe must be said
    minutes: int
    most: int  # of them in one clinic


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The numbers of a clinic."""

    minutes: int
    due_days: int
    history_weeks: int
    escalate_after: int


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by code, in the order in which a clinic goes."""
    return {
        code: Kind(
            code=code,
            title=one["title"],
            lead=one["lead"],
            is_judged=one["judged"],
            minutes=one["minutes"],
            most=one["most"],
        )
        for code, one in _read("kinds.toml")["kinds"].items()
    }


@cache
def frame() -> Frame:
    """How long it takes, what is proposed, how far back it looks, when an action goes further up."""
    said = _read("kinds.toml")
    return Frame(**{name: said[name] for name in ("minutes", "due_days", "history_weeks", "escalate_after")})


@cache
def reasons() -> dict[str, str]:
    """Why something is an exception: words by code."""
    return {code: one["title"] for code, one in _read("reasons.toml").items()}


def _read(name: str) -> dict:
    return tomllib.loads((files("goldenthread_web.clinics") / name).read_text("utf-8"))
