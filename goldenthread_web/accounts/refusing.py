"""What is answered when something is not allowed, breaks a rule, or cannot be recorded?"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import get_template

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import NoChildren, NotAllowed, NotForYourself, Refused
from goldenthread_web.accounts.sign_in_services import note_failure, note_own_attempt
from goldenthread_web.trail.recording import TrailUnavailable
from goldenthread_web.trail.requests import client_address
from goldenthread_web.ui.errors import error_page

LOG = logging.getLogger(__name__)
_NOT_RECORDED = (
    "What you asked for must be recorded, and that is not possible for the moment, so it is not shown."
)


class AnswerRefusals:
    """Turn what pages and services raise into a page with its sentence; faults stay faults."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None for everything that is a fault of ours."""
        if isinstance(exception, NotAllowed | NoChildren):
            return error_page(request, HTTPStatus.FORBIDDEN, str(exception))
        if isinstance(exception, NotForYourself):
            note_own_attempt(by=cast(User, request.user))
            return error_page(request, HTTPStatus.FORBIDDEN, str(exception))
        if isinstance(exception, Refused):
            if exception.leads_to and request.method != "POST":
                return redirect(exception.leads_to)
            return error_page(request, HTTPStatus.BAD_REQUEST, str(exception))
        if isinstance(exception, TrailUnavailable):
            LOG.critical("The trail cannot be written: what depends on it is refused.", exc_info=exception)
            return unavailable(_NOT_RECORDED)
        if isinstance(exception, OperationalError | InterfaceError):
            LOG.critical("The database does not answer.", exc_info=exception)
            return unavailable("")
        return None


def too_many(request: HttpRequest) -> HttpResponse:
    """429: one address asks too often, for example at sign-in."""
    note_failure("rate_limited", None, client_address(request))
    return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)


def unavailable(sentence: str) -> HttpResponse:
    """503: the page without anything that would be asked of the database."""
    page = get_template("ui/errors/503.html.jinja").render({"sentence": sentence})
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
