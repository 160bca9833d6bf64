"""Who comes to meetings, what members learned, who visited teams, what was done with partners."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.governance import exempt, forms, knowing, means, queries
from goldenthread_web.governance import knowing_services as services
from goldenthread_web.governance.models import GovernanceVisit, MeetingAction, PartnerEngagement
from goldenthread_web.programme.asking import Tried, pressed, tried

A_YEAR = timedelta(days=365)


@page(Permission.SEE_MEETINGS, asks=["body"])
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
    came = Tried()
    if may_keep:
        names = [row.post for row in covered.rows]
        form = forms.DevelopmentForm(request.POST or None, councillors=names, initial={"held_on": today()})
        came = tried(request, form, lambda: services.log_development(by=person, **form.cleaned_data))
    if came.is_written:
        messages.success(request, f"Logged for {len(came.made)}.")
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
        "refused": came.refused,
    }
    return render(request, "governance/development.html.jinja", context, status=_status(came, form))


@page(Permission.KEEP_MEETINGS)
@require_POST
def plan_event(request: HttpRequest) -> HttpResponse:
    """Plan an event for councillors."""
    form = forms.PlannedEventForm(request.POST, prefix="plan")
    return pressed(
        request,
        lambda: services.plan_event(by=cast(User, request.user), **form.cleaned_data),
        said="Planned. Log who took part once it was held.",
        to="governance:development",
        form=form,
        lacking="Say what is planned, and for which day.",
    )


@page(Permission.KEEP_MEETINGS)
@require_POST
def election(request: HttpRequest) -> HttpResponse:
    """Note an election: the induction starts again for whoever was elected."""
    form = forms.ElectionForm(request.POST)
    return pressed(
        request,
        lambda: services.note_election(by=cast(User, request.user), **form.cleaned_data),
        said="Noted. Whoever was elected then is on the induction list.",
        to="governance:development",
        form=form,
        lacking="Say the day of the election.",
    )


@page(Permission.SEE_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: HttpRequest) -> HttpResponse:
    """Who visited which team, what they found, what followed."""
    person = cast(User, request.user)
    form, came = None, Tried()
    if person.may(Permission.KEEP_MEETINGS):
        form = forms.VisitForm(request.POST or None)
        came = tried(request, form, lambda: services.record_visit(by=person, **form.cleaned_data))
    if came.is_written:
        messages.success(request, "Visit recorded.")
        return redirect("governance:visits")
    found = list(GovernanceVisit.objects.all())
    context = {
        "visits": found,
        "teams": knowing.visited_teams(found),
        "open": sum(bool(one.action) and one.closed_on is None for one in found),
        "form": form,
        "refused": came.refused,
        "today": today(),
    }
    return render(request, "governance/visits.html.jinja", context, status=_status(came, form))


@page(Permission.KEEP_MEETINGS)
@require_POST
def close_visit(request: HttpRequest, number: int) -> HttpResponse:
    """Say what came of what was to be done after a visit."""
    found = get_object_or_404(GovernanceVisit, pk=number)
    outcome = request.POST.get("outcome", "")
    return pressed(
        request,
        lambda: services.close_visit(found, outcome=outcome, by=cast(User, request.user)),
        said="Closed.",
        to="governance:visits",
    )


@page(Permission.SEE_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest) -> HttpResponse:
    """What was done with schools and agencies, and what is next."""
    person = cast(User, request.user)
    form, came = None, Tried()
    if person.may(Permission.KEEP_MEETINGS):
        form = forms.EngagementForm(request.POST or None, initial={"held_on": today()})
        came = tried(request, form, lambda: services.log_engagement(by=person, **form.cleaned_data))
    if came.is_written:
        messages.success(request, "Logged.")
        return redirect("governance:partners")
    found, day = list(PartnerEngagement.objects.all()), today()
    of_meetings = MeetingAction.objects.filter(body__in=queries.readable_bodies(person, day))
    context = {
        "promised": means.partner_actions(exempt.readable(of_meetings, person, day), day)
        if person.may(Permission.SEE_PLAN)
        else [],
        "engagements": found,
        "agencies": knowing.agencies(found, day),
        "form": form,
        "refused": came.refused,
        "today": day,
    }
    return render(request, "governance/partners.html.jinja", context, status=_status(came, form))


def _status(came: Tried, form: Form | None) -> int:
    """Of a page that only those who keep meetings add to; the others read it."""
    return 200 if form is None else came.status(form)
