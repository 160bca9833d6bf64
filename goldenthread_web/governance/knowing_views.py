"""Who comes to meetings, what members learned, who visited teams, what was done with partners."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import forms, knowing, queries
from goldenthread_web.governance import knowing_services as services
from goldenthread_web.governance.models import GovernanceVisit, PartnerEngagement

A_YEAR = timedelta(days=365)


@page(Permission.SEE_MEETINGS)
@require_safe
def attendance(request: HttpRequest) -> HttpResponse:
    """How often members and partners came in a year, and meeting by meeting."""
    readable = list(queries.readable_bodies(cast(User, request.user), today()))
    chosen = next((one for one in readable if one.code == request.GET.get("body", "")), None)
    chosen = chosen or next((one for one in readable if one.code == "improvement_board"), None)
    chosen = chosen or (readable[0] if readable else None)
    since = today() - A_YEAR
    grid = None if chosen is None else knowing.attendance_grid(chosen, since, today())
    context = {"bodies": readable, "chosen": chosen, "grid": grid, "since": since, "today": today()}
    return render(request, "governance/attendance.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def development(request: HttpRequest) -> HttpResponse:
    """Which councillor has had which topic, and who has not; the log, and what is added to it."""
    person = cast(User, request.user)
    may_keep = person.may(Permission.KEEP_MEETINGS)
    covered = knowing.coverage(today())
    form = None
    refused = ""
    if may_keep:
        names = [row.post for row in covered.rows]
        form = forms.DevelopmentForm(request.POST or None, councillors=names, initial={"held_on": today()})
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = services.log_development(by=person, **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Logged for {len(made)}.")
            return redirect("governance:development")
    context = {
        "covered": covered,
        "log": knowing.sessions(),
        "topics": knowing.topics(),
        "form": form,
        "planned": knowing.planned_events(today()),
        "election_form": forms.ElectionForm(auto_id="election-%s") if may_keep else None,
        "plan_form": forms.PlannedEventForm(prefix="plan") if may_keep else None,
        "today": today(),
        "refused": refused,
    }
    bad = bool((form is not None and form.errors) or refused)
    return render(request, "governance/development.html.jinja", context, status=400 if bad else 200)


@page(Permission.KEEP_MEETINGS)
@require_POST
def plan_event(request: HttpRequest) -> HttpResponse:
    """Plan an event for councillors."""
    form = forms.PlannedEventForm(request.POST, prefix="plan")
    if not form.is_valid():
        messages.error(request, "Say what is planned, and for which day.")
    else:
        try:
            services.plan_event(by=cast(User, request.user), **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Planned. Log who took part once it was held.")
    return redirect("governance:development")


@page(Permission.KEEP_MEETINGS)
@require_POST
def election(request: HttpRequest) -> HttpResponse:
    """Note an election: the induction starts again for whoever was elected."""
    form = forms.ElectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say the day of the election.")
    else:
        try:
            services.note_election(by=cast(User, request.user), **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Noted. Whoever was elected then is on the induction list.")
    return redirect("governance:development")


@page(Permission.SEE_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: HttpRequest) -> HttpResponse:
    """Who visited which team, what they found, what followed."""
    person = cast(User, request.user)
    form = forms.VisitForm(request.POST or None) if person.may(Permission.KEEP_MEETINGS) else None
    refused = ""
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.record_visit(by=person, **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Visit recorded.")
            return redirect("governance:visits")
    found = list(GovernanceVisit.objects.all())
    context = {
        "visits": found,
        "teams": knowing.visited_teams(found),
        "open": sum(bool(one.action) and one.closed_on is None for one in found),
        "form": form,
        "refused": refused,
        "today": today(),
    }
    bad = bool((form is not None and form.errors) or refused)
    return render(request, "governance/visits.html.jinja", context, status=400 if bad else 200)


@page(Permission.KEEP_MEETINGS)
@require_POST
def close_visit(request: HttpRequest, number: int) -> HttpResponse:
    """Say what came of what was to be done after a visit."""
    found = get_object_or_404(GovernanceVisit, pk=number)
    try:
        services.close_visit(found, outcome=request.POST.get("outcome", ""), by=cast(User, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Closed.")
    return redirect("governance:visits")


@page(Permission.SEE_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest) -> HttpResponse:
    """What was done with schools and agencies, and what is next."""
    person = cast(User, request.user)
    form = None
    if person.may(Permission.KEEP_MEETINGS):
        form = forms.EngagementForm(request.POST or None, initial={"held_on": today()})
    refused = ""
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.log_engagement(by=person, **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Logged.")
            return redirect("governance:partners")
    found = list(PartnerEngagement.objects.all())
    context = {
        "engagements": found,
        "agencies": knowing.agencies(found, today()),
        "form": form,
        "refused": refused,
        "today": today(),
    }
    bad = bool((form is not None and form.errors) or refused)
    return render(request, "governance/partners.html.jinja", context, status=400 if bad else 200)
