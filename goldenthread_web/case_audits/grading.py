"""What grade does a case audit come to? Limiting judgements, which are data in grading.toml, hold it down."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limiting judgement: what it holds down, when, and how far."""

    code: str
    holds: str
    when: str
    sentence: str
    at_most: str = ""
    domains: tuple[str, ...] = ()
    steps_above: int = 0


@dataclass(frozen=True, kw_only=True)
class Limited:
    """What is allowed of what an auditor judged, and the codes of the limits that held it down."""

    grade: str
    impact: str
    codes: tuple[str, ...]


def limited(
    grade: str,
    domain_grades: Mapping[str, str],
    is_unsafe: bool | None,
    has_open_concern: bool,
    impact: str = "",
) -> tuple[str, tuple[str, ...]]:
    """The grade allowed, and the codes of whatever held it, or the impact, down. Blank grades stay blank."""
    found = judged(grade, impact, domain_grades, is_unsafe=is_unsafe, has_open_concern=has_open_concern)
    return found.grade, found.codes


def judged(
    grade: str,
    impact: str,
    domain_grades: Mapping[str, str],
    *,
    is_unsafe: bool | None,
    has_open_concern: bool,
) -> Limited:
    """Grade and impact as far as they are allowed. A code stands there only where its limit lowered one."""
    said = {"overall": grade, "impact": impact}
    allowed, codes = dict(said), []
    for limit in limits():
        most = _most(limit, domain_grades, is_unsafe=bool(is_unsafe), has_open_concern=has_open_concern)
        judgement = said[limit.holds]
        if most and judgement and _place(judgement) < _place(most):
            codes.append(limit.code)
            allowed[limit.holds] = max(allowed[limit.holds], most, key=_place)
    return Limited(grade=allowed["overall"], impact=allowed["impact"], codes=tuple(codes))


def sentences(codes: Iterable[str]) -> list[str]:
    """What a person reads about limits, in the order of the file."""
    wanted = set(codes)
    return [limit.sentence for limit in limits() if limit.code in wanted]


@cache
def grades() -> tuple[str, ...]:
    """The best first."""
    return tuple(_file()["grades"])


@cache
def limits() -> tuple[Limit, ...]:
    """Every limiting judgement, as the file says."""
    return tuple(Limit(**one | {"domains": tuple(one.get("domains", ()))}) for one in _file()["limits"])


def _most(limit: Limit, domain_grades: Mapping[str, str], *, is_unsafe: bool, has_open_concern: bool) -> str:
    """The best grade that a limit allows; blank where it allows any."""
    if limit.when == "lowest_of":
        places = [_place(domain_grades[one]) for one in limit.domains if domain_grades.get(one)]
        return grades()[max(0, max(places) - limit.steps_above)] if places else ""
    holds = {"unsafe": is_unsafe, "open_concern": has_open_concern}[limit.when]
    return limit.at_most if holds else ""


def _place(grade: str) -> int:
    return grades().index(grade)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.case_audits") / "grading.toml").read_text("utf-8"))
