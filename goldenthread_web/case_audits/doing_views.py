"""Doing a case audit: written beside the worker, kept meanwhile, saved, completed; a concern raised."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import doing_services as services
from goldenthread_web.case_audits import queries
from goldenthread_web.case_audits.doing_form import DoingForm
from goldenthread_web.case_audits.doing_page import Sheet, answered_page, refused_page, shown_page
from goldenthread_web.case_audits.forms import ConcernForm
from goldenthread_web.case_audits.models import CaseAudit
from goldenthread_web.case_audits.reading import scope_for_case_audits
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.sampling.queries import may_see
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile

ASKS = ["GET", "HEAD", "POST"]
# Buttons of the form that lead to another page: what is typed is kept first.
LEADS = {
    "concern": "case_audits:raise_concern",
    "action": "case_audits:set_action",
    "themes": "case_audits:themes",
}


@page(Permission.AUDIT_CASES, narrative=True)
@require_http_methods(ASKS)
def do(request: HttpRequest, ref: str) -> HttpResponse:
    """The form. What was kept and not saved is in it; what is missing for completion is said at its field."""
    found, person = _own(request, ref), cast(User, request.user)
    if found.state == CaseAudit.State.COMPLETED:
        return redirect("case_audits:shown", ref)
    record("child.seen", found, by=person, children=[found.reference] if found.reference else [])
    sheet = Sheet.of(found, person)
    if request.method != "POST":
        return shown_page(request, sheet)
    if "drop" in request.POST:
        services.drop_draft(found, by=person)
        return redirect("case_audits:do", ref)
    leads = next((name for button, name in LEADS.items() if button in request.POST), "")
    return _left(request, sheet, leads) if leads else answered_page(request, sheet)


@page(Permission.AUDIT_CASES, narrative=True)
@require_POST
def keep(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep what is typed, as the page asks every few seconds; the answer is the line that says so."""
    found, person = _own(request, ref), cast(User, request.user)
    kept, why_not = None, ""
    try:
        kept = _keep(Sheet.of(found, person), request.POST, person)
    except SavedMeanwhile:
        why_not = "You are writing this case audit in another window too. Save here, or close this window."
    except Refused as refusal:
        why_not = str(refusal)
    return render(request, "ui/kept.html.jinja", {"kept": kept, "why_not": why_not})


@page(Permission.AUDIT_CASES, narrative=True)
@require_http_methods(ASKS)
def raise_concern(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that the child may be in danger now."""
    found, person = _own(request, ref), cast(User, request.user)
    if not found.reference:
        raise Http404("This case audit is about no child.")
    record("child.seen", found, by=person, children=[found.reference])
    form = ConcernForm(request.POST or None)
    asked = Asked(
        title="Raise an immediate concern",
        caption=f"Case audit {found.ref}",
        lead="Whoever answers for the child is told at once and must answer within hours, on any day of the "
        "year. If the child is in danger this minute, ring the police first. What you have written is kept.",
        button="Raise the concern now",
        form=form,
        back=reverse("case_audits:do", args=[ref]),
        done="The concern is raised, and those who answer for the child are told. Go on with the case audit.",
    )
    return answered(
        request, asked, lambda: services.raise_concern(found, text=form.cleaned_data["text"], by=person)
    )


def _own(request: HttpRequest, ref: str) -> CaseAudit:
    """A case audit of the person's own whose child is open to them; 404 where not."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.case_audits(), ref=ref, auditor=person)
    if found.state == CaseAudit.State.WITHDRAWN:
        raise Http404("This case audit was withdrawn.")
    scope = scope_for_case_audits(person)
    is_done = found.state == CaseAudit.State.COMPLETED
    if found.reference and not is_done and (scope is None or not may_see(found.reference, scope)):
        raise Http404("There is no such case audit on your list.")
    return found


def _left(request: HttpRequest, sheet: Sheet, leads: str) -> HttpResponse:
    """To another page, with what is typed kept. Where it cannot be kept the page stays as it is."""
    ref = sheet.case_audit.ref
    try:
        _keep(sheet, request.POST, cast(User, request.user))
    except (SavedMeanwhile, Refused):
        way = format_html('<a href="{}">go on without keeping it</a>', reverse(leads, args=[ref]))
        said = "What you typed could not be kept, because another window keeps this case audit too. "
        return refused_page(request, sheet, format_html("{}Save it here first, or {}.", said, way))
    return redirect(leads, ref)


def _keep(sheet: Sheet, posted: QueryDict, person: User) -> Any:
    form = DoingForm(case_audit=sheet.case_audit, sections=sheet.sections)
    version = posted.get("version", "")
    return services.keep_draft(
        sheet.case_audit,
        fields={name: posted[name] for name in form.fields if name in posted},
        based_on=int(version) if version.isdecimal() else 0,
        follows=posted.get("follows", ""),
        by=person,
    )
