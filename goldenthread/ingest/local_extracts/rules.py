"""What do the rules of the local extracts say about single columns? (`rules.toml`)"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Expected:
    """A cell that should hold a value when every condition on its row holds (R16)."""

    table: str
    column: str
    when: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ColumnRules:
    """The parts of R05, R08, R09 and R16 that name columns, each column as `table.column`."""

    limits: Mapping[str, tuple[float, float]]
    lookups: Mapping[str, str]  # a column of any table -> table.column it is looked up in
    links: Mapping[str, str]  # table.column -> table.column
    earliest: date
    may_be_future: frozenset[str]
    ends: Mapping[str, str]  # table.column -> the column of the same table it may not precede
    expected: tuple[Expected, ...]


def _load() -> ColumnRules:
    data = tomllib.loads((files("goldenthread.ingest.local_extracts") / "rules.toml").read_text("utf-8"))
    expected = tuple(
        Expected(*entry["column"].split("."), tuple(entry["when"]))  # type: ignore[call-arg]
        for entry in data["expected"]
    )
    return ColumnRules(
        limits={name: (low, high) for name, (low, high) in data["limits"].items()},
        lookups=data["lookups"],
        links=data["links"],
        earliest=data["dates"]["earliest"],
        may_be_future=frozenset(data["dates"]["may_be_future"]),
        ends=data["ends"],
        expected=expected,
    )


RULES = _load()
