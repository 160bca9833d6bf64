"""The register, its heat map, one risk with its history."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.risks import narrowing, queries, scales


@page(Permission.SEE_RISKS, asks=["category", "band", "since", "closed"], one_of={"only": narrowing.ONLY})
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The register as it stands, with movement since another day."""
    person, day = cast(User, request.user), today()
    asked = narrowing.narrowed(request.GET, day)
    register = queries.register(
        day,
        since=asked.since,
        is_public_view=person.held_role.is_public_view,
        with_closed=asked.with_closed,
    )
    running = [line for line in register if not line.is_closed]
    context = {
        "lines": [line for line in register if asked.keeps(line)],
        "register": register,
        "counts": {code: sum(tell(line) for line in running) for code, (_, tell) in narrowing.ONLY.items()},
        "running": running,
        "very_high": sum(line.score.band.letter == "V" for line in running),
        "asked": asked,
        "fields": narrowing.fields(asked),
        "categories": scales.categories(),
        "day": day,
        "may_change": person.may(Permission.KEEP_RISKS),
        "is_wide": True,
    }
    return render(request, "risks/list.html.jinja", context)


@page(Permission.SEE_RISKS)
@require_safe
def heat_map(request: HttpRequest) -> HttpResponse:
    """Five by five, and the table of what stands in it."""
    person, day = cast(User, request.user), today()
    lines = queries.register(day, is_public_view=person.held_role.is_public_view)
    context = {
        "lines": lines,
        "rows": queries.heat(lines),
        "likelihoods": scales.likelihoods(),
        "impacts": scales.impacts(),
        "bands": scales.bands(),
        "day": day,
    }
    return render(request, "risks/map.html.jinja", context)


@page(Permission.SEE_RISKS)
@require_safe
def shown(request: HttpRequest, ref: str) -> HttpResponse:
    """One risk: words, scores, what is done about it, what warns of it, how it moved."""
    person, day = cast(User, request.user), today()
    risk = get_object_or_404(queries.risks(), ref=ref)
    refs = [one.ref for one in risk.warnings.all()]
    figures = quoted(refs, on=day, is_public_view=person.held_role.is_public_view)
    context = {
        "risk": risk,
        "line": queries.line_of(risk, on=day, warned=queries.alerting(figures)),
        "figures": figures,
        "words": {
            "category": scales.categories()[risk.category],
            "proximity": scales.proximities()[risk.proximity],
            "appetite": scales.appetites()[risk.appetite],
        },
        "titles": {ref: catalogue()[ref].title for ref in refs},
        "day": day,
        "may_change": person.may(Permission.KEEP_RISKS),
    }
    return render(request, "risks/risk.html.jinja", context)
