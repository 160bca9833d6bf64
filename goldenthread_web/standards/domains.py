"""In which domains is practice judged? The ten of domains.toml, and the impact on the child apart."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Domain:
    """One domain. `limits`: no overall grade is more than one above the lowest of those that limit."""

    code: str
    title: str
    about: str
    limits: bool = False


@cache
def domains() -> dict[str, Domain]:
    """The ten domains by code, in the order of a case audit."""
    return {one["code"]: Domain(**one) for one in _said()["domains"]}


@cache
def impact() -> Domain:
    """What the work has changed for the child: graded apart from practice."""
    return Domain(**_said()["impact"])


@cache
def limiting() -> frozenset[str]:
    """The codes of the domains that limit the overall grade."""
    return frozenset(one.code for one in domains().values() if one.limits)


@cache
def domain_title(code: str) -> str:
    """The title of a domain or of the impact on the child; the code itself where there is none such."""
    found = domains().get(code) or (impact() if code == impact().code else None)
    return code if found is None else found.title


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.standards") / "domains.toml").read_text("utf-8"))
