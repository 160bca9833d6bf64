"""Does supervision take place? Shares by team and month, who is due, and files for inspectors."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission, Reach
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.config.clock import today
from goldenthread_web.supervision import compliance as shares
from goldenthread_web.supervision.files import FILES
from goldenthread_web.supervision.views import may
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.csv_files import csv_response

MONTHS_SHOWN = 3  # of what is reviewed and done, by team


@page(Permission.SEE_SUPERVISION_COMPLIANCE, asks=["team"])
@require_safe
def compliance(request: HttpRequest) -> HttpResponse:
    """In time, reviewed, done: by team and month; who is due. No child and no word of a session."""
    person, on = cast(User, request.user), today()
    of = shares.kept(_teams(person))
    since = add_months(on, -MONTHS_SHOWN)
    team = request.GET.get("team", "")
    context = {
        "whole": shares.row("All", of, since, on),
        "teams": shares.by_team(of, since, on),
        "months": shares.by_month(of, on),
        "workers": [one for one in shares.supervised(of, on) if team in ("", one.agreement.team)],
        "team": team,
        "entered_late": shares.entered_late(of, on),
        "since": since,
        "on": on,
        **may(person),
    }
    return render(request, "supervision/compliance.html.jinja", context)


@page(Permission.SEE_SUPERVISION_COMPLIANCE)
@require_safe
def file(request: HttpRequest, what: str) -> HttpResponse:
    """A row a session, or a row an action, for inspectors. That it was taken is recorded."""
    if what not in FILES:
        raise Http404("There is no such file.")
    person = cast(User, request.user)
    columns, rows = FILES[what]
    found = rows(shares.kept(_teams(person)))
    record("supervision.exported", ("file", f"supervision.{what}"), by=person, changes={"rows": len(found)})
    return csv_response(f"supervision-{what}-{today().isoformat()}", columns, found)


def _teams(person: User) -> list[str] | None:
    """The teams whose supervision the person answers for; None: every team."""
    if person.held_role.reach is Reach.AUTHORITY:
        return None
    return teams_of(person, today())
