"""Which standard agenda has a body, and what should councillors know? Read from data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One item of a standard agenda."""

    kind: str
    title: str
    minutes: int
    presenter: str = ""
    verb: str = ""
    sought: str = ""


@dataclass(frozen=True, kw_only=True)
class Standard:
    """How the meetings of a body go unless somebody says otherwise."""

    time: time
    minutes: int
    freeze_days: int  # working days before the meeting on which its pack is frozen
    items: tuple[Standing, ...]
    all_risks: bool = False
    alternates: str = ""  # a post that comes to every other meeting


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something a councillor should know."""

    code: str
    title: str
    is_induction: bool


@cache
def standard(code: str) -> Standard:
    """The standard of a body by its code; of a body that the file does not know: the usual one."""
    data = _read("bodies.toml")
    return _standard({**data["default"], **data.get(code, {})})


@cache
def topics() -> Mapping[str, Topic]:
    """What councillors should know, by code, in the order of the file."""
    return {
        code: Topic(code=code, title=said["title"], is_induction=said["induction"])
        for code, said in _read("topics.toml")["topics"].items()
    }


@cache
def figures_always() -> tuple[str, ...]:
    """The indicators that stand on every agenda with figures, off target or not."""
    return tuple(_read("topics.toml")["figures"]["always"])


@cache
def figures_of_workforce() -> tuple[str, ...]:
    """The indicators that stand under an item on the workforce."""
    return tuple(_read("topics.toml")["figures"]["workforce"])


def _standard(said: Mapping[str, Any]) -> Standard:
    return Standard(
        time=time.fromisoformat(said["time"]),
        minutes=said["minutes"],
        freeze_days=said["freeze_days"],
        items=tuple(Standing(**item) for item in said["items"]),
        all_risks=said.get("all_risks", False),
        alternates=said.get("alternates", ""),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.governance") / name).read_text("utf-8"))
