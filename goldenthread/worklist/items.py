"""Every item of the worklist, in the order of the child's journey, and which of them can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from goldenthread.figures.availability import Supplies
from goldenthread.worklist.item import Duty, Item

# The order of the specification.
_ORDER = (
    *("assessment", "assessment_checkpoint", "contact_decision", "icpc"),
    *("cp_visit", "cin_visit", "lac_visit", "pf_visit"),
    *("core_group", "cp_review", "conference_minutes"),
    *("cin_plan", "cin_review", "cin_meeting"),
    *("lac_review", "care_plan", "iha", "health_assessment", "dental", "pep"),
    *("pathway_plan", "care_leaver_contact", "return_interview", "exploitation"),
    *("oversight", "supervision", "supervision_action", "pre_proceedings", "court", "birth"),
)
# Read when they are first asked for: their populations take seconds to build, and few commands need them.
_TOPICS = (
    "front_door",
    "protection",
    "in_need",
    "care",
    "care_health",
    "leaving_care",
    "risk",
    "management",
    "proceedings",
)


@cache
def items() -> Mapping[str, Item]:
    """Every item by its code."""
    topics = [import_module(f"goldenthread.worklist.{topic}") for topic in _TOPICS]
    found = [item for topic in topics for item in topic.ITEMS]
    return {item.code: item for item in sorted(found, key=lambda item: _ORDER.index(item.code))}


@dataclass(frozen=True, kw_only=True)
class NotAvailable:
    """An item, or one of its duties, that what was supplied cannot tell."""

    item: str
    label: str
    why: str


def available(
    items: Sequence[Item], supplies: Supplies
) -> tuple[list[tuple[Item, Duty]], list[NotAvailable]]:
    """The duties that what was supplied can tell, and why it cannot tell the others."""
    shown: list[tuple[Item, Duty]] = []
    missing: list[NotAvailable] = []
    for item in items:
        lacking = {duty: _lacking(duty, supplies) for duty in item.duties}
        shown += [(item, duty) for duty, lacks in lacking.items() if not lacks]
        for duty, lacks in _said_once(lacking):
            of = f"for {duty.who}: " if duty.who and len(set(lacking.values())) > 1 else ""
            missing.append(NotAvailable(item=item.code, label=item.label, why=of + "; ".join(lacks)))
    return shown, missing


def _said_once(lacking: dict[Duty, tuple[str, ...]]) -> list[tuple[Duty, tuple[str, ...]]]:
    """Duties that lack the same things are told of together."""
    by_lack = {lacks: duty for duty, lacks in reversed(lacking.items()) if lacks}
    return [(duty, lacks) for lacks, duty in reversed(by_lack.items())]


def _lacking(duty: Duty, supplies: Supplies) -> tuple[str, ...]:
    """What the duty reads that was not supplied, in words."""
    tables = dict.fromkeys(need.partition("=")[0].partition(".")[0] for need in duty.needs)
    absent = [name for name in tables if not supplies.has(name)]
    lacks = [f"{name} was not supplied" for name in absent]
    for need in duty.needs:
        name, _, kinds = need.partition("=")
        if name.partition(".")[0] in absent:
            continue
        if kinds and not any(supplies.has(f"{name}={kind}") for kind in kinds.split("|")):
            lacks.append(f"{name} has no rows of kind {kinds.replace('|', ' or ')}")
        elif not kinds and not supplies.has(name):
            table, _, column = name.partition(".")
            lacks.append(f"{table} has no column {column}")
    return tuple(lacks)
