"""How is an Event said in words?"""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(files("goldenthread_web.trail").joinpath("words.toml").read_text("utf-8"))["events"]


def event_words(what: str) -> str:
    """The words of an Event; one without its own is said by its name: load.finished, Load finished."""
    found = _words().get(what)
    return found or what.replace(".", " ").replace("_", " ").capitalize()
