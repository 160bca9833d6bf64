"""May an address be answered at all? Not one with a null character: no text of ours holds one, and PostgreSQL
refuses to look for it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NoNullCharacters:
    """Answer 400 where an address holds a null character, in its path or behind the question mark."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Refuse before the page reads anything.

        Raises:
            BadRequest: There is one.
        """
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a null character.")
