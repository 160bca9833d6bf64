"""Clinics on screen: which there are, one of them from the last actions to its end, and whether they help."""

from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.clinics import queries
from goldenthread_web.clinics.kinds import frame, reasons
from goldenthread_web.clinics.models import Clinic
from goldenthread_web.clinics.screen import screen_of
from goldenthread_web.config.clock import today
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist.weekly_services import monday_of

WEEKS = 13


@page(Permission.SEE_CLINICS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """This week's clinics, those before them, and how the clinics of each team do."""
    person, day = cast(User, request.user), today()
    sees = person.held_role.sees_children
    monday = monday_of(day)
    found = list(queries.counted(queries.within(child_scope(person)))[:200]) if sees else []
    teams = {one.team for one in found} if sees else None
    earlier = [one for one in found if one.monday < monday]
    effects = queries.effects(since=monday - timedelta(weeks=WEEKS), on=day, teams=teams)
    context = {
        "this_week": [one for one in found if one.monday == monday],
        "earlier": [(one, list(clinics)) for one, clinics in groupby(earlier, key=attrgetter("monday"))][
            :WEEKS
        ],
        "effects": effects,
        "sees": sees,
        "monday": monday,
        "weeks": WEEKS,
        "may_run": person.may(Permission.RUN_CLINICS),
        "escalations": list(queries.open_escalations()) if person.may(Permission.RECORD_DECISIONS) else [],
    }
    return render(request, "clinics/list.html.jinja", context)


@page(Permission.SEE_CLINICS, narrative=True)
@require_safe
@asked_once()
def clinic(request: HttpRequest, number: int) -> HttpResponse:
    """One clinic on one screen: last time's actions first, then exception by exception."""
    return shown(request, number)


def shown(
    request: HttpRequest, number: int, *, refused: str = "", posted: tuple[str, int] | None = None
) -> HttpResponse:
    """The screen of a clinic, with what was refused, and the form that was posted as it was filled in."""
    person = cast(User, request.user)
    scope = child_scope(person)
    found = get_object_or_404(queries.within(scope), pk=number)
    screen = screen_of(found, scope, person, request.POST if posted else None, posted)
    if screen.references:
        record("children.seen", ("clinic", str(found.pk)), by=person, children=screen.references)
    context = {
        "screen": screen,
        "found": found,
        "frame": frame(),
        "reasons": reasons(),
        "refused": refused,
        "place": _place(posted),
        "may_see_list": person.may(Permission.SEE_WORKLIST),
        "may_see_quality": person.may(Permission.SEE_DATA_QUALITY),
        "is_wide": True,
    }
    status = 400 if refused or posted else 200
    return render(request, "clinics/clinic.html.jinja", context, status=status)


def _place(posted: tuple[str, int] | None) -> str:
    """Where on the screen stands what was refused."""
    if posted is None:
        return ""
    kind, row = posted
    return {"exception": f"#x{row}", "outcome": f"#a{row}"}.get(kind, "#agreed")


def clinic_or_404(person: User, number: int) -> Clinic:
    """A clinic of a team whose children the person sees; outside of that there is none."""
    return get_object_or_404(queries.within(child_scope(person)), pk=number)
