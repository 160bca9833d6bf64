"""Which enablers of improvement do councils usually name? Read from data; each council says its own."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def usual_enablers() -> list[dict[str, str]]:
    """Title and what it looks like of each, in their order."""
    text = (files("goldenthread_web.programme") / "enablers.toml").read_text("utf-8")
    return tomllib.loads(text)["enablers"]


def usual_enabler(number: int) -> dict[str, str]:
    """The one of a number, counted from 1; empty where there are not so many."""
    return next(iter(usual_enablers()[number - 1 :]), {}) if number else {}
