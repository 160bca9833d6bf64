"""Case audits handed out: a round and who has which case, one by itself, handed on, given time, withdrawn."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.calendar import add_working_days
from goldenthread.figures.wording import day_said
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.accounts.units import open_units
from goldenthread_web.case_audits import handing_services, kinds, queries, round_services
from goldenthread_web.case_audits.forms import AuditorForm, LeftForm, RequestForm, TimeForm, WithdrawForm
from goldenthread_web.case_audits.models import CaseAudit, Round
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.workers import tier_of
from goldenthread_web.concerns.queries import team_of
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.sampling.cohorts import title_of
from goldenthread_web.sampling.models import Sample
from goldenthread_web.sampling.queries import child_ids, may_see
from goldenthread_web.trail.recording import record

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.LEAD_CASE_AUDITS)
@require_safe
def round_shown(request: HttpRequest, number: int) -> HttpResponse:
    """One round: who has which case, how far it is, and for whom nobody was found."""
    person = cast(User, request.user)
    found = get_object_or_404(queries.rounds(), pk=number)
    scope = child_scope(person)
    samples = list(found.samples.all())
    rows = [one for one in queries.of_round(found) if may_see(one.reference, scope)]
    left = [one for one in queries.left_in(found) if may_see(one.reference, scope)]
    ids: dict[str, str] = {}
    for sample in samples:
        ids |= child_ids(sample)
    auditors = list(found.programme.auditors.order_by("pk"))
    seen = [one.reference for one in (*rows, *left)]
    looked_at_twice = [one for one in rows if hasattr(one, "moderation")]
    record("children.seen", found, by=person, children=seen)
    context = {
        "found": found,
        "samples": samples,
        "rows_shown": rows,
        "grades": dict(Grade.choices),
        "left": left,
        "why_left": round_services.why_left(auditors, [one.reference for one in left]),
        "ids": ids,
        "blind": {one.pk for one in looked_at_twice if one.moderation.is_blind_for(person)},
        "day": today(),
        "title_of": title_of,
        "is_wide": True,
    }
    return render(request, "case_audits/round.html.jinja", context)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def hand_out_left(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Hand a child whom nobody of the programme could look at to somebody else."""
    found = get_object_or_404(queries.rounds(), pk=number)
    child = next((one for one in queries.left_in(found) if one.pk == place), None)
    if child is None:
        raise Http404("This case has been handed out.")
    form = LeftForm(request.POST or None, initial={"due_on": add_working_days(today(), found.programme.days)})
    asked = Asked(
        title="Hand out a case that is left",
        caption=f"{found.programme.title}, round {found.number}",
        lead="Somebody who is not on the programme, and who has nothing to do with the case.",
        button="Hand it out",
        form=form,
        back=found.get_absolute_url(),
        done="It is handed out: the auditor was told by mail.",
    )
    return answered(
        request,
        asked,
        lambda: round_services.hand_out_left(found, child, **form.cleaned_data, by=cast(User, request.user)),
    )


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def ask_for_one(request: HttpRequest) -> HttpResponse:
    """Ask for one case audit by itself: before a case closes, of a supervision file, of practice observed."""
    person, day = cast(User, request.user), today()
    teams = sorted(set(open_units(Unit.Kind.TEAM, day).values_list("name", flat=True)))
    form = RequestForm(request.POST or None, teams=teams, initial={"due_on": add_working_days(day, 10)})
    asked = Asked(
        title="Ask for one case audit",
        caption="Case audits",
        lead="Before a case closes, of a supervision file, of practice as it is observed, or for a reason.",
        button="Hand it out",
        form=form,
        back=reverse("case_audits:list"),
        done="It is handed out: the auditor was told by mail.",
    )
    return answered(request, asked, lambda: _asked_for(form, person))


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def hand_on(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand a case audit to another auditor."""
    found = _open(ref, request)
    lead = f"{found.auditor.title} has it now and has not begun. The child is closed to them."
    return _changed(request, found, "Hand on", lead, AuditorForm, handing_services.hand_on)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def give_time(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a case audit more time."""
    found = _open(ref, request)
    lead = f"It was to be done by {day_said(found.due_on)}. The child stays open to the auditor."
    return _changed(request, found, "Give more time", lead, TimeForm, handing_services.give_time)


@page(Permission.LEAD_CASE_AUDITS)
@require_http_methods(ASKS)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw a case audit."""
    found = _open(ref, request)
    lead = "It is not done any more and counts for nothing. The child may be drawn again."
    return _changed(request, found, "Withdraw", lead, WithdrawForm, handing_services.withdraw)


def _open(ref: str, request: HttpRequest) -> CaseAudit:
    """A case audit whose child the person may see."""
    found = get_object_or_404(queries.case_audits(), ref=ref)
    if found.reference and not may_see(found.reference, child_scope(cast(User, request.user))):
        raise Http404("There is no such case audit.")
    return found


def _changed(
    request: HttpRequest,
    found: CaseAudit,
    title: str,
    lead: str,
    form_of: type[forms.Form],
    write: Callable[..., Any],
) -> HttpResponse:
    form = form_of(request.POST or None)
    asked = Asked(
        title=f"{title}: {found.ref}",
        caption=f"Case audit {found.ref}",
        lead=lead,
        button=title,
        form=form,
        back=_back(found.round),
        done="Done.",
        version=found.version,
    )
    by = cast(User, request.user)
    return answered(
        request, asked, lambda: write(found, version=version_of(request), **form.cleaned_data, by=by)
    )


def _back(of: Round | None) -> str:
    return reverse("case_audits:list") if of is None else of.get_absolute_url()


def _asked_for(form: RequestForm, by: User) -> CaseAudit:
    said = form.cleaned_data
    shared = {name: said[name] for name in ("kind", "pro_forma", "auditor", "due_on")}
    shared |= {"selection": Sample.Method.TARGETED, "selection_reason": said["reason"]}
    if not kinds.rules_of(said["kind"]).about_child:
        return handing_services.hand_out(**shared, team=said["team"], about=said["about"], by=by)
    child = index().find(said["child"].strip())
    if child is None or not child.is_within(child_scope(by)):
        raise Refused("There is no such child with an open case: check the id.")
    worker = _worker_of(child)
    return handing_services.hand_out(
        **shared,
        team=team_of(child),
        reference=child.reference,
        cohort=said["cohort"],
        worker_id=worker,
        worker_tier=tier_of(worker),
        by=by,
    )


def _worker_of(child: Child) -> str:
    """Their social worker; blank where nobody is."""
    return next((worker for role, _, worker in child.holders if role == "social_worker"), "")
