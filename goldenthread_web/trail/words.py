"""How is an Event said in words?"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread_web.ui.words import days_in_words

_MOST = 5  # of a list that an Event says
_HASH = re.compile(r"[0-9a-f]{32,64}")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LOAD = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]{12}\b")  # the folder of a load: its day, and a hash


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
    return f"{said} {value_words(key)}".strip()


def change_words(name: str, value: str) -> str:
    """One thing that an Event says besides: next on: 27 February 2018."""
    return f"{name.removeprefix('is_').replace('_', ' ')}: {value}"


def value_words(value: Any) -> str:
    """A value as a person reads it: of a hash its beginning (the CSV file has all), of a load its day."""
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        more = [f"and {len(value) - _MOST} more"] if len(value) > _MOST else []
        return ", ".join([value_words(one) for one in value[:_MOST]] + more)
    if isinstance(value, dict):
        return ", ".join(change_words(name, value_words(one)) for name, one in value.items())
    said = str(value)
    if _HASH.fullmatch(said):
        return f"{said[:12]}…"
    said = said.replace("_", " ") if _CODE.fullmatch(said) else said
    return days_in_words(_LOAD.sub(r"\1", said))
