"""Which rules of what follows a case audit are data? Read from following.toml, and two local parameters."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.calendar import add_working_days
from goldenthread_web.extracts.current import local_settings


@dataclass(frozen=True, kw_only=True)
class Rules:
    """As following.toml says them."""

    always: frozenset[str]
    percent: int
    least: int
    without: frozenset[str]
    moderate_within: int
    round_waits: int
    plan_after: frozenset[str]
    re_audit_days: dict[str, int]
    re_audit_made_before: int
    re_audit_least_days: int
    waived: dict[str, str]
    least_for_share: int
    least_for_auditor: int
    lenient_from: float
    coverage_months: int
    trend_months: int
    first_kinds: tuple[str, ...]
    timeliness: tuple[str, ...]
    least_indicators: int
    performance_line: int
    quality_line: int
    trend_quarters: int
    quiet_after: int
    reminders: dict[str, dict[str, str]]  # kind: subject, one, many, page


@cache
def rules() -> Rules:
    """The rules."""
    said: dict[str, Any] = tomllib.loads(
        (files("goldenthread_web.case_audits") / "following.toml").read_text("utf-8")
    )
    moderation, again, results = said["moderation"], said["re_audit"], said["results"]
    return Rules(
        always=frozenset(moderation["always"]),
        percent=moderation["percent"],
        least=moderation["least"],
        without=frozenset(moderation["without"]),
        moderate_within=moderation["working_days"],
        round_waits=moderation["round_waits"],
        plan_after=frozenset(said["plan"]["grades"]),
        re_audit_days=again["days"],
        re_audit_made_before=again["made_before"],
        re_audit_least_days=again["least_days"],
        waived=again["waived"],
        least_for_share=results["least_for_share"],
        least_for_auditor=results["least_for_auditor"],
        lenient_from=results["lenient_from"],
        coverage_months=results["coverage_months"],
        trend_months=results["trend_months"],
        first_kinds=tuple(results["kinds"]["first"]),
        timeliness=tuple(results["quality"]["refs"]),
        least_indicators=results["quality"]["least_indicators"],
        performance_line=results["quality"]["performance_line"],
        quality_line=results["quality"]["quality_line"],
        trend_quarters=said["learning"]["trend_quarters"],
        quiet_after=said["learning"]["quiet_after"],
        reminders=said["reminders"],
    )


def working_days_after(day: date, number: int) -> date:
    """The number-th working day after a day, the council's own closure days left out."""
    closed = [date.fromisoformat(str(one)) for one in local_settings().value("extra_non_working_days")]
    return add_working_days(day, number, closed)


def plan_due(grade: str, counted_from: date) -> date | None:
    """By when a plan of actions is to be recorded after a grade; None: none is needed."""
    if grade not in rules().plan_after:
        return None
    return working_days_after(counted_from, int(local_settings().value("remedial_wd")))


def re_audit_due(grade: str, counted_from: date) -> date | None:
    """By when the case is to be looked at again after a grade; None: it need not be."""
    if grade not in rules().plan_after:
        return None
    days = rules().re_audit_days.get(grade)
    if days is None:
        days = int(local_settings().value("reaudit_days"))
    return counted_from + timedelta(days=days)
