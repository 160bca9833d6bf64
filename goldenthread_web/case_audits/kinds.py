"""What holds for each kind of case audit? Read from kinds.toml."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_HANDING_OUT = "handing_out"


@dataclass(frozen=True, kw_only=True)
class KindRules:
    """What one kind of case audit is about, and how often."""

    words: str
    about_child: bool
    again_after_months: int
    in_programmes: bool


def rules_of(kind: str) -> KindRules:
    """What holds for a kind, by its code."""
    return kind_rules()[kind]


@cache
def kind_rules() -> dict[str, KindRules]:
    """Every kind by its code."""
    return {code: KindRules(**said) for code, said in _file().items() if code != _HANDING_OUT}


@cache
def open_after_due() -> timedelta:
    """How long after its due day an auditor can still open the child of a case audit."""
    return timedelta(days=_file()[_HANDING_OUT]["open_after_due_days"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread_web.case_audits") / "kinds.toml").read_text("utf-8"))
