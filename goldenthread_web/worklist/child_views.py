"""One child: what is due, what happened, who holds them, what a manager decided."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.standard.schema import code_labels
from goldenthread.worklist.timeline import child_facts
from goldenthread_web.accounts.children import reference as reference_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, child_scope
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.extracts.day import Day, day
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.trail.recording import record
from goldenthread_web.worklist import morning, services
from goldenthread_web.worklist.forms import OversightForm
from goldenthread_web.worklist.queries import oversights_of

OVERSIGHT_HERE = "record_oversight"  # [service]: whether the council records oversight here


@page(Permission.SEE_CHILDREN, narrative=True, asks=["group"])
@require_safe
def child(request: HttpRequest, reference: str) -> HttpResponse:
    """The child's page. That it was opened is recorded before anything is shown."""
    found_on, found, scope = _found(request, reference)
    person = cast(User, request.user)
    record("child.seen", ("child", found.reference), by=person, children=[found.reference])
    facts = child_facts(found_on.load, found.child_id, found_on.on)
    group = request.GET.get("group", "")
    context: dict[str, Any] = {
        "child": found,
        "facts": facts,
        "on": found_on.on,
        "as_at": found_on.load.as_at_on,
        "due": _due(found_on, found),
        "moments": [] if facts is None else [m for m in facts.moments if group in ("", m.group)],
        "groups": [] if facts is None else sorted({moment.group for moment in facts.moments}),
        "group": group,
        "family": [] if facts is None else _family(scope, facts.family),
        "roles": code_labels("allocation_role"),
        "not_known": morning.NOT_KNOWN,
        "answers": sorted(found.teams - {morning.NOT_KNOWN}),
        "oversights": oversights_of(found.reference) if _is_oversight_here() else None,
        "may_see_list": person.may(Permission.SEE_WORKLIST),
        "may_record": _is_oversight_here()
        and person.may(Permission.RECORD_OVERSIGHT)
        and services.is_own(found, person),
        "case_link": case_link(found.child_id),
    }
    return render(request, "worklist/child.html.jinja", context)


@page(Permission.RECORD_OVERSIGHT, narrative=True)
@require_http_methods(["GET", "HEAD", "POST"])
def record_oversight(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what a manager decided about the child."""
    if not _is_oversight_here():
        raise Http404("Oversight is not recorded here.")
    found_on, found, _ = _found(request, reference)
    person = cast(User, request.user)
    if not services.is_own(found, person):
        raise Refused("Emergency access is for reading only: the child's own manager records oversight.")
    record("child.seen", ("child", found.reference), by=person, children=[found.reference])
    weeks = int(local_settings().value("oversight_days")) // 7
    form = OversightForm(request.POST or None, today=found_on.on, weeks=weeks)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("decided_on", "decision", "direction", "next_on")}
        services.record_oversight(found, **said, by=person)
        messages.success(request, "Recorded. Copy the decision to the case record today: that is the record.")
        return redirect("worklist:child", reference=found.reference)
    context = {"child": found, "form": form, "on": found_on.on, "as_at": found_on.load.as_at_on}
    return render(request, "worklist/record_oversight.html.jinja", context)


@page(Permission.RECORD_OVERSIGHT, narrative=True)
@require_POST
def mark_copied(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that a decision recorded here now stands in the case record."""
    _, found, _ = _found(request, reference)
    oversight = get_object_or_404(oversights_of(found.reference), pk=number)
    services.mark_copied(found, oversight, by=cast(User, request.user))
    messages.success(request, "Marked as copied to the case record.")
    return redirect("worklist:child", reference=found.reference)


def _is_oversight_here() -> bool:
    return bool(settings.INSTALLATION.service.get(OVERSIGHT_HERE, True))


def _found(request: HttpRequest, reference: str) -> tuple[Day, Child, ChildScope]:
    found_on = day()
    if found_on is None:
        raise Http404("Nothing is loaded.")
    scope = child_scope(cast(User, request.user))
    return found_on, index().child(reference, scope), scope


def _due(found_on: Day, found: Child) -> list[morning.Duty]:
    """Every open duty for the child, whoever's it is: the caller found the child within a scope."""
    return sorted(morning.duties_of(found_on, found.child_id), key=morning.urgency)


def _family(scope: ChildScope, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """The others of the family, with a reference only where the person may open them; none of the barred."""
    found = []
    for child_id in ids:
        ref = reference_of(child_id)
        other = index().by_reference.get(ref)
        may_open = other is not None and other.is_within(scope)
        if ref not in scope.barred:
            found.append((child_id if may_open else "", ref if may_open else ""))
    return found
