"""The money of the programme: every line with totals, and one line with all that belongs to it."""

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
from goldenthread_web.resources import queries
from goldenthread_web.resources.money import money_exact, money_said
from goldenthread_web.resources.quarters import Quarter


@page(Permission.SEE_MONEY)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every line as it stands, and totals by kind and source."""
    person, day = cast(User, request.user), today()
    standing = queries.standing(day)
    context = {
        "standing": standing,
        "totals": queries.totals(of=standing),
        "facts": queries.facts_of(standing, day),
        "over": sum(one.is_over for one in standing),
        "to_test": sum(queries.is_benefit_overdue(one.line, day) for one in standing),
        "money": money_said,
        "day": day,
        "may_change": person.may(Permission.KEEP_MONEY),
        "is_wide": True,
    }
    return render(request, "resources/list.html.jinja", context)


@page(Permission.SEE_MONEY)
@require_safe
def line(request: HttpRequest, ref: str) -> HttpResponse:
    """One line: approved, planned, spent, expected, and what came of it."""
    person, day = cast(User, request.user), today()
    found = get_object_or_404(queries.lines(), ref=ref)
    is_public_view = person.held_role.is_public_view
    refs = [found.indicator] if found.indicator else []
    context = {
        "line": found,
        "reviews": list(found.reviews.all()),
        "one": queries.standing_of(found, day),
        "profiles": [(Quarter(one.year, one.quarter), one.amount) for one in found.profiles.all()],
        "figure": quoted(refs, on=day, is_public_view=is_public_view).get(found.indicator),
        "indicator": catalogue().get(found.indicator),
        "is_test_overdue": queries.is_benefit_overdue(found, day),
        "money": money_said,
        "exact": money_exact,
        "day": day,
        "may_change": person.may(Permission.KEEP_MONEY),
    }
    return render(request, "resources/line.html.jinja", context)
