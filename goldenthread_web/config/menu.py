"""Which menu does a person see? The pages their role may open, in the order of the day.

A short menu is one row. A long one is a row of areas, and under it the pages of the area a person is in.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

from goldenthread_web.accounts.roles import Permission

LONGEST_ROW = 8


@dataclass(frozen=True)
class Item:
    """One entry of the menu. `also` are the beginnings of other addresses that belong to it."""

    text: str
    url_name: str
    permission: Permission
    also: tuple[str, ...] = ()


AREAS: dict[str, tuple[Item, ...]] = {
    "Today": (
        Item("This morning", "worklist:this_morning", Permission.SEE_WORKLIST, ("/children/",)),
        Item("Weekly sheet", "worklist:weekly", Permission.SEE_COMPLIANCE),
        Item("Front door", "worklist:front_door", Permission.SEE_FRONT_DOOR),
        Item("Emergency", "worklist:emergency", Permission.BREAK_GLASS),
    ),
    "Figures": (
        Item(
            "Scorecard",
            "figures:scorecard",
            Permission.SEE_FIGURES,
            ("/indicators/", "/compare/", "/figures/", "/behind/", "/publications/"),
        ),
        Item("Definitions", "figures:definitions", Permission.SEE_DEFINITIONS),
        Item("Targets and limits", "parameters:targets", Permission.SET_TARGETS, ("/parameters/",)),
        Item("Files of rows", "behind:exports", Permission.EXPORT_CHILDREN),
    ),
    "Practice": (
        Item("My case audits", "case_audits:mine", Permission.AUDIT_CASES),
        Item("Immediate concerns", "concerns:list", Permission.SEE_CONCERNS),
        Item("Clinics", "clinics:list", Permission.SEE_CLINICS),
        Item("Supervision", "supervision:list", Permission.SEE_OWN_SUPERVISION),
        Item("Case audits", "case_audits:list", Permission.SEE_PRACTICE),
        Item("Dip samples", "dip_samples:list", Permission.SEE_PRACTICE),
        Item("Case reviews", "case_reviews:list", Permission.SEE_PRACTICE),
        Item("Practice Weeks", "practice_weeks:list", Permission.OBSERVE_PRACTICE),
        Item("Standards", "standards:list", Permission.SEE_STANDARDS),
        Item("Challenges", "challenges:list", Permission.SEE_CHALLENGES),
        Item("Voice", "voice:list", Permission.SEE_VOICE),
        Item("Surveys", "voice:surveys_to_answer", Permission.ANSWER_SURVEYS),
        Item("Registers", "registers:list", Permission.KEEP_REGISTERS),
    ),
    "Improvement": (
        Item("Plan", "improvement:plan", Permission.SEE_PLAN, ("/programme/",)),
        Item("Findings", "inspections:list", Permission.SEE_INSPECTIONS),
        Item("Meetings", "governance:list", Permission.SEE_MEETINGS, ("/bodies/", "/decisions/")),
        Item("Risks", "risks:list", Permission.SEE_RISKS),
        Item("Money", "resources:list", Permission.SEE_MONEY),
        Item("Reports", "reports:list", Permission.SEE_REPORTS),
        Item("Search", "thread:search", Permission.SEE_PLAN, ("/thread/",)),
    ),
    "Data": (
        Item("Data quality", "extracts:quality", Permission.SEE_DATA_QUALITY),
        Item("Extracts", "extracts:loads", Permission.SEE_LOADS),
    ),
    "Access": (
        Item("Who saw what", "trail:search", Permission.SEE_TRAIL),
        Item("Emergency access", "accounts:emergencies", Permission.REVIEW_BREAK_GLASS),
        Item("Restricted children", "accounts:restrictions", Permission.APPROVE_RESTRICTIONS),
        Item("Roles to approve", "accounts:proposals", Permission.APPROVE_ROLES),
        Item("People", "accounts:people", Permission.MANAGE_PEOPLE),
        Item("Declared relations", "accounts:relations", Permission.WITHDRAW_RELATIONS),
    ),
}


def menu_of(person: Any, path: str) -> list[dict[str, Any]]:
    """A person's menu: entries with text, href, whether `current`, and `within`, the pages of an area.

    The most telling of the entries that an address belongs to is current: the one with the longest beginning.
    """
    allowed = person.held_role.permissions if person.is_active else frozenset()
    areas = {
        text: [_entry(item) for item in items if item.permission in allowed] for text, items in AREAS.items()
    }
    areas = {text: [entry for entry in entries if entry is not None] for text, entries in areas.items()}
    everything = [entry for entries in areas.values() for entry in entries]
    matches = [
        (len(start), entry) for entry in everything for start in entry["starts"] if path.startswith(start)
    ]
    if matches:
        max(matches, key=lambda match: match[0])[1]["current"] = True
    if len(everything) <= LONGEST_ROW:
        return everything
    return [
        entries[0]
        if len(entries) == 1
        else {
            "text": text,
            "href": entries[0]["href"],
            "current": any(entry["current"] for entry in entries),
            "within": entries,
        }
        for text, entries in areas.items()
        if entries
    ]


def _entry(item: Item) -> dict[str, Any] | None:
    """None where the page is not there."""
    href = _address(item.url_name)
    if not href:
        return None
    return {"text": item.text, "href": href, "current": False, "within": [], "starts": (href, *item.also)}


@cache
def _address(url_name: str) -> str:
    """Where a page is; blank where there is none of that name."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
