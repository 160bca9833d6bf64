"""The library of practice standards, one standard, a whole edition to print, two editions compared."""

from datetime import date, timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread.indicators.catalogue import catalogue
from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.standards import comparing, queries
from goldenthread_web.standards.checking import tags
from goldenthread_web.standards.domains import domain_title, domains, impact
from goldenthread_web.standards.models import Edition, Standard

TRAINING = "WF-12"  # of the staff who should, how many completed their training


@page(Permission.SEE_STANDARDS, asks=["words", "domain"])
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The library as it holds today."""
    found = queries.edition_in_force()
    if found is None:
        return render(request, "standards/none.html.jinja", _frame(request))
    return _library(request, found)


@page(Permission.SEE_STANDARDS, asks=["words", "domain"])
@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """The library of one edition: an earlier one, or the draft."""
    return _library(request, edition_for(request, number))


@page(Permission.SEE_STANDARDS)
@require_safe
def whole(request: HttpRequest, number: int) -> HttpResponse:
    """Every standard of an edition in full, to be printed or read on."""
    found = edition_for(request, number)
    context = {"edition": found, "chapters": queries.chapters(queries.standards_of(found))}
    return render(request, "standards/whole.html.jinja", context | _words())


@page(Permission.SEE_STANDARDS)
@require_safe
def standard(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """One standard: what each grade looks like, its law, its time limit, its indicators and questions."""
    found = edition_for(request, number)
    one = get_object_or_404(queries.standards_of(found), code=code)
    person = cast(User, request.user)
    may_see_figures = person.may(Permission.SEE_FIGURES)
    refs = _indicators_beside(one)
    context = {
        "edition": found,
        "standard": one,
        "figures": quoted(refs, is_public_view=person.held_role.is_public_view) if may_see_figures else {},
        "titles": {ref: catalogue()[ref].title for ref in refs},
        "of_training": TRAINING if one.training else "",
        "may_see_figures": may_see_figures,
        "may_see_practice": person.may(Permission.SEE_PRACTICE),
        "may_change": found.is_draft and person.may(Permission.KEEP_STANDARDS),
    }
    return render(request, "standards/standard.html.jinja", context | _words())


@page(Permission.SEE_STANDARDS, asks=["before", "after"])
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two editions: what was added, dropped, and said in other words."""
    there = _shown(request)
    before, after = _two(request, there)
    context = {"editions": there, "before": before, "after": after, "found": []}
    if before is not None and after is not None and before != after:
        context["found"] = comparing.compared(before, after)
    return render(request, "standards/compare.html.jinja", context | _words())


def edition_for(request: HttpRequest, number: int) -> Edition:
    """An edition that this person may read: what is being written is there for those who write or adopt."""
    found = get_object_or_404(queries.editions(), number=number)
    if not found.is_adopted and not _makes(cast(User, request.user)):
        raise Http404
    return found


def _indicators_beside(one: Standard) -> list[str]:
    """The indicators linked to a standard; where it names training, also who completed theirs."""
    return list(dict.fromkeys([*one.indicators, *([TRAINING] if one.training else [])]))


def _library(request: HttpRequest, found: Edition) -> HttpResponse:
    words, domain = request.GET.get("words", "").strip()[:100], request.GET.get("domain", "")
    domain = domain if domain in domains() else ""
    every = list(queries.standards_of(found))
    chosen = queries.found(every, words=words, domain=domain)
    narrowed = bool(words or domain)
    context = _frame(request) | {
        "edition": found,
        "chapters": queries.chapters(chosen, with_empty=not narrowed),
        "count": len(every),
        "questions": sum(len(one.questions.all()) for one in every),
        "chosen": len(chosen),
        "is_narrowed": narrowed,
        "fields": _fields(words, domain),
        "impact": impact(),
    }
    return render(request, "standards/list.html.jinja", context | _words())


def _frame(request: HttpRequest) -> dict[str, Any]:
    """What stands around the library: other editions, and what this person may do."""
    person, day = cast(User, request.user), today()
    there = list(queries.editions())
    adopted = sorted((one for one in there if one.is_adopted), key=_first_day, reverse=True)
    making = next((one for one in there if not one.is_adopted), None)
    in_force = next((one for one in adopted if _first_day(one) <= day), None)
    ends = {
        one.pk: _first_day(later) - timedelta(days=1)
        for later, one in zip(adopted, adopted[1:], strict=False)
    }
    return {
        "adopted": adopted,
        "ends": ends,
        "making": making if _makes(person) else None,
        "in_force": in_force,
        "may_write": person.may(Permission.KEEP_STANDARDS),
        "may_adopt": person.may(Permission.ADOPT_STANDARDS),
        "person": person,
    }


def _first_day(one: Edition) -> date:
    return one.in_force_on or date.max


def _shown(request: HttpRequest) -> list[Edition]:
    every = queries.editions()
    makes = _makes(cast(User, request.user))
    return [one for one in every if one.is_adopted or makes]


def _two(request: HttpRequest, there: list[Edition]) -> tuple[Edition | None, Edition | None]:
    """The editions asked for; the last two where none are."""
    numbers = {str(one.number): one for one in there}
    latest = there[0] if there else None
    after = numbers.get(request.GET.get("after", ""), latest)
    earlier = next((one for one in there if after is not None and one.number < after.number), None)
    return numbers.get(request.GET.get("before", ""), earlier), after


def _makes(person: User) -> bool:
    return person.may(Permission.KEEP_STANDARDS) or person.may(Permission.ADOPT_STANDARDS)


def _words() -> dict[str, Any]:
    return {
        "tags": tags(),
        "cohorts": {code: one.title for code, one in cohorts().items()},
        "domain_title": domain_title,
    }


def _fields(words: str, domain: str) -> list[dict[str, Any]]:
    options = [{"value": "", "text": "Every domain"}]
    options += [{"value": code, "text": one.title} for code, one in domains().items()]
    return [
        {"name": "words", "label": "Words", "kind": "text", "value": words},
        {"name": "domain", "label": "Domain", "value": domain, "options": options},
    ]
