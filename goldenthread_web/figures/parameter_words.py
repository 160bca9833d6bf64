"""What is a local parameter called, and how is its value said?"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def parameter_words() -> Mapping[str, Mapping[str, Any]]:
    """The words of every parameter by its name."""
    return tomllib.loads((files("goldenthread_web.figures") / "parameters.toml").read_text("utf-8"))


def parameter_said(name: str) -> str:
    """A parameter in plain words: An assessment is to be finished within."""
    return str(parameter_words()[name]["said"])


def value_said(name: str, value: Any) -> str:
    """A value with its unit: 45 working days."""
    said, unit = _plain(name, value), parameter_words()[name].get("unit", "")
    if unit == "%":
        return f"{said}%"
    if said == "1" and unit in ("working days", "days", "months", "hours", "years"):
        unit = unit[:-1]
    return f"{said} {unit}".strip()


def choice_said(name: str, value: str) -> str:
    """One of the values a parameter can have, in words."""
    return str(parameter_words()[name].get("values", {}).get(value, value.replace("_", " ")))


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_entry(name, one) for one in value) or "none"
    if value is None:
        return "not set"
    return choice_said(name, value) if isinstance(value, str) else str(value)


def _entry(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return str(value["course"]).replace("_", " ") if "course" in value else json.dumps(value)
    return choice_said(name, value) if isinstance(value, str) else str(value)
