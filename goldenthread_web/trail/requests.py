"""From where did a request come? Its number and address, for the Events written while it is answered."""

import ipaddress
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Asked:
    """What the trail keeps of a request."""

    id: str = ""
    address: str = ""


_NOBODY = Asked()
_current: ContextVar[Asked] = ContextVar("current_request", default=_NOBODY)


def current_request() -> Asked:
    """The request being answered; blank in jobs and commands."""
    return _current.get()


class TrailMiddleware:
    """Number each request and remember where it came from while it is answered."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the request's number in a header for those who look into a fault."""
        asked = Asked(uuid.uuid4().hex, client_address(request))
        token = _current.set(asked)
        try:
            response = self.respond(request)
        finally:
            _current.reset(token)
        response.headers["X-Request-Id"] = asked.id
        return response


def client_address(request: HttpRequest) -> str:
    """The address of the client: what the last trusted proxy saw; headers of others are not believed."""
    proxies = int(settings.INSTALLATION.service.get("proxies", 0))
    direct = request.META.get("REMOTE_ADDR", "")
    if not proxies:
        return _address(direct)
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return _address(forwarded[-proxies]) if len(forwarded) >= proxies else _address(direct)


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
