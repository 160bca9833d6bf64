"""You said, we did: entered, changed, done, published; the report of a week."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.practice_weeks import learning_services, queries
from goldenthread_web.practice_weeks.forms import ReportForm, WeDidForm, YouSaidForm
from goldenthread_web.practice_weeks.learning_services import WORDS
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.ui.words import day_said, pluralise

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Enter what people said."""
    week = queries.week(ref)
    form = YouSaidForm(request.POST or None)
    asked = Asked(
        title="You said",
        caption=f"Practice Week {ref}",
        lead="What people told leaders, what is to be done about it, by whom and when.",
        button="Enter it",
        form=form,
        back=week.get_absolute_url(),
        done="It is entered. Staff read it once it is published.",
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: learning_services.add_you_said(week, **form.cleaned_data, by=by))


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what is to be done, by whom or when."""
    one = queries.said(number)
    stored = {name: getattr(one, name) for name in WORDS}
    form = YouSaidForm(request.POST or None, initial=stored)
    asked = Asked(
        title="Change what is promised",
        caption=f"Practice Week {one.week.ref}",
        lead=one.said,
        button="Save",
        form=form,
        back=one.week.get_absolute_url(),
        done="Saved.",
        version=one.version,
        stored=stored,
    )
    by = cast(User, request.user)
    return answered(
        request,
        asked,
        lambda: learning_services.change_you_said(
            one, version=version_of(request), **form.cleaned_data, by=by
        ),
    )


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def done(request: HttpRequest, number: int) -> HttpResponse:
    """Say what was done."""
    one = queries.said(number)
    form = WeDidForm(request.POST or None, initial={"done_on": today()})
    asked = Asked(
        title="We did",
        caption=f"You said: {one.said}",
        lead=f"Promised by {one.post} for {day_said(one.due_on)}: {one.doing}",
        button="Save what was done",
        form=form,
        back=one.week.get_absolute_url(),
        done="Saved.",
        version=one.version,
    )
    by = cast(User, request.user)
    return answered(
        request,
        asked,
        lambda: learning_services.we_did(one, version=version_of(request), **form.cleaned_data, by=by),
    )


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_POST
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """Publish to staff whatever of a week is not published."""
    week = queries.week(ref)
    count = learning_services.publish_you_said(week, on=today(), by=cast(User, request.user))
    messages.success(request, f"Published to staff: {pluralise(count, 'entry', 'entries')}.")
    return redirect(week)


@page(Permission.KEEP_PRACTICE_WEEKS)
@require_http_methods(ASKS)
def write_report(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the report of a week. Its numbers are kept as they stand."""
    week = queries.week(ref)
    report = queries.report_of(week)
    initial = (
        {name: getattr(report, name) for name in ("strengths", "in_the_way", "follows")} if report else {}
    )
    form = ReportForm(request.POST or None, initial=initial | {"reported_on": today()})
    asked = Asked(
        title=f"Report of Practice Week {ref}",
        caption=week.theme,
        lead=f"Due by {day_said(week.report_due_on)}. Its numbers are kept as they stand now; a corrected "
        "report stands beside this one and replaces it for readers.",
        button="Keep the report",
        form=form,
        back=week.get_absolute_url(),
        done="The report is kept.",
    )
    by = cast(User, request.user)
    return answered(request, asked, lambda: learning_services.write_report(week, **form.cleaned_data, by=by))
