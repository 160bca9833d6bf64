"""Which menu does a person see? The pages their role may open, in the order of the day."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from goldenthread_web.accounts.roles import Permission


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    text: str
    url_name: str
    permission: Permission | None


ITEMS: tuple[Item, ...] = (
    Item("This morning", "worklist:this_morning", Permission.SEE_WORKLIST),
    Item("Scorecard", "figures:scorecard", Permission.SEE_FIGURES),
    Item("Weekly sheet", "worklist:weekly", Permission.SEE_COMPLIANCE),
    Item("Front door", "worklist:front_door", Permission.SEE_FRONT_DOOR),
    Item("Data quality", "extracts:quality", Permission.SEE_DATA_QUALITY),
    Item("Extracts", "extracts:loads", Permission.SEE_LOADS),
    Item("Definitions", "figures:definitions", Permission.SEE_DEFINITIONS),
    Item("Targets and limits", "parameters:targets", Permission.SET_TARGETS),
    Item("Findings", "inspections:list", Permission.SEE_INSPECTIONS),
    Item("Plan", "improvement:plan", Permission.SEE_PLAN),
    Item("Meetings", "governance:list", Permission.SEE_MEETINGS),
    Item("Risks", "risks:list", Permission.SEE_RISKS),
    Item("Money", "resources:list", Permission.SEE_MONEY),
    Item("Reports", "reports:list", Permission.SEE_REPORTS),
    Item("Search", "thread:search", Permission.SEE_PLAN),
    Item("Files of rows", "behind:exports", Permission.EXPORT_CHILDREN),
    Item("Emergency", "worklist:emergency", Permission.BREAK_GLASS),
    Item("Who saw what", "trail:search", Permission.SEE_TRAIL),
    Item("Emergency access", "accounts:emergencies", Permission.REVIEW_BREAK_GLASS),
    Item("Restricted children", "accounts:restrictions", Permission.APPROVE_RESTRICTIONS),
    Item("Roles to approve", "accounts:proposals", Permission.APPROVE_ROLES),
    Item("People", "accounts:people", Permission.MANAGE_PEOPLE),
    Item("Declared relations", "accounts:relations", Permission.WITHDRAW_RELATIONS),
)


def menu_of(person: Any, path: str) -> list[dict[str, Any]]:
    """The entries of a person's menu; the one they are in is `current`."""
    found = []
    for item in ITEMS:
        if item.permission is None or person.may(item.permission):
            try:
                href = reverse(item.url_name)
            except NoReverseMatch:
                continue
            found.append({"text": item.text, "href": href, "current": path.startswith(href) and href != "/"})
    return found
