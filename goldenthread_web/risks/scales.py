"""How are likelihood and impact said, and how high is a score? The words are in scales.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Band:
    """A stretch of scores. `level` is the shade of the heat map, 0 the lightest."""

    letter: str
    word: str
    least: int
    level: int
    tone: str


@dataclass(frozen=True)
class Score:
    """Likelihood times impact, each of five levels."""

    likelihood: int
    impact: int

    @property
    def number(self) -> int:
        """1 to 25."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Band:
        """The stretch it lies in."""
        return next(one for one in reversed(bands()) if self.number >= one.least)

    @property
    def said(self) -> str:
        """16, very high."""
        return f"{self.number}, {self.band.word}"

    @property
    def in_words(self) -> str:
        """Likely (4) and serious (4)."""
        likelihood, impact = likelihoods()[self.likelihood]["word"], impacts()[self.impact]["word"]
        return f"{likelihood} ({self.likelihood}) with {impact} impact ({self.impact})"


@cache
def likelihoods() -> dict[int, dict[str, str]]:
    """Each level with its word and what it means."""
    return {one["level"]: one for one in _said()["likelihood"]}


@cache
def impacts() -> dict[int, dict[str, str]]:
    """Each level with its word and what it means for children and the programme."""
    return {one["level"]: one for one in _said()["impact"]}


@cache
def bands() -> tuple[Band, ...]:
    """From low to very high."""
    return tuple(Band(**one) for one in _said()["bands"])


@cache
def categories() -> dict[str, str]:
    """What kind of risk, by code."""
    return dict(_said()["categories"])


@cache
def proximities() -> dict[str, str]:
    """How soon it could happen, by code, the nearest first."""
    return dict(_said()["proximities"])


@cache
def appetites() -> dict[str, dict[str, Any]]:
    """How much risk the council bears: words, and the highest score it accepts, by code."""
    return dict(_said()["appetites"])


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.risks") / "scales.toml").read_text("utf-8"))
