"""The registers: homes, training of partners, outages; and the page of one home."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.registers import queries
from goldenthread_web.registers.models import judgement_choices

HOMES, TRAINING, OUTAGES = "QA-13", "GOV-07", "GOV-08"  # the indicators that read the registers


@page(Permission.KEEP_REGISTERS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is on the three registers, and the figures that are made of them."""
    found = queries.registers()
    context = {
        "homes": found.homes,
        "not_here": found.not_here,
        "agencies": found.agencies,
        "outages": [(one, queries.hours_of(one)) for one in found.outages],
        "judgements": dict(judgement_choices()),
        **figures_of(request, (HOMES, TRAINING, OUTAGES)),
    }
    return render(request, "registers/list.html.jinja", context)


@page(Permission.KEEP_REGISTERS)
@require_safe
def home(request: HttpRequest, ref: str) -> HttpResponse:
    """One home with every inspection that is known of it."""
    line = queries.home_line(get_object_or_404(queries.homes(), ref=ref))
    context = {"line": line, "home": line.home, "judgements": dict(judgement_choices())}
    return render(request, "registers/home.html.jinja", context)


def figures_of(request: HttpRequest, refs: Sequence[str]) -> dict[str, Any]:
    """The figures that are made of a register, for its page, and which of them lack something."""
    is_public_view = cast(User, request.user).held_role.is_public_view
    found: dict[str, Quoted] = quoted(refs, on=today(), is_public_view=is_public_view)
    figures = [(ref, found[ref]) for ref in refs if ref in found and found[ref].is_a_figure]
    return {"figures": figures, "lacking": [ref for ref in refs if ref not in dict(figures)]}
