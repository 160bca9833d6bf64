"""Which reasons can be given, and in which words? One file of codes for each kind of reason."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words_by_code(file: str) -> dict[str, str]:
    """The words of each code of a file of this app, in the order in which they are offered."""
    text = files("goldenthread_web.accounts").joinpath(file).read_text("utf-8")
    return {code: entry["words"] for code, entry in tomllib.loads(text).items()}
