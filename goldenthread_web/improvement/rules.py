"""Which rules of the plan are data? Limits, how long evidence is fresh, what each kind looks at."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Rules:
    """As rules.toml says them."""

    at_target_months: int
    tolerance_months: int
    kinds_needed: int
    wip_limit: int
    retest_months: int
    looks_at: dict[str, str]  # kind of evidence: what it looks at; kinds that show no impact are not in it
    fresh_months: dict[str, int]


@cache
def rules() -> Rules:
    """The rules."""
    return Rules(**tomllib.loads((files("goldenthread_web.improvement") / "rules.toml").read_text("utf-8")))


def months_on(day: date, months: int) -> date:
    """The same day so many months on, at most the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def fresh_until(kind: str, about_on: date) -> date:
    """Until when evidence of a kind is fresh, if nobody says otherwise."""
    return months_on(about_on, rules().fresh_months[kind])
