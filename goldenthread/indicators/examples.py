"""Which worked examples show what an indicator counts? The tests that drew them wrote them down.

`examples.json` is written by `make docs` from the examples that the tests have just checked row by row.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "examples.json"


@dataclass(frozen=True, kw_only=True)
class Example:
    """Drawn rows with the answers beside them, and the figure they make."""

    name: str
    part: str
    period: str
    as_at: str
    settings: Mapping[str, Any]
    without: Sequence[str]
    tables: Mapping[str, Sequence[Sequence[str]]]  # the first row of each holds the names of the columns
    figure: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Its name in words."""
        words = self.name.removeprefix("test_").replace("_", " ")
        return words[:1].upper() + words[1:]


def cells_drawn(text: str) -> list[list[str]]:
    """Head and lines of a drawn table, without its ruler."""
    lines = [line for line in text.splitlines() if line.strip() and not set(line) <= set("-+| ")]
    return [[one.strip() for one in line.split("|")] for line in lines]


def examples_of(ref: str) -> tuple[Example, ...]:
    """The worked examples of an indicator, headline first."""
    return _by_ref().get(ref, ())


@cache
def _by_ref() -> dict[str, tuple[Example, ...]]:
    data = json.loads((files("goldenthread.indicators") / FILE).read_text("utf-8"))
    return {ref: tuple(_example(entry) for entry in entries) for ref, entries in data.items()}


def _example(entry: Mapping[str, Any]) -> Example:
    tables = {name: cells_drawn(text) for name, text in entry["tables"].items()}
    return Example(**{**entry, "tables": tables})
