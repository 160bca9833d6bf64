"""What does a person read when a page cannot be shown? One sentence, and what to do."""

from http import HTTPStatus
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

STATUSES = MappingProxyType(
    {
        HTTPStatus.BAD_REQUEST: "400",
        HTTPStatus.FORBIDDEN: "403",
        HTTPStatus.NOT_FOUND: "404",
        HTTPStatus.TOO_MANY_REQUESTS: "429",
        HTTPStatus.INTERNAL_SERVER_ERROR: "500",
        HTTPStatus.SERVICE_UNAVAILABLE: "503",
    }
)


def error_page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """The page of a status, with a sentence of its own where the caller knows more."""
    template = f"ui/errors/{STATUSES[HTTPStatus(status)]}.html.jinja"
    return render(request, template, {"sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request made no sense."""
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person's role does not allow it."""
    return error_page(request, HTTPStatus.FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without the secret of its session."""
    return render(request, "ui/errors/form_expired.html.jinja", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing here, or nothing that this person may know of."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Asks nothing of the database, which may be what is broken."""
    template = get_template("ui/errors/500.html.jinja")
    return HttpResponse(template.render({"sentence": ""}), status=HTTPStatus.INTERNAL_SERVER_ERROR)
