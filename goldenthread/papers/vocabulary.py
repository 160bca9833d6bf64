"""Which words do the rules know? Read from the data files of this package."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """A data file of this package, for example `quotations`."""
    return tomllib.loads((files("goldenthread.papers") / f"{name}.toml").read_text("utf-8"))


def words(name: str, *keys: str) -> frozenset[str]:
    """The words of one list of a data file."""
    found: Any = vocabulary(name)
    for key in keys:
        found = found[key]
    return frozenset(found)


@cache
def any_of(name: str, *keys: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of a list as whole words; `*` stands for the rest of a word."""
    phrases = sorted(words(name, *keys), key=lambda phrase: (-len(phrase), phrase))
    parts = [re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)
