"""Second looks: one's own, a case audit without its grade, the two beside each other, the panel."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import grading, moderating_reading, moderating_services
from goldenthread_web.case_audits.following_queries import completed
from goldenthread_web.case_audits.following_re_audits import stuck
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models import Answer, CaseAudit, Moderation
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.moderating_forms import BlindForm, ModeratorForm, SettleForm
from goldenthread_web.case_audits.reading import child_id_of, scope_for_case_audits
from goldenthread_web.case_audits.sections import sections_of
from goldenthread_web.case_audits.switching import switches
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.programme.asking import Asked, answered
from goldenthread_web.sampling.queries import may_see
from goldenthread_web.trail.recording import record

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.MODERATE_CASE_AUDITS)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What a person looks at again, what is due first. No grade, no child, no reason is shown here."""
    person, day = cast(User, request.user), today()
    settled = [one for one in moderating_reading.settled_lately(day, of=person) if one.moderator == person]
    context = {
        "waiting": moderating_reading.waiting(day, of=person),
        "settled": settled,
        "grades": dict(Grade.choices),
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "switches": switches(person),
    }
    return render(request, "case_audits/moderations.html.jinja", context)


@page(Permission.MODERATE_CASE_AUDITS, narrative=True)
@require_http_methods(ASKS)
def look(request: HttpRequest, ref: str) -> HttpResponse:
    """A case audit as it was written, its grades left out until one's own is in; then both."""
    person = cast(User, request.user)
    found = get_object_or_404(moderating_reading.moderations(), case_audit__ref=ref, moderator=person)
    if found.settled_at is not None:
        return render(request, "case_audits/settled.html.jinja", _outcome(found))
    sheet = _sheet(found, _child(found.case_audit, person))
    asked = _asked_to_look(request, found)

    def write() -> str:
        _write(found, asked.form.cleaned_data, by=person)
        return reverse("case_audits:moderation", args=[ref])

    return answered(request, asked, write, template="case_audits/moderation.html.jinja", **sheet)


@page(Permission.AUDIT_CASES, narrative=True)
@require_safe
def told(request: HttpRequest, ref: str) -> HttpResponse:
    """What came of the second look, for whoever audited the case: both grades and why one of them counts."""
    person = cast(User, request.user)
    rows = moderating_reading.moderations().filter(settled_at__isnull=False)
    found = get_object_or_404(rows, case_audit__ref=ref, case_audit__auditor=person)
    return render(request, "case_audits/settled.html.jinja", _outcome(found))


@page(Permission.LEAD_CASE_AUDITS)
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """How well looks agree, who grades gently, what waits for somebody."""
    person, day = cast(User, request.user), today()
    context = {
        "panel": moderating_reading.panel(add_months(day, -12), day, with_people=True),
        "waiting": moderating_reading.waiting(day),
        "stuck": stuck(day),
        "grades": dict(Grade.choices),
        "person": person,
        "day": day,
        "since": add_months(day, -12),
        "least": rules().least_for_auditor,
        "lenient_from": rules().lenient_from,
    }
    return render(request, "case_audits/panel.html.jinja", context)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def name(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who looks at a case audit again."""
    person = cast(User, request.user)
    found = get_object_or_404(moderating_reading.moderations(), case_audit__ref=ref, blind_at__isnull=True)
    asked = _asked(request, ref, f"Who looks at {ref} again?")

    def write() -> Moderation:
        chosen = asked.form.cleaned_data["moderator"]
        return moderating_services.name_moderator(found, chosen, by=person)

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Have a completed case audit looked at again."""
    person = cast(User, request.user)
    found = get_object_or_404(completed().filter(moderation__isnull=True), ref=ref)
    asked = _asked(request, ref, f"Have {ref} looked at again")

    def write() -> Moderation:
        return moderating_services.ask_for(found, asked.form.cleaned_data["moderator"], by=person)

    return answered(request, asked, write)


def _asked_to_look(request: HttpRequest, found: Moderation) -> Asked:
    """One's own grade first; then which of the two counts."""
    ref, is_blind = found.case_audit.ref, found.blind_at is None
    return Asked(
        title=f"Look at {ref} again" if is_blind else f"{ref}: two grades",
        caption=found.case_audit.get_kind_display(),
        lead="Read it as it was written. The first grade is shown once yours is in."
        if is_blind
        else "Both grades are in, and they differ. Speak with the auditor, then say which grade counts.",
        button="Give your grade" if is_blind else "Settle it",
        form=(BlindForm if is_blind else SettleForm)(request.POST or None),
        back=reverse("case_audits:moderations"),
        done=f"Your grade for {ref} is in." if is_blind else f"{ref} is settled. Thank you.",
        leads_on=True,
    )


def _asked(request: HttpRequest, ref: str, title: str) -> Asked:
    return Asked(
        title=title,
        caption="Second looks",
        lead="Nobody who audited the case, manages it or had to do with it. Who has least to do comes first.",
        button="Hand it to them",
        form=ModeratorForm(request.POST or None),
        back=reverse("case_audits:panel"),
        done=f"{ref} is handed out for a second look.",
    )


def _child(case_audit: CaseAudit, person: User) -> str:
    """The child's id, once it is recorded who was seen; 404 where the child is not open to the person."""
    if not case_audit.reference:
        return ""
    scope = scope_for_case_audits(person)
    if scope is None or not may_see(case_audit.reference, scope):
        raise Http404("There is no such case audit on your list.")
    record("child.seen", case_audit, by=person, children=[case_audit.reference])
    return child_id_of(case_audit)


def _write(found: Moderation, said: dict[str, Any], *, by: User) -> None:
    if found.blind_at is None:
        moderating_services.give_blind_grade(found, grade=said["grade"], text=said["text"], by=by)
    else:
        moderating_services.settle(
            found, grade=said["grade"], reason=said["reason"], is_agreed=said["is_agreed"], by=by
        )


def _sheet(found: Moderation, child_id: str) -> dict[str, Any]:
    """A case audit as its moderator reads it."""
    case_audit, is_blind = found.case_audit, found.blind_at is None
    return {
        "moderation": found,
        "found": case_audit,
        "is_blind": is_blind,
        "sections": sections_of(case_audit),
        "answers": {one.question_id: one for one in case_audit.answers.all()},
        "said": dict(Answer.Said.choices),
        "child_id": child_id,
        "case_link": case_link(child_id),
        "limits": [] if is_blind else grading.sentences(case_audit.limits),
        "grades": dict(Grade.choices),
    }


def _outcome(found: Moderation) -> dict[str, Any]:
    return {"moderation": found, "found": found.case_audit, "grades": dict(Grade.choices)}
