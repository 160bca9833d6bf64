"""May a browser keep a page? No: whatever a signed-in person sees is gone when they sign out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


class NoStore:
    """Mark every answer that is not a static file as not to be kept."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with `no-store` unless the page says otherwise itself."""
        response = self.respond(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
