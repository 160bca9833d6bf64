"""How often does each code come up? Weights, read as data, and one drawn by them."""

import tomllib
from functools import cache
from importlib.resources import files
from random import Random

from goldenthread.synthetic.codes import collection_year, in_use

BLANK = "blank"


@cache
def _tables() -> dict[str, dict[str, float]]:
    entry = files("goldenthread.synthetic") / "frequencies.toml"
    return tomllib.loads(entry.read_text("utf-8"))


@cache
def _usable(name: str, code_set: str | None, year: int) -> tuple[list[str], list[float]]:
    """The codes of a table that are in use in that collection year, and their weights."""
    found = _tables()[name]
    if code_set:
        allowed = in_use(code_set, year)
        found = {code: weight for code, weight in found.items() if code in allowed}
    return list(found), list(found.values())


def drawn(rng: Random, name: str, as_at: int = 0, code_set: str | None = None) -> str:
    """One of the codes of a table; with a code set of a return, one that is in use at the as-at date."""
    codes, weights = _usable(name, code_set, collection_year(as_at) if code_set else 0)
    return rng.choices(codes, weights)[0]


def drawn_or_blank(rng: Random, name: str) -> str | None:
    """One of the codes of a table, or nothing as often as the weight of `blank` says."""
    code = drawn(rng, name)
    return None if code == BLANK else code
