"""The front door: what became of contacts, who waits for a decision, who is between two services."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.standard.schema import code_labels
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.behind.reasons import reasons
from goldenthread_web.extracts.children import index
from goldenthread_web.extracts.day import Day, day
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist import front_door as shown
from goldenthread_web.worklist.steps import PICKED_UP_WITHIN, Handed, board

STEPS_A_PAGE = 50
STEPS = ("lost", "down", "up", "all")


@page(Permission.SEE_FRONT_DOOR, asks=["months"])
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """The funnel of some months, conversion by agency, and the backlog by age."""
    found_on, context = _begun(request)
    if found_on is None:
        return render(request, "worklist/nothing_loaded.html.jinja")
    is_public = context["is_public"]
    choices = shown.months_to_choose(found_on.load.as_at_on, is_public=is_public)
    wanted = request.GET.get("months", "")
    months = next((one for one in choices if one.code == wanted), choices[0])
    context |= {
        "choices": choices,
        "months": months,
        "followed": shown.followed(found_on, months, is_public=is_public),
        "backlog": shown.backlog(found_on, is_public=is_public),
        "sources": code_labels("contact_source"),
    }
    return render(request, "worklist/front_door.html.jinja", context)


@page(Permission.SEE_FRONT_DOOR, asks=["reason", "page"], one_of={"show": STEPS})
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Steps up and down of twelve months: counts for all, the children for those who may see them."""
    found_on, context = _begun(request)
    if found_on is None:
        return render(request, "worklist/nothing_loaded.html.jinja")
    person = cast(User, request.user)
    reason = request.GET.get("reason", "")
    sees = person.held_role.sees_children and person.may(Permission.SEE_CHILDREN)
    asks = sees and person.held_role.needs_reason and reason not in reasons()
    context |= {
        "in_short": shown.steps_in_short(found_on, is_public=context["is_public"]),
        "within": PICKED_UP_WITHIN,
        "sees": sees,
        "asks": asks,
        "reasons": reasons(),
        "close_reasons": code_labels("close_reason") | code_labels("early_help_episode_end_reason"),
        "show": request.GET.get("show") or "lost",
    }
    if sees and not asks:
        scope = child_scope(person)
        found = _asked_for(board(found_on, scope), context["show"])
        context["shown"] = Paginator(found, STEPS_A_PAGE).get_page(request.GET.get("page"))
        children = {one.reference for one in context["shown"]}
        context["opens"] = index().within(children, scope)
        record("children.seen", ("list", "front_door.steps"), by=person, reason=reason, children=children)
    return render(request, "worklist/front_door_steps.html.jinja", context)


def _asked_for(found: Any, show: str) -> list[Handed]:
    if show in ("up", "down"):
        return [one for one in found if one.direction == show]
    return list(found) if show == "all" else [one for one in found if one.state == "lost"]


def _begun(request: HttpRequest) -> tuple[Day | None, dict[str, Any]]:
    """The day, and what both pages of the front door show."""
    found_on = day()
    if found_on is None:
        return None, {}
    return found_on, {
        "as_at": found_on.load.as_at_on,
        "lacks": found_on.lacks,
        "is_public": cast(User, request.user).held_role.is_public_view,
    }
