"""The thread of one thing, up to Cabinet and down to children; and search."""

from dataclasses import replace
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.reports.queries import places_of
from goldenthread_web.thread.figures_behind import teams_behind
from goldenthread_web.thread.following import Place, follow, node
from goldenthread_web.thread.kinds import BY_CODE
from goldenthread_web.thread.searching import SHORTEST, search, words_of

_IN_REPORTS = {"indicator": "figure", "finding": "quote", "money": "money"}  # what a report calls it


@page(Permission.SEE_PLAN)
@require_safe
def of(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Everything two steps up and two steps down from one thing."""
    person = cast(User, request.user)
    up = node(Place(kind, key), person)
    if up is None:
        raise Http404("There is no such thing that you may see.")
    down = follow(replace(up, next={}, more={}), person, down=True)
    context = {
        "one": up,
        "up": follow(up, person, down=False),
        "down": down,
        "kinds": BY_CODE,
        "told": places_of(_IN_REPORTS[kind], key)
        if kind in _IN_REPORTS and person.may(Permission.SEE_REPORTS)
        else [],
        "behind": teams_behind(key, person) if kind == "indicator" else None,
    }
    return render(request, "thread/of.html.jinja", context)


@page(Permission.SEE_PLAN)
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What a person may see that holds some words."""
    asked = request.GET.get("q", "").strip()[:200]
    found = search(asked, cast(User, request.user))
    context = {"asked": asked, "words": words_of(asked), "shortest": SHORTEST, "found": found}
    return render(request, "thread/search.html.jinja", context)
