"""The page of one action, and every act on it."""

from collections.abc import Mapping
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.improvement import action_acts
from goldenthread_web.improvement.acts import Act, act_page
from goldenthread_web.improvement.models import Action, DateChange, Evidence
from goldenthread_web.improvement.plan_views import KEY_ROWS, may
from goldenthread_web.improvement.queries import action as the_action
from goldenthread_web.improvement.queries import embeddings
from goldenthread_web.improvement.reverting import falls
from goldenthread_web.improvement.standing import gathered


@page(Permission.SEE_PLAN)
@require_safe
def action(request: HttpRequest, ref: str) -> HttpResponse:
    """One action: what it is for, how it stands and why, what was promised, its steps and indicators."""
    found = _found(ref)
    is_public_view = cast(User, request.user).held_role.is_public_view
    stands = gathered(of=[found], shown_publicly=is_public_view)
    (standing,) = stands.standings
    context = {
        "action": found,
        "standing": standing,
        "figures": stands.figures,
        "today": today(),
        "key": KEY_ROWS,
        "may": may(request),
    }
    return render(request, "improvement/action.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """What was added to an action over time: evidence, awards, notes, days that moved."""
    found, day = _found(ref), today()
    evidence = Evidence.objects.filter(action=found).select_related("added_by", "verified_by", "finding")
    changes = DateChange.objects.filter(action=found).select_related("milestone", "decision__body", "by")
    fall = falls(of=[found.pk]).get(found.pk)
    context = {
        "action": found,
        "evidence": list(evidence),
        "notes": list(found.notes.select_related("by")),
        "changes": list(changes),
        "awards": list(embeddings().filter(action=found)),
        "fall": None if fall is None else fall[1],
        "today": day,
        "may": may(request),
    }
    return render(request, "improvement/record.html.jinja", context)


@page(Permission.UPDATE_ACTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, ref: str, what: str) -> HttpResponse:
    """What its owner says of an action: notes, days, evidence, impact."""
    return _act(request, action_acts.REPORT, ref, what)


@page(Permission.EDIT_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str, what: str) -> HttpResponse:
    """What whoever keeps the plan says of an action."""
    return _act(request, action_acts.EDIT, ref, what)


@page(Permission.VERIFY_IMPACT)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, ref: str, what: str) -> HttpResponse:
    """What only somebody else than its owner may say: verified, embedded."""
    return _act(request, action_acts.VERIFY, ref, what)


def _act(request: HttpRequest, acts: Mapping[str, Act], ref: str, what: str) -> HttpResponse:
    if what not in acts:
        raise Http404
    found = _found(ref)
    caption = f"{found.ref} {found.text}"
    return act_page(request, acts[what], found, back=found.get_absolute_url(), caption=caption)


def _found(ref: str) -> Action:
    found = the_action(ref)
    if found is None:
        raise Http404
    return found
