"""Whom does a person supervise, by whom are they supervised, and what stands in a file? Pages to read."""

from typing import Any, cast

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.config.clock import today
from goldenthread_web.supervision import queries
from goldenthread_web.supervision.about_children import Named, named, reason_for, scope_of
from goldenthread_web.supervision.models import Action, Direction, Discussion, Review, Session
from goldenthread_web.supervision.opening_services import may_open
from goldenthread_web.supervision.overview import line, lines, my_directions
from goldenthread_web.supervision.preparing import sheet
from goldenthread_web.supervision.reading import File, read
from goldenthread_web.supervision.rules import choices, frequencies, parts
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.together import together

WEEKS_AHEAD = 4  # of the preparation, where no frequency holds
MOST_SESSIONS = 12  # of one's own, on the list


@page(Permission.SEE_OWN_SUPERVISION, narrative=True)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Whom I supervise, my own supervision, and what waits for me as a supervisor's manager."""
    person, on = cast(User, request.user), today()
    found = read(queries.files_visible_to(person), opened=queries.opened_to(person))
    standing = {one.agreement.pk: queries.marked(one.agreement) for one in found.files}
    own = [one for one in found.files if standing[one.agreement.pk].is_supervisee]
    current = [one for one in found.files if one.is_in_force(on)]
    managed = [one for one in current if standing[one.agreement.pk].is_manager]
    carried = [one for file in managed for one in file.actions if one.is_with_manager]
    my_actions = [one for file in own if file.is_in_force(on) for one in file.to_do]
    scope = scope_of(person)
    directions = my_directions(person, scope)
    about = {one.action.reference for one in (*carried, *my_actions)}
    about |= {one.reference for one in directions}
    context = {
        "supervised": lines([one for one in current if standing[one.agreement.pk].is_supervisor], on),
        "managed": lines(managed, on),
        "own": lines(own, on),
        "my_sessions": [one for file in own for one in file.sessions][:MOST_SESSIONS],
        "my_actions": my_actions,
        "directions": directions,
        "carried": carried,
        "seen": _saw(person, ("list", "supervision.list"), about, scope),
        "on": on,
        "opened": found.also["opened"],
        **may(person),
    }
    return render(request, "supervision/list.html.jinja", context)


@page(None, narrative=True)
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """A worker's supervision file: its sessions, what is still to be done, how often they meet."""
    person, on = cast(User, request.user), today()
    found = _file(read(queries.files_visible_to(person).filter(pk=number)).files)
    about = {one.action.reference for one in found.to_do}
    context = {
        "file": found,
        "agreement": found.agreement,
        "line": line(found, on),
        "frequency": frequencies()[found.agreement.role],
        "standing": queries.marked(found.agreement),
        "seen": _saw(person, found.agreement, about, scope_of(person)),
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
    reason = reason_for(person) if context["seen"] else ""
    record("supervision.seen", found, by=person, reason=reason, children=context["seen"])
    return render(request, "supervision/session.html.jinja", context)


@page(Permission.SEE_CHILDREN, narrative=True)
@require_safe
def preparation(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet with which supervisor and worker prepare, made of the worklist."""
    person, on = cast(User, request.user), today()
    mine = queries.files_visible_to(person).filter(pk=number)
    worker = mine.exclude(worker_id="").values("worker_id")
    found = read(mine, directions=Direction.objects.filter(worker_id__in=worker))
    kept = _file(found.files)
    how, scope = line(kept, on), scope_of(person)
    prepared = sheet(kept.agreement, scope, how.due.weeks or WEEKS_AHEAD, found.also["directions"])
    to_do = kept.prior()
    about = {one.action.reference for one in to_do}
    about |= {one.child.reference for one in prepared.children} if prepared else set()
    context = {
        "agreement": kept.agreement,
        "line": how,
        "sheet": prepared,
        "actions": to_do,
        "seen": _saw(person, ("list", "supervision.preparation"), about, scope),
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
    told = together(
        files=queries.files_visible_to(person).filter(pk=found.agreement_id),
        discussions=found.discussions.annotate(copied_by_title=F("copied_by__title")),
        reviews=found.reviews.all(),
        actions=Action.objects.filter(session=found),
        looked_at=Action.objects.filter(reviews__session=found),
        replacing=Action.objects.filter(pk__in=_replacing(found)),
    )
    by_number = {one.pk: one for one in (*told["looked_at"], *told["actions"], *told["replacing"])}
    about: list[Discussion | Action] = [*told["discussions"], *told["actions"], *told["looked_at"]]
    standing = queries.marked(next(iter(told["files"]), None))
    reviews: list[Review] = told["reviews"]
    return {
        "found": found,
        "agreement": found.agreement,
        "discussions": told["discussions"],
        "actions": sorted(told["actions"], key=lambda one: one.number),
        "reviews": [(one, by_number[one.action_id]) for one in reviews],
        "by_number": by_number,
        "seen": named([one.reference for one in about], scope_of(person)),
        "standing": standing,
        "may_copy": standing.is_supervisor or standing.is_supervisee,
        "is_opened": not standing.may_read,
        "parts": parts(),
        "decisions": choices("decisions"),
        "kinds": choices("action_kinds"),
    }


def _replacing(found: Session) -> Any:
    """The numbers of actions that replaced others, of those that the session set or looked at."""
    shown = Q(session=found) | Q(reviews__session=found)
    return Action.objects.filter(shown, superseded_by__isnull=False).order_by().values("superseded_by")


def _file(files: tuple[File, ...]) -> File:
    """The one file that was asked for, if the person may open it."""
    if not files:
        raise Http404("There is no such supervision file.")
    return files[0]


def _saw(person: User, where: Any, about: set[str], scope: ChildScope | None) -> dict[str, Named]:
    """The children among these whom the person may see; recorded before they are shown."""
    seen = named(about, scope)
    if seen:
        record("children.seen", where, by=person, reason=reason_for(person), children=seen)
    return seen
