"""What may everybody read: the council's colours and logo, help, accessibility, privacy?"""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread_web.ui.council import LOGO_TYPES, council
from goldenthread_web.ui.pages import open_page

A_YEAR = "public, max-age=31536000, immutable"  # the address changes when the content does


@open_page
@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """The council's colours as a stylesheet."""
    return HttpResponse(council().stylesheet, content_type="text/css", headers={"Cache-Control": A_YEAR})


@open_page
@require_safe
def logo(request: HttpRequest) -> FileResponse:
    """The council's logo."""
    picture = council().logo
    if picture is None:
        raise Http404
    return FileResponse(
        picture.open("rb"),
        content_type=LOGO_TYPES[picture.suffix.lower()],
        headers={"Cache-Control": "public, max-age=86400"},
    )


@open_page
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to find one's way, and whom to ask."""
    return render(request, "ui/help.html.jinja")


@open_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, how it is checked, and how to say that something does not."""
    return render(request, "ui/accessibility.html.jinja")


@open_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the service keeps about children and about those who use it."""
    return render(request, "ui/privacy.html.jinja")
