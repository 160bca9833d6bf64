"""Where does the money come from? The words are in sources.toml."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def sources() -> dict[str, str]:
    """Each source in words, by code."""
    return dict(tomllib.loads((files("goldenthread_web.resources") / "sources.toml").read_text("utf-8")))
