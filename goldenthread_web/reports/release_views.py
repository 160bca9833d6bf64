"""What was released: as it was, its files, what would be other figures today, what differs between two."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.figures.behind import asked_at
from goldenthread_web.reports.comparing import differences, other_figures
from goldenthread_web.reports.documents import document_of
from goldenthread_web.reports.files import TYPES
from goldenthread_web.reports.frame import month_of
from goldenthread_web.reports.html_file import body, no_links
from goldenthread_web.reports.leading import body_for
from goldenthread_web.reports.models import Release
from goldenthread_web.reports.queries import public_releases
from goldenthread_web.reports.reading import readable_releases
from goldenthread_web.reports.report_views import as_file
from goldenthread_web.reports.revised import revised
from goldenthread_web.ui.pages import open_page


@page(Permission.SEE_REPORTS)
@require_safe
def release(request: HttpRequest, number: int) -> HttpResponse:
    """A release as it was, with its files and its figures; behind each the children, for those who may."""
    person = cast(User, request.user)
    found = _whole(readable_releases(person).filter(pk=number))
    sees_children = person.may(Permission.SEE_CHILDREN_BEHIND_FIGURES)
    others = readable_releases(person).exclude(pk=found.pk).filter(report__template=found.report.template)
    context = {
        "found": found,
        "body": body_for(person, document_of(found.document)),
        "figures": [
            (one, asked_at(one["ref"], month_of(one)) if sees_children else "")
            for one in found.figures
            if one.get("is_named", True)
        ],
        "sees_children": sees_children,
        "revised": revised(found.figures),
        "others": list(others),
    }
    return render(request, "reports/release.html.jinja", context)


@page(Permission.SEE_REPORTS)
@require_safe
def release_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """One of the files of a release, as it was released."""
    return _file(_whole(readable_releases(cast(User, request.user)).filter(pk=number)), kind)


@page(Permission.SEE_REPORTS)
@require_safe
def compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """What differs between two releases."""
    listed = readable_releases(cast(User, request.user))
    before, after = _whole(listed.filter(pk=other)), _whole(listed.filter(pk=number))
    context = {
        "before": before,
        "after": after,
        "differences": differences(before, after),
        "figures": other_figures(before, after),
    }
    return render(request, "reports/compare.html.jinja", context)


@open_page
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """What anybody may read."""

    return _cached(
        request, render(request, "reports/public_list.html.jinja", {"releases": list(public_releases())})
    )


@open_page
@require_safe
def public_release(request: HttpRequest, number: int) -> HttpResponse:
    """A public summary, with small numbers hidden as they were when it was released.

    It leads nowhere; whoever is signed in gets from its figures to what they may see.
    """
    found = _public(number)
    document = document_of(found.document)
    is_known = request.user.is_authenticated
    told = body_for(cast(User, request.user), document) if is_known else body(document, opens=no_links)
    context = {"found": found, "body": told}
    return _cached(request, render(request, "reports/public_release.html.jinja", context))


@open_page
@require_safe
def public_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """A file of a public summary."""
    return _cached(request, _file(_public(number), kind))


def _public(number: int) -> Release:

    return _whole(public_releases().filter(pk=number))


def _whole(listed: object) -> Release:
    """A release with its words; 404 where it is none of those."""
    return get_object_or_404(listed.defer(None).defer("html", "word", "pdf"))  # type: ignore[attr-defined]


def _file(found: Release, kind: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    content = {"html": lambda: found.html.encode(), "docx": lambda: found.word, "pdf": lambda: found.pdf}[
        kind
    ]()
    day = found.report.meeting_on
    return as_file(bytes(content), kind, f"{found.report.template}-{day:%Y-%m-%d}-version-{found.version}")


def _cached(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Anybody may keep it for a while: it is the same for all. Not the page with somebody's name on it."""
    if not request.user.is_authenticated:
        answer["Cache-Control"] = "public, max-age=300"
    return answer
