"""Which designs ship with Golden Thread? In our own words: what the letter asked for, and oversight."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HERE = "goldenthread_web.dip_samples"


@dataclass(frozen=True)
class ItemSaid:
    """An item as a design says it."""

    short: str
    text: str

    @property
    def code(self) -> str:
        """What names the item in every version, as long as it is called the same."""
        return re.sub(r"[^a-z0-9]+", "_", self.short.lower()).strip("_")[:40]


@dataclass(frozen=True, kw_only=True)
class DesignSaid:
    """The words of a design."""

    title: str
    question: str
    cohort: str
    method: str
    size_rule: str
    threshold: int
    below: str
    items: tuple[ItemSaid, ...]
    because: str = ""
    strata: str = ""
    size: int = 0


@cache
def shipped() -> Mapping[str, DesignSaid]:
    """Every design that ships, by its code."""
    return {code: _said(entry) for code, entry in _read("designs.toml").items()}


@cache
def missed_reasons() -> Mapping[str, str]:
    """Why a case could not be looked at, in words, by code."""
    return dict(_read("missed.toml")["missed"])


def _said(entry: dict[str, Any]) -> DesignSaid:
    items = tuple(ItemSaid(short, text) for short, text in entry["items"])
    return DesignSaid(**entry | {"items": items})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(HERE) / name).read_text("utf-8"))
