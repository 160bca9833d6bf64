"""What does the first edition of a council begin with? The default set, one file for each domain."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread_web.standards.domains import domains


@dataclass(frozen=True, kw_only=True)
class DefaultQuestion:
    """A question of the default set. `cohorts`: of whom it is asked; none: of every child."""

    code: str
    text: str
    cohorts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DefaultStandard:
    """A standard of the default set, as the fields of the models."""

    code: str
    domain: str
    section: str
    statement: str
    expectations: tuple[str, ...]
    inadequate: str
    requires_improvement: str
    good: str
    outstanding: str
    statute: str
    questions: tuple[DefaultQuestion, ...]
    clock: str = ""
    indicators: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    training: str = ""


@cache
def default_standards() -> tuple[DefaultStandard, ...]:
    """Every standard of the default set, domain by domain."""
    return tuple(_read(domain, said) for domain in domains() for said in _file(domain)["standards"])


def _read(domain: str, said: dict[str, Any]) -> DefaultStandard:
    questions = tuple(
        DefaultQuestion(**(one | {"cohorts": tuple(one.get("cohorts", ()))})) for one in said["questions"]
    )
    lists = {name: tuple(said.get(name, ())) for name in ("expectations", "indicators", "tags")}
    return DefaultStandard(domain=domain, **(said | lists | {"questions": questions}))


def _file(domain: str) -> dict[str, Any]:
    path = files("goldenthread_web.standards") / "library" / f"{domain}.toml"
    return tomllib.loads(path.read_text("utf-8"))
