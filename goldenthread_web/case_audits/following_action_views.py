"""Actions after case audits: due and overdue, of one's own children or of all; done, taken further."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.case_audits import following_queries as reads
from goldenthread_web.case_audits import following_services as services
from goldenthread_web.case_audits.following_forms import OutcomeForm, PlanLinkForm
from goldenthread_web.case_audits.following_listing import STATES, listing, narrowed
from goldenthread_web.case_audits.following_listing import Asked as Narrowed
from goldenthread_web.case_audits.models import CaseAuditAction
from goldenthread_web.case_audits.switching import switches
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.trail.recording import record

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.ACT_ON_CASE_AUDITS, asks=["team", "kind"], one_of={"state": STATES})
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """Actions for one's own children and teams, what is overdue first; plans that are due."""
    person = cast(User, request.user)
    return _listed(request, person, "case_audits:complete_action", is_lead=False)


@page(Permission.LEAD_CASE_AUDITS, asks=["team", "kind"], one_of={"state": STATES})
@require_safe
def every_action(request: HttpRequest) -> HttpResponse:
    """Every action after a case audit, for whoever leads."""
    person = cast(User, request.user)
    return _listed(request, person, "case_audits:complete_system_action", is_lead=True)


@page(Permission.ACT_ON_CASE_AUDITS)
@require_http_methods(ASKS)
def complete(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that an action is done, and what came of it."""
    person = cast(User, request.user)
    found = get_object_or_404(reads.actions(), ref=ref)
    if not reads.may_act(person, found.case_audit):
        raise Http404("There is no such action on your list.")
    return _completed(request, found, services.complete_action, "case_audits:actions", person)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def complete_system_action(request: HttpRequest, ref: str) -> HttpResponse:
    """The same of a change to how we work."""
    person = cast(User, request.user)
    found = get_object_or_404(reads.actions().filter(kind=CaseAuditAction.Kind.SYSTEM), ref=ref)
    return _completed(request, found, services.complete_system_action, "case_audits:every_action", person)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def take_into_plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Say of which action of the plan a change to how we work became part."""
    person = cast(User, request.user)
    found = get_object_or_404(reads.actions().filter(kind=CaseAuditAction.Kind.SYSTEM), ref=ref)
    asked = Asked(
        title=f"{ref}: part of the plan",
        caption="Actions after case audits",
        lead=found.text,
        button="Take it into the plan",
        form=PlanLinkForm(request.POST or None, initial={"plan_action": found.plan_action}),
        back=reverse("case_audits:every_action"),
        done=f"{ref} is part of the plan now.",
        version=found.version,
        stored={"plan_action": found.plan_action},
    )

    def write() -> CaseAuditAction:
        chosen = asked.form.cleaned_data["plan_action"]
        return services.take_into_plan(found, chosen, version=version_of(request), by=person)

    return answered(request, asked, write)


def _listed(request: HttpRequest, person: User, doing: str, *, is_lead: bool) -> HttpResponse:
    asked: Narrowed = narrowed(request.GET)
    found = listing(child_scope(person), asked, today(), person=person)
    record("children.seen", ("list", "case_audits.actions"), by=person, children=found.references)
    context: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "doing": doing,
        "is_lead": is_lead,
        "switches": switches(person),
        "list_name": "case_audits:every_action" if is_lead else "case_audits:actions",
    }
    return render(request, "case_audits/actions.html.jinja", context)


def _completed(
    request: HttpRequest, found: CaseAuditAction, service: Any, back: str, by: User
) -> HttpResponse:
    asked = Asked(
        title=f"{found.ref} is done",
        caption="Actions after case audits",
        lead=found.text,
        button="Write it down",
        form=OutcomeForm(request.POST or None, initial={"completed_on": today()}),
        back=reverse(back),
        done=f"{found.ref} is done.",
        version=found.version,
        stored={"outcome": found.outcome, "completed_on": found.completed_on},
    )

    def write() -> CaseAuditAction:
        return service(found, version=version_of(request), **asked.form.cleaned_data, by=by)

    return answered(request, asked, write)
