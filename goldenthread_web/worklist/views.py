"""This morning: what is due, who is drifting, who holds how much, who waits?"""

from typing import Any, cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.standard.schema import code_labels
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission, Reach
from goldenthread_web.accounts.scopes import ChildScope, child_scope
from goldenthread_web.extracts.day import Day, day
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist import lists, morning
from goldenthread_web.worklist.lists import Asked
from goldenthread_web.worklist.steps import board

CHILDREN_A_PAGE = 25
SHOWS = {"now": "Overdue, and due in the next 10 working days", "overdue": "Overdue only"}
SHOWS |= {"new": "Overdue since the day before", "all": "Everything that has a date"}
ORDERS = {"longest": "Longest overdue first", "most": "Most overdue first", "number": "By number or name"}


@page(
    Permission.SEE_WORKLIST,
    asks=["team", "worker", "item", "find", "page"],
    one_of={"show": SHOWS, "by": lists.GROUPED, "order": ORDERS},
)
@require_safe
def this_morning(request: HttpRequest) -> HttpResponse:
    """What is due and overdue, for a team or for a worker, by child or by duty."""
    begun = _begun(request)
    if begun is None:
        return render(request, "worklist/nothing_loaded.html.jinja")
    found_on, scope, context = begun
    team, asked = context["team"], _asked(request)
    mine = lists.mine(found_on, scope, team)
    groups = lists.groups(found_on, scope, team, asked)
    shown = Paginator(groups, CHILDREN_A_PAGE).get_page(request.GET.get("page"))
    _saw(request, [duty.reference for group in shown for duty in group.duties], "due")
    context |= {
        "asked": asked,
        "by": asked.by,
        "order": asked.order,
        "orders": ORDERS,
        "in_short": mine.in_short,
        "groups": shown,
        "shows": SHOWS,
        "items": mine.items,
        "workers": mine.workers,
        "not_available": found_on.not_available,
    }
    return render(request, "worklist/this_morning.html.jinja", context)


@page(Permission.SEE_WORKLIST, asks=["team", "page"])
@require_safe
def drift(request: HttpRequest) -> HttpResponse:
    """Children who are drifting, with every reason why."""
    begun = _begun(request)
    if begun is None:
        return render(request, "worklist/nothing_loaded.html.jinja")
    found_on, scope, context = begun
    children = morning.watched(found_on, scope, "drift", context["team"])
    shown = Paginator(children, CHILDREN_A_PAGE).get_page(request.GET.get("page"))
    _saw(request, [child.reference for child in shown], "drift")
    return render(request, "worklist/drift.html.jinja", context | {"children": shown})


@page(Permission.SEE_WORKLIST, asks=["team"])
@require_safe
def caseloads(request: HttpRequest) -> HttpResponse:
    """What each worker holds against the ceiling for their role."""
    begun = _begun(request)
    if begun is None:
        return render(request, "worklist/nothing_loaded.html.jinja")
    found_on, scope, context = begun
    rows = morning.caseloads(found_on, scope, context["team"])
    context |= {
        "rows": rows,
        "roles": code_labels("allocation_role"),
        "standings": morning.STANDINGS,
        "weights": settings.INSTALLATION.caseload_weights,
    }
    return render(request, "worklist/caseloads.html.jinja", context)


@page(Permission.SEE_WORKLIST, asks=["team", "page", "unallocated"])
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Who has nobody: unallocated children, contacts without a decision, children between two services."""
    begun = _begun(request)
    if begun is None:
        return render(request, "worklist/nothing_loaded.html.jinja")
    found_on, scope, context = begun
    team = context["team"]
    contacts = morning.contacts_waiting(found_on, scope, team)
    shown = Paginator(contacts, CHILDREN_A_PAGE).get_page(request.GET.get("page"))
    nobody = morning.watched(found_on, scope, morning.UNALLOCATED, team)
    unallocated = Paginator(nobody, CHILDREN_A_PAGE).get_page(request.GET.get("unallocated"))
    lost = [step for step in board(found_on, scope, team) if step.is_lost]
    seen = [one.reference for one in (*unallocated, *shown, *lost)]
    _saw(request, seen, "waiting")
    context |= {
        "contacts": shown,
        "unallocated": unallocated,
        "lost": lost,
        "sources": code_labels("contact_source"),
    }
    return render(request, "worklist/waiting.html.jinja", context)


def _begun(request: HttpRequest) -> tuple[Day, ChildScope, dict[str, Any]] | None:
    """The day, whose children this person sees, and what every page of the morning shows."""
    person = cast(User, request.user)
    scope = child_scope(person)
    found_on = day()
    if found_on is None:
        return None
    is_own = person.held_role.reach is Reach.OWN
    teams = [] if is_own else lists.teams(found_on, scope)
    wanted = request.GET.get("team", "")
    first = "" if scope.everyone or len(teams) > 1 else (teams[0] if teams else "")
    return (
        found_on,
        scope,
        {
            "as_at": found_on.load.as_at_on,
            "not_known": morning.NOT_KNOWN,
            "on": found_on.on,
            "lacks": found_on.lacks,
            "unheld": {one["item"] for one in found_on.not_available},
            "compared_with": found_on.compared_with,
            "teams": teams,
            "team": wanted if wanted in teams else first,
            "is_own": is_own,
        },
    )


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    return Asked(
        worker=given.get("worker", ""),
        item=given.get("item", ""),
        show=given.get("show") or "now",
        find=given.get("find", "").strip(),
        by=given.get("by") or "child",
        order=given.get("order") or "longest",
    )


def _saw(request: HttpRequest, references: list[str], page_name: str) -> None:
    """Record which children a page shows, before it shows them; or that it showed none."""
    children = {one for one in references if one}
    what = "children.seen" if children else "list.seen"
    record(what, ("list", f"worklist.{page_name}"), by=cast(User, request.user), children=children)
