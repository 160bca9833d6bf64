"""A report on its way out: as it reads, with what holds it beside it, and each step of it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.programme.asking import done, pressed
from goldenthread_web.reports import release_services, services
from goldenthread_web.reports.files import TYPES, Stamp, file_of
from goldenthread_web.reports.forms import WeaknessesForm
from goldenthread_web.reports.leading import body_for
from goldenthread_web.reports.models import Release, Report, Writer
from goldenthread_web.reports.reading import readable_reports
from goldenthread_web.reports.standing import standing_of


@page(Permission.SEE_REPORTS)
@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """A report as it stands, what holds it, who has signed, and the next step."""
    person = cast(User, request.user)
    found = services.as_it_stands(get_object_or_404(readable_reports(person), pk=number), by=person)
    standing = standing_of(found)
    context = {
        "found": found,
        "standing": standing,
        "body": body_for(person, standing.document),
        "me": person,
        "may_write": person.may(Permission.WRITE_REPORTS),
        "may_approve": person.may(Permission.APPROVE_REPORTS),
        "wrote": Writer.objects.filter(content=found.content, person=person).exists(),
        "is_director": person.role == release_services.DIRECTOR,
        "releases": list(Release.objects.filter(report=found).only("pk", "version", "released_at", "report")),
        "form": WeaknessesForm(),
    }
    return render(request, "reports/report.html.jinja", context)


@page(Permission.SEE_REPORTS)
@require_safe
def draft_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """A report that is not released as a file; every page of it says so."""
    person = cast(User, request.user)
    if kind not in TYPES:
        raise Http404
    found = services.as_it_stands(get_object_or_404(readable_reports(person), pk=number), by=person)
    document = standing_of(found).document
    stamp = Stamp(is_draft=True, version=found.version, as_at=document.as_at, digest=found.digest, on=today())
    name = f"draft-{found.template}-{found.meeting_on:%Y-%m-%d}"
    return as_file(file_of(kind, document, stamp), kind, name)


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A download. Its name says the forum and the day, and no number."""
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name.replace("_", "-")}.{kind}"'
    return answer


@page(Permission.WRITE_REPORTS)
@require_POST
def build_again(request: HttpRequest, number: int) -> HttpResponse:
    """Build a draft anew from what is recorded now."""
    return _step(request, number, lambda one, by: services.build_again(one, by=by), "Built anew.")


@page(Permission.WRITE_REPORTS)
@require_POST
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    """Fix every figure, quotation, date and sum."""
    said = "Frozen: nothing in it moves any more."
    return _step(request, number, lambda one, by: release_services.freeze(one, by=by), said)


@page(Permission.WRITE_REPORTS)
@require_POST
def open_again(request: HttpRequest, number: int) -> HttpResponse:
    """Make a draft of it again."""
    said = "It is a draft again: what was approved has to be approved anew."
    return _step(request, number, lambda one, by: release_services.open_again(one, by=by), said)


@page(Permission.SIGN_OFF_SECTIONS)
@require_POST
def sign(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """Sign a section as it stands."""
    digest = request.POST.get("digest", "")
    return _step(
        request,
        number,
        lambda one, by: release_services.sign_off(one, section, digest=digest, by=by),
        "Signed. If the section changes, your signature is gone.",
    )


@page(Permission.APPROVE_REPORTS)
@require_POST
def let_weaknesses_go(request: HttpRequest, number: int) -> HttpResponse:
    """The director says why weaknesses are not answered."""
    because = request.POST.get("because", "")
    return _step(
        request,
        number,
        lambda one, by: release_services.let_weaknesses_go(one, because=because, by=by),
        "Said. It stands in the record of the decision.",
    )


@page(Permission.APPROVE_REPORTS)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Let it out as it stands."""
    digest, has_judged = request.POST.get("digest", ""), "has_judged" in request.POST
    return _step(
        request,
        number,
        lambda one, by: release_services.approve(one, digest=digest, has_judged=has_judged, by=by),
        "Approved. Somebody else releases it.",
    )


@page(Permission.WRITE_REPORTS)
@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Hand it out."""
    found = get_object_or_404(readable_reports(cast(User, request.user)), pk=number)
    came = done(request, lambda: release_services.release(found, by=cast(User, request.user)))
    if not came.is_written:
        messages.error(request, came.refused)
        return redirect("reports:report", found.pk)
    messages.success(request, "Released.")
    return redirect("reports:release", came.made.pk)


@page(Permission.APPROVE_REPORTS)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a released report back."""
    return _step(request, number, lambda one, by: release_services.withdraw(one, by=by), "Withdrawn.")


def _step(
    request: HttpRequest, number: int, service: Callable[[Report, User], object], said: str
) -> HttpResponse:
    """One step of a report; what refuses it is said on its page."""
    person = cast(User, request.user)
    found = get_object_or_404(readable_reports(person), pk=number)
    to = reverse("reports:report", args=[found.pk])
    return pressed(request, lambda: service(found, person), said=said, to=to)
