"""The thread of one thing, up to Cabinet and down to children; and search."""

from dataclasses import replace
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.governance.practice_found import Met, met
from goldenthread_web.reports import queries as reports
from goldenthread_web.reports.reading import readable_releases, works_on_reports
from goldenthread_web.thread.figures_behind import teams_behind
from goldenthread_web.thread.following import Node, Place, follow, node, nodes
from goldenthread_web.thread.kinds import BY_CODE
from goldenthread_web.thread.searching import SHORTEST, search, words_of

_IN_REPORTS = {  # as what a report names it
    "indicator": ("figure", "change", "shortfall", "target", "direction", "chart"),
    "finding": ("quote", "finding"),
    "action": ("action",),
    "risk": ("risk",),
    "money": ("money",),
}
_OF_REPORTS = {said: kind for kind, those in _IN_REPORTS.items() for said in those}


@page(Permission.SEE_PLAN)
@require_safe
def of(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Everything two steps up and two steps down from one thing."""
    person = cast(User, request.user)
    up = node(Place(kind, key), person)
    if up is None:
        raise Http404("There is no such thing that you may see.")
    down = follow(replace(up, next={}, more={}), person, down=True)
    above = follow(up, person, down=False)
    if kind == "release":
        down.next |= _rests_on(int(key), person)
        above.next |= nodes([Place("meeting", str(one)) for one in reports.meetings_of(int(key))], person)
    elif kind == "meeting":
        down.next |= nodes([Place("release", str(one)) for one in reports.reports_to(int(key))], person)
    context = {
        "one": up,
        "up": above,
        "down": down,
        "kinds": BY_CODE,
        "told": _told(kind, key, person),
        "behind": teams_behind(key, person) if kind == "indicator" else None,
        "met": _met(key, person) if kind == "standard" else None,
    }
    return render(request, "thread/of.html.jinja", context)


@page(Permission.SEE_PLAN, asks=["q"])
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What a person may see that holds some words."""
    asked = request.GET.get("q", "").strip()[:200]
    found = search(asked, cast(User, request.user))
    context = {"asked": asked, "words": words_of(asked), "shortest": SHORTEST, "found": found}
    return render(request, "thread/search.html.jinja", context)


def _told(kind: str, key: str, person: User) -> list[reports.Place]:
    """Where it stands in what was released and the person may read."""
    if kind not in _IN_REPORTS or not person.may(Permission.SEE_REPORTS):
        return []
    places = reports.places_of(_IN_REPORTS[kind], key)
    if not places or works_on_reports(person):
        return places
    readable = set(readable_releases(person).values_list("pk", flat=True))
    return [one for one in places if one.release.pk in readable]


def _rests_on(release: int, person: User) -> dict[str, list[Node]]:
    """The facts that stand in a release, as things of the thread."""
    said = reports.rests_on(release)
    return nodes([Place(_OF_REPORTS[of], key) for of, key in said if of in _OF_REPORTS], person)


def _met(code: str, person: User) -> tuple[Met, ...] | None:
    """How often a standard is met, for those who see results of case audits."""
    if not person.may(Permission.SEE_PRACTICE):
        return None
    return met(code, is_public_view=person.held_role.is_public_view)
