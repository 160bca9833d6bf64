"""Challenges to read: the list, one of them, and what they come to."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, scope_or_none
from goldenthread_web.behind.reasons import reasons
from goldenthread_web.challenges import narrowing, queries
from goldenthread_web.challenges.models import Challenge, GoodPractice
from goldenthread_web.challenges.results import results
from goldenthread_web.challenges.rules import choices, stages
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import index
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.together import together

MONTHS_BACK = 12
MOST_GOOD_PRACTICE = 12


@page(
    Permission.SEE_CHALLENGES,
    narrative=True,
    asks=["theme", "stage", "team"],
    one_of={"show": narrowing.SHOWS},
)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The challenges a person may see, what waits for an answer first; and good practice."""
    person, on = cast(User, request.user), today()
    scope = scope_or_none(person)
    if scope is None:
        return redirect("challenges:results")
    told = together(
        challenges=queries.within(scope, person),
        noted=queries.good_practice(scope, person).annotate(by=F("noted_by__title")),
    )
    found = [(one, queries.standing(one, on)) for one in told["challenges"]]
    teams = [one.team for one, _ in found]
    asked = narrowing.narrowed(request.GET, teams)
    shown = [(one, how) for one, how in found if asked.keeps(one, how)]
    shown.sort(key=lambda row: (not row[0].is_open, row[0].stage_due_on if row[0].is_open else date.max))
    noted = told["noted"][:MOST_GOOD_PRACTICE]
    needs_reason = person.held_role.needs_reason
    context = {
        "found": found,
        "shown": shown,
        "noted": noted,
        "asked": asked,
        "fields": narrowing.fields(asked, teams),
        "named": {} if needs_reason else _saw(person, scope, [*(one for one, _ in shown), *noted]),
        "needs_reason": needs_reason,
        "stages": stages(),
        "themes": choices("themes"),
        "may_raise": person.may(Permission.RAISE_CHALLENGES),
        "is_mine": {one.pk for one, _ in shown if queries.may_answer(person, one)},
        "on": on,
    }
    return render(request, "challenges/list.html.jinja", context)


@page(Permission.SEE_CHALLENGES, narrative=True, asks=["reason"])
@require_safe
def challenge(request: HttpRequest, ref: str) -> HttpResponse:
    """One challenge with its steps and answers. Whoever sees every child says why first."""
    person, on = cast(User, request.user), today()
    scope = scope_or_none(person)
    found = get_object_or_404(queries.within(scope, person), ref=ref)
    reason = request.GET.get("reason", "")
    if lacks_reason(person, reason):
        return ask_why(request, found)
    record(
        "case_challenge.seen", ("case_challenge", ref), by=person, reason=reason, children=[found.reference]
    )
    child = index().by_reference.get(found.reference)
    may_raise = found.is_open and queries.may_raise(person, found)
    context = {
        "found": found,
        "how": queries.standing(found, on),
        "history": queries.history(found),
        "child": child if child is not None and scope is not None and child.is_within(scope) else None,
        "words": {of: choices(of) for of in ("concern_types", "themes", "outcomes", "raised_by")},
        "stages": stages(),
        "may_answer": queries.may_answer(person, found),
        "may_raise": may_raise,
        "may_mark": queries.may_raise(person, found) and found.on_file_at is None,
        "reason": f"?reason={reason}" if reason in reasons() else "",
        "on": on,
    }
    return render(request, "challenges/challenge.html.jinja", context)


@page(Permission.SEE_CHALLENGES, asks=["since", "until"])
@require_safe
def shown_results(request: HttpRequest) -> HttpResponse:
    """How many, about what, in time, upheld: of the last twelve months or another stretch of days."""
    person, on = cast(User, request.user), today()
    until = _day(request.GET.get("until", ""), on)
    since = _day(request.GET.get("since", ""), add_months(until, -MONTHS_BACK))
    context = {
        "results": results(person, min(since, until), until),
        "fields": [
            {"name": "since", "label": "Raised from", "kind": "date", "value": since.isoformat()},
            {"name": "until", "label": "to", "kind": "date", "value": until.isoformat()},
        ],
        "has_list": scope_or_none(person) is not None,
    }
    return render(request, "challenges/results.html.jinja", context)


def lacks_reason(person: User, reason: str) -> bool:
    """Whether the person must say first why they look at a child."""
    return person.held_role.needs_reason and reason not in reasons()


def ask_why(request: HttpRequest, found: Challenge) -> HttpResponse:
    """Ask why the person looks, before anything about the child is shown."""
    context = {"found": found, "reasons": reasons(), "themes": choices("themes")}
    return render(request, "challenges/reason.html.jinja", context)


def _saw(person: User, scope: ChildScope, rows: Iterable[Challenge | GoodPractice]) -> dict[str, str]:
    """The numbers of the children on a list whom the person may see; recorded before they are shown."""
    references = {one.reference for one in rows}
    if not references:
        return {}
    record("children.seen", ("list", "challenges.list"), by=person, children=references)
    children = index()
    inside = children.within(references, scope)
    return {one: children.by_reference[one].child_id for one in inside}


def _day(text: str, otherwise: date) -> date:
    try:
        return min(date.fromisoformat(text), today())
    except ValueError:
        return otherwise
