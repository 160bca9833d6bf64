"""What is the record behind a row called, and where is its page? Read from data, indicator by indicator."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.urls import reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.ui.words import days_in_words

_CODES = ("item", "kind", "topic")  # parts of a key that are codes: read with spaces


@dataclass(frozen=True, kw_only=True)
class Named:
    """A record as a person reads it; its page is blank where it has none, or none for this person."""

    said: str
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """How the keys of some indicators are read."""

    of: tuple[str, ...]
    key: re.Pattern[str]
    said: str
    page: str  # the name of an address; blank: there is none
    asked_with: tuple[str, ...]
    permission: Permission | None


def named(ref: str, key: str, person: User) -> Named | None:
    """The record of that key behind an indicator; None where a key says nothing to a person."""
    for shape in _shapes():
        found = shape.key.fullmatch(key) if ref in shape.of else None
        if found is not None:
            parts = {name: text or "" for name, text in found.groupdict().items()}
            words = parts | {name: parts[name].replace("_", " ") for name in _CODES if name in parts}
            may_open = shape.permission is not None and person.may(shape.permission)
            asked_with = [one.format_map(parts) for one in shape.asked_with]
            return Named(
                said=days_in_words(shape.said.format_map(words)),
                page=reverse(shape.page, args=asked_with) if may_open else "",
            )
    return None


@cache
def _shapes() -> tuple[_Shape, ...]:
    data = tomllib.loads((files("goldenthread_web.behind") / "records.toml").read_text("utf-8"))
    return tuple(
        _Shape(
            of=tuple(one["of"]),
            key=re.compile(one["key"]),
            said=one["said"],
            page=one.get("page", ""),
            asked_with=tuple(one.get("with", ())),
            permission=Permission(one["permission"]) if "page" in one else None,
        )
        for one in data["records"]
    )
