"""Whose voices, how they reach us, what they are about, and what surveys ask. Read from data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

KINDS = {
    "staff_pulse": "Pulse of staff",
    "thresholds": "Understanding of thresholds",
    "model": "Understanding of the practice model",
    "offer": "Understanding of what is on offer",
}
AGREE = ("strongly_agree", "agree")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One statement that a survey asks people to agree with."""

    code: str
    kind: str
    text: str


def audiences() -> dict[str, str]:
    """Whose voice it is."""
    return _read()["audiences"]


def channels() -> dict[str, str]:
    """How it reached us."""
    return _read()["channels"]


def themes() -> dict[str, str]:
    """What it is about."""
    return _read()["themes"]


def smallest_group() -> int:
    """From how many answers on something of a group is shown."""
    return int(_read()["smallest_group"])


@cache
def items() -> dict[str, Item]:
    """Every item by its code, in the order of the file."""
    return {
        code: Item(code=code, kind=one["for"], text=one["text"]) for code, one in _read()["items"].items()
    }


def items_of(kind: str) -> list[Item]:
    """The items of one kind of survey."""
    return [one for one in items().values() if one.kind == kind]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.voice") / "words.toml").read_text("utf-8"))
