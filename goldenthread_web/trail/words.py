"""How is an Event said in words?"""

import tomllib
from functools import cache
from importlib.resources import files

from goldenthread_web.ui.words import days_in_words


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("goldenthread_web.trail").joinpath("words.toml").read_text("utf-8"))


def event_words(what: str) -> str:
    """The words of an Event; one without its own is said by its name: load.finished, Load finished."""
    found = _words()["events"].get(what)
    return found or what.replace(".", " ").replace("_", " ").capitalize()


def about_words(kind: str, key: str) -> str:
    """What an Event is about, without whose names it may be: CIN-02, Load 3, What is due."""
    if kind == "list":
        return _words()["lists"].get(key) or _words()["lists"].get(key.partition(".")[0], key)
    said = _words()["about"].get(kind, kind.replace("_", " ").capitalize())
    return days_in_words(f"{said} {key}").strip()


def change_words(name: str, value: str) -> str:
    """One thing that an Event says besides: next on 27 February 2018."""
    return f"{name.replace('_', ' ')} {days_in_words(value)}"
