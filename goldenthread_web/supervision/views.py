"""Whom does a person supervise, by whom are they supervised, and what stands in a file? Pages to read."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.supervision import queries
from goldenthread_web.supervision.about_children import named, reason_for
from goldenthread_web.supervision.models import Session
from goldenthread_web.supervision.opening_services import may_open
from goldenthread_web.supervision.overview import lines, my_directions
from goldenthread_web.supervision.preparing import sheet
from goldenthread_web.supervision.rules import choices, frequencies, parts
from goldenthread_web.trail.recording import record

WEEKS_AHEAD = 4  # of the preparation, where no frequency holds


@page(Permission.SEE_OWN_SUPERVISION, narrative=True)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Whom I supervise, my own supervision, and what waits for me as a supervisor's manager."""
    person, on = cast(User, request.user), today()
    carried = queries.carried_twice(person)
    mine = list(queries.own(person))
    my_actions = [one for agreement in mine for one in queries.open_actions(agreement)]
    directions = my_directions(person)
    about = {one.reference for one in (*carried, *my_actions)}
    about |= {one.reference for one in directions}
    seen = _saw(person, ("list", "supervision.list"), about)
    context = {
        "supervised": lines(queries.supervised_by(person), on),
        "managed": lines(queries.managed(person), on),
        "own": lines(mine, on),
        "my_sessions": list(queries.sessions().filter(agreement__in=mine)[:12]) if mine else [],
        "my_actions": my_actions,
        "directions": directions,
        "carried": carried,
        "seen": seen,
        "on": on,
        "opened": list(queries.opened_to(person)),
        **may(person),
    }
    return render(request, "supervision/list.html.jinja", context)


@page(None, narrative=True)
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """A worker's supervision file: its sessions, what is still to be done, how often they meet."""
    person, on = cast(User, request.user), today()
    agreement = get_object_or_404(queries.files_visible_to(person), pk=number)
    to_do = queries.open_actions(agreement)
    seen = _saw(person, agreement, {one.reference for one in to_do})
    (line,) = lines([agreement], on)
    context = {
        "agreement": agreement,
        "line": line,
        "frequency": frequencies()[agreement.role],
        "sessions": list(queries.sessions().filter(agreement=agreement)),
        "actions": to_do,
        "carried": {one.pk for one in to_do if queries.is_with_manager(one)},
        "times": {one.pk: queries.times_carried(one) for one in to_do},
        "standing": queries.standing_of(person, agreement),
        "seen": seen,
        "on": on,
    }
    return render(request, "supervision/file.html.jinja", context)


@page(None, narrative=True)
@require_safe
def session(request: HttpRequest, number: int) -> HttpResponse:
    """The record of one session. That it was opened is recorded before anything is shown."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.visible_to(person), pk=number)
    context = _record_of(found, person)
    record(
        "supervision.seen",
        found,
        by=person,
        reason=reason_for(person) if context["seen"] else "",
        children=context["seen"],
    )
    return render(request, "supervision/session.html.jinja", context)


@page(Permission.SEE_CHILDREN, narrative=True)
@require_safe
def preparation(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet with which supervisor and worker prepare, made of the worklist."""
    person, on = cast(User, request.user), today()
    agreement = get_object_or_404(queries.files_visible_to(person), pk=number)
    (line,) = lines([agreement], on)
    prepared = sheet(agreement, person, line.due.weeks or WEEKS_AHEAD)
    to_do = queries.prior_actions(agreement)
    about = {one.reference for one in to_do}
    about |= {one.child.reference for one in prepared.children} if prepared else set()
    seen = _saw(person, ("list", "supervision.preparation"), about)
    context = {
        "agreement": agreement,
        "line": line,
        "sheet": prepared,
        "actions": to_do,
        "times": {one.pk: queries.times_carried(one) for one in to_do},
        "standing": queries.standing_of(person, agreement),
        "seen": seen,
        "on": on,
        "as_at": prepared.as_at if prepared else None,
    }
    return render(request, "supervision/preparation.html.jinja", context)


def may(person: User) -> dict[str, bool]:
    """What else of supervision the person's role opens, for the links at the head of the pages."""
    return {
        "may_supervise": person.may(Permission.SUPERVISE),
        "may_see_own": person.may(Permission.SEE_OWN_SUPERVISION),
        "may_see_compliance": person.may(Permission.SEE_SUPERVISION_COMPLIANCE),
        "may_direct": person.may(Permission.DIRECT_ALLOCATIONS),
        "may_open": may_open(person),
    }


def _record_of(found: Session, person: User) -> dict[str, Any]:
    """Everything that the record of a session shows to this reader."""
    discussed = list(found.discussions.select_related("copied_by"))
    made = list(queries.actions().filter(session=found))
    looked_at = list(found.reviews.select_related("action__session", "action__superseded_by__session"))
    about = [one.reference for one in (*discussed, *made)] + [one.action.reference for one in looked_at]
    standing = queries.standing_of(person, found.agreement)
    return {
        "found": found,
        "agreement": found.agreement,
        "discussions": discussed,
        "actions": made,
        "times": {one.pk: queries.times_carried(one) for one in made},
        "reviews": looked_at,
        "seen": named(about, person),
        "standing": standing,
        "may_copy": standing.is_supervisor or standing.is_supervisee,
        "is_opened": not standing.may_read,
        "parts": parts(),
        "decisions": choices("decisions"),
        "kinds": choices("action_kinds"),
    }


def _saw(person: User, where: Any, about: set[str]) -> Any:
    """The children among these whom the person may see; recorded before they are shown."""
    seen = named(about, person)
    if seen:
        record("children.seen", where, by=person, reason=reason_for(person), children=seen)
    return seen
