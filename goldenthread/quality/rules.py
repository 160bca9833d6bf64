"""Every rule we have written, in the order of the child's journey."""

from functools import cache
from importlib import import_module

from goldenthread.quality.rule import Rule

THEMES = (
    "children",
    "contacts",
    "early_help",
    "referrals",
    "assessments",
    "enquiries",
    "conferences",
    "plans",
    "events",
    "recording",
    "care",
    "care_status",
    "placements",
    "health",
    "leaving_care",
    "missing",
    "legal",
    "allocations",
    "workforce",
    "supervision",
    "complaints",
    "money",
)


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules of every theme; a code may be used once."""
    found = [rule for theme in THEMES for rule in import_module(f"goldenthread.quality.{theme}").RULES]
    codes = [rule.code for rule in found]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"Two rules are called {', '.join(twice)}.")
    return tuple(found)
