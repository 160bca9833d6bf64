"""What follows one case audit: its actions, plan, second look, re-audit; and the two beside each other."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.case_audits import following_queries as reads
from goldenthread_web.case_audits import following_services as services
from goldenthread_web.case_audits.following_comparing import compared as beside
from goldenthread_web.case_audits.following_forms import (
    ActionForm,
    ReAuditForm,
    RecordPlanForm,
    WaiveForm,
)
from goldenthread_web.case_audits.following_re_audits import holders_now, pro_forma_now
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.handing_services import hand_out
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.queries import case_audits
from goldenthread_web.case_audits.reading import check_blind, child_id_of, readable
from goldenthread_web.case_audits.workers import tier_of
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.trail.recording import record

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.SEE_CHILDREN, narrative=True)
@require_safe
@asked_once()
def follows(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that follows one case audit."""
    person, day = cast(User, request.user), today()
    found = _readable(person, ref)
    context = _said_of(found) | {
        "lines": reads.lines(found.actions.all(), day),
        "re_audits": [(one, reads.may_see(person, one)) for one in found.re_audits.all()],
        "learning": [one.learning for one in found.themed.select_related("learning")],
        "waived": rules().waived.get(found.re_audit_waived, ""),
        "may_set": person.may(Permission.AUDIT_CASES),
        "may_act": reads.may_act(person, found),
        "may_lead": person.may(Permission.LEAD_CASE_AUDITS),
        "day": day,
    }
    return render(request, "case_audits/follows.html.jinja", context)


@page(Permission.SEE_CHILDREN, narrative=True)
@require_safe
def compared(request: HttpRequest, ref: str) -> HttpResponse:
    """A re-audit beside the case audit that it repeats."""
    person = cast(User, request.user)
    found = _readable(person, ref)
    if found.re_audit_of is None:
        raise Http404("This case audit repeats nothing.")
    check_blind(person, found.re_audit_of)
    context = _said_of(found) | {"first": found.re_audit_of, "compared": beside(found)}
    return render(request, "case_audits/compared.html.jinja", context)


@page(Permission.AUDIT_CASES, narrative=True)
@require_http_methods(ASKS)
def set_action(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what somebody is to do: while a case is audited, or after it."""
    person = cast(User, request.user)
    found = get_object_or_404(case_audits(), ref=ref)
    if not reads.may_set_actions(person, found):
        raise Http404("There is no such case audit on your list.")
    is_completed = found.state == CaseAudit.State.COMPLETED
    asked = Asked(
        title=f"What is to be done after {ref}?",
        caption="Case audits",
        lead="For the child, with the worker, or to how we work. Each action has one post and one day.",
        button="Set the action",
        form=ActionForm(request.POST or None),
        back=reverse("case_audits:follows" if is_completed else "case_audits:do", args=[ref]),
        done="The action is set.",
    )

    def write() -> CaseAuditAction:
        return services.set_action(found, **asked.form.cleaned_data, by=person)

    return answered(request, asked, write, template="case_audits/action_form.html.jinja", found=found)


@page(Permission.ACT_ON_CASE_AUDITS)
@require_http_methods(ASKS)
def record_plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that the actions after a weak grade are the whole plan."""
    person = cast(User, request.user)
    found = _readable(person, ref)
    asked = _asked(
        found,
        "The plan is whole",
        "The actions set for the child and with the worker are everything that is to happen.",
        "Record the plan",
        RecordPlanForm(request.POST or None, initial={"recorded_on": today()}),
    )

    def write() -> CaseAudit:
        on = asked.form.cleaned_data["recorded_on"]
        return services.record_plan(found, version=version_of(request), on=on, by=person)

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def waive_re_audit(request: HttpRequest, ref: str) -> HttpResponse:
    """Say why a re-audit that is due is not made."""
    person = cast(User, request.user)
    found = _readable(person, ref)
    asked = _asked(
        found,
        f"No re-audit of {ref}",
        "A weak case audit is looked at again unless there is a reason not to.",
        "Leave it out",
        WaiveForm(request.POST or None),
    )

    def write() -> CaseAudit:
        why = asked.form.cleaned_data["why"]
        return services.waive_re_audit(found, version=version_of(request), why=why, by=person)

    return answered(request, asked, write)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def hand_out_re_audit(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand out a re-audit before its time, or where the service found nobody."""
    person, day = cast(User, request.user), today()
    found = _readable(person, ref)
    asked = _asked(
        found,
        f"Look at the case of {ref} again",
        "By somebody else than the first time.",
        "Hand it out",
        ReAuditForm(request.POST or None, first=found, today=day),
    )

    def write() -> CaseAudit:
        said = asked.form.cleaned_data
        return _hand_out_again(found, said["auditor"], said["due_on"], by=person)

    return answered(request, asked, write)


def _hand_out_again(first: CaseAudit, auditor: User, due_on: Any, *, by: User) -> CaseAudit:
    team, worker_id = holders_now(first.reference, first.team, first.worker_id)
    return hand_out(
        kind=Kind.RE_AUDIT,
        pro_forma=pro_forma_now(first.pro_forma),
        auditor=auditor,
        team=team,
        selection="targeted",
        selection_reason=f"Case audit {first.ref} is repeated.",
        due_on=due_on,
        reference=first.reference,
        cohort=first.cohort,
        worker_id=worker_id,
        worker_tier=tier_of(worker_id),
        re_audit_of=first,
        by=by,
    )


def _readable(person: User, ref: str) -> CaseAudit:
    """A completed case audit that the person may read, once it is recorded whose it is."""
    found = readable(person, get_object_or_404(reads.completed(), ref=ref))
    if found.reference:
        record("child.seen", found, by=person, children=[found.reference])
    return found


def _said_of(found: CaseAudit) -> dict[str, Any]:
    child_id = child_id_of(found)
    return {
        "found": found,
        "moderation": getattr(found, "moderation", None),
        "grades": dict(Grade.choices),
        "child_id": child_id,
        "case_link": case_link(child_id),
    }


def _asked(found: CaseAudit, title: str, lead: str, button: str, form: Any) -> Asked:
    return Asked(
        title=title,
        caption=f"Case audit {found.ref}",
        lead=lead,
        button=button,
        form=form,
        back=reverse("case_audits:follows", args=[found.ref]),
        done="Written down.",
        version=found.version,
    )
