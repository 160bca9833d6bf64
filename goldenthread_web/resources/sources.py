"""Where does the money come from, and which services are told by the child? As the .toml files say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ServiceOfChildren:
    """A service whose cost is told by the child, and the figure that says how many children there are."""

    title: str
    child: str  # one of them, in words
    indicator: str
    counts: str  # what of its figure is the number of children: numerator or denominator


@cache
def sources() -> dict[str, str]:
    """Each source in words, by code."""
    return dict(_read("sources.toml"))


@cache
def services_of_children() -> dict[str, ServiceOfChildren]:
    """Each service whose cost is told by the child, by code, in the order of the file."""
    return {code: ServiceOfChildren(**said) for code, said in _read("services.toml").items()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.resources") / name).read_text("utf-8"))
