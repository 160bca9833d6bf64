"""What lies ahead and what is open: the list of meetings, bodies, the forward plan, the briefing."""

from datetime import date, timedelta
from typing import cast

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.calendar import add_months
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.clinics import queries as clinics
from goldenthread_web.clinics.kinds import frame
from goldenthread_web.config.clock import today
from goldenthread_web.governance import exempt, forms, forward, knowing_services, meeting_services, queries
from goldenthread_web.governance.briefings import sheet
from goldenthread_web.governance.calendar_files import calendar_of
from goldenthread_web.governance.models import Meeting, Membership
from goldenthread_web.governance.opening import opener
from goldenthread_web.governance.running_views import meeting_or_404
from goldenthread_web.governance.standards import standard
from goldenthread_web.programme.asking import Asked, answered, asked_page, pressed
from goldenthread_web.programme.models import Body
from goldenthread_web.programme.queries import bodies, decisions

MONTHS = 12


@page(Permission.SEE_MEETINGS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The next meeting of each body, what is open, and the last meetings."""
    person, day = cast(User, request.user), today()
    readable = list(queries.readable_bodies(person, day))
    ahead = queries.meetings(since=day).exclude(status=Meeting.Status.CANCELLED)
    following: dict[int, Meeting] = {}
    for meeting in ahead:
        following.setdefault(meeting.body_id, meeting)
    open_asks = list(exempt.readable(queries.open_asks().filter(body__in=readable), person, day))
    may_read = {body.pk for body in readable}
    context = {
        "bodies": [
            (
                body,
                following.get(body.pk),
                sum(ask.body_id == body.pk for ask in open_asks),
                body.pk in may_read,
            )
            for body in bodies()
        ],
        "clinics": clinics.latest_week(day),
        "clinic_minutes": frame().minutes,
        "may_see_clinics": person.may(Permission.SEE_CLINICS),
        "next": [meeting for meeting in following.values() if meeting.body_id in may_read][:1],
        "asks": [ask for ask in open_asks if ask.state == ask.State.UNANSWERED],
        "asks_overdue": sum(ask.state == ask.State.UNANSWERED and ask.due_on < day for ask in open_asks),
        "safeguarding": queries.open_safeguarding(readable).count(),
        "stranded": queries.stranded_safeguarding(readable, day).count(),
        "actions": exempt.readable(queries.all_open_actions(readable), person, day).aggregate(
            every=Count("pk"), late=Count("pk", filter=Q(due_on__lt=day))
        ),
        "latest": queries.meetings(to=day - timedelta(1)).visible_to(person, day).order_by("-starts_at")[:8],
        "may_keep": person.may(Permission.KEEP_MEETINGS),
    }
    return render(request, "governance/list.html.jinja", context)


def _body_or_404(request: HttpRequest, code: str) -> Body:
    return get_object_or_404(queries.readable_bodies(cast(User, request.user), today()), code=code)


@page(Permission.SEE_MEETINGS)
@require_safe
def about_body(request: HttpRequest, code: str) -> HttpResponse:
    """What a body is for, whoever asks; its papers stay with those who may read them."""
    person = cast(User, request.user)
    found = get_object_or_404(Body, code=code)
    context = {
        "body": found,
        "may_read": queries.may_read(person, found, today()),
        "may_edit": person.may(Permission.KEEP_MEETINGS),
    }
    return render(request, "governance/about_body.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: who belongs, when it meets, what it asked and decided."""
    person, day = cast(User, request.user), today()
    found = _body_or_404(request, code)
    meetings = list(queries.meetings(of=found))
    context = {
        "body": found,
        "ahead": [one for one in meetings if one.on >= day],
        "past": [one for one in reversed(meetings) if one.on < day],
        "members": queries.members(found, day),
        "asks": exempt.readable(queries.open_asks(found), person, day),
        "actions": exempt.readable(queries.open_actions(found), person, day),
        "safeguarding": queries.open_safeguarding([found]),
        "decisions": exempt.readable_decisions(decisions(of=found), person, day)[:12],
        "alternates": standard(found.code).alternates,
        "may_keep": person.may(Permission.KEEP_MEETINGS),
        "today": day,
    }
    return render(request, "governance/body.html.jinja", context)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan one meeting, or a series by the body's rhythm."""
    found = _body_or_404(request, code)
    form = forms.SeriesForm(request.POST or None, body=found)

    def write() -> None:
        said, person = form.cleaned_data, cast(User, request.user)
        more = {"place": said["place"], "minutes_allotted": said["minutes_allotted"], "by": person}
        if said["until"] is None:
            meeting_services.plan_meeting(found, starts_at=form.starts_at, **more)
        else:
            meeting_services.plan_series(found, first=form.starts_at, until=said["until"], **more)

    asked = Asked(
        title="Plan meetings",
        caption=found.name,
        lead="Each gets the body's standard agenda at once; asks, actions and what is off track come onto it "
        "by themselves.",
        button="Plan",
        form=form,
        back=reverse("governance:body", args=[code]),
        done="Planned: it is below, with what comes next.",
    )
    return answered(request, asked, write)


@page(Permission.KEEP_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, code: str) -> HttpResponse:
    """Who belongs to a body, and who did; add somebody."""
    found = _body_or_404(request, code)
    form = forms.MemberForm(request.POST or None, initial={"starts_on": today(), "is_voting": True})
    return asked_page(
        request,
        form,
        lambda: knowing_services.add_member(found, by=cast(User, request.user), **form.cleaned_data),
        template="governance/members.html.jinja",
        back=request.path,
        done="Added.",
        body=found,
        members=Membership.objects.filter(body=found).select_related("person"),
        today=today(),
    )


@page(Permission.KEEP_MEETINGS)
@require_POST
def end_membership(request: HttpRequest, number: int) -> HttpResponse:
    """Say when a membership ends."""
    found = get_object_or_404(Membership.objects.select_related("body"), pk=number)
    form = forms.EndForm(request.POST)
    return pressed(
        request,
        lambda: knowing_services.end_membership(found, by=cast(User, request.user), **form.cleaned_data),
        said="The membership ends on that day.",
        to=reverse("governance:members", args=[found.body.code]),
        form=form,
        lacking="Say the last day of the membership.",
    )


@page(Permission.SEE_MEETINGS, asks=["kind"])
@require_safe
def forward_plan(request: HttpRequest) -> HttpResponse:
    """What lies ahead in the next twelve months, month by month."""
    day = today()
    asked = [kind for kind in request.GET.getlist("kind") if kind in forward.KINDS]
    kinds = asked or list(forward.USUAL)
    until = add_months(day, MONTHS)
    found = forward.planned(day, until, kinds)
    context = {
        "opens": opener(cast(User, request.user), [one.href for one in found], day),
        "months": _calendar(day, until, found),
        "kinds": forward.KINDS,
        "chosen": kinds,
        "count": len(found),
        "until": until,
        "today": day,
    }
    return render(request, "governance/forward.html.jinja", context)


@page(Permission.SEE_MEETINGS)
@require_safe
def forward_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for other calendars: meetings, papers, visits and reviews of the next year."""
    day = today()
    found = forward.planned(day - timedelta(31), add_months(day, MONTHS), forward.USUAL)
    headers = {"Content-Disposition": 'attachment; filename="forward-plan.ics"'}
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8", headers=headers)


@page(Permission.SEE_MEETINGS)
@require_safe
def briefing(request: HttpRequest, number: int) -> HttpResponse:
    """The one sheet for a short meeting of leaders, and whether the post that alternates comes."""
    person = cast(User, request.user)
    found = meeting_or_404(person, number)
    told = sheet(found, today())
    lines = [*told.exceptions, *told.indicators, *told.risks, *told.asks, *told.actions]
    opens = opener(person, [one.href for one in lines], today())
    return render(
        request, "governance/briefing.html.jinja", {"sheet": told, "meeting": found, "opens": opens}
    )


def _calendar(since: date, until: date, found: list[forward.Planned]) -> list[dict[str, object]]:
    """Each month as weeks of days with what lies on them, and as a list."""
    by_month = forward.by_month(found)
    months, month = [], since.replace(day=1)
    while month <= until:
        listed = by_month.get(month, [])
        months.append({"name": f"{month:%B %Y}", "weeks": _weeks(month, listed), "listed": listed})
        month = add_months(month, 1)
    return months


def _weeks(
    month: date, listed: list[forward.Planned]
) -> list[list[tuple[date | None, list[forward.Planned]]]]:
    days: list[tuple[date | None, list[forward.Planned]]] = [(None, [])] * month.weekday()
    day = month
    while day.month == month.month:
        days.append((day, [one for one in listed if one.on == day]))
        day += timedelta(1)
    days += [(None, [])] * (-len(days) % 7)
    return [days[start : start + 7] for start in range(0, len(days), 7)]
