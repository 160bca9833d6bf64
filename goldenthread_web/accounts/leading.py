"""Where is somebody led who must sign in first?"""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to the page that was asked for.

    What was sent by a form is not sent again: whoever sent it begins at the first page. A part of a page that
    htmx asked for is answered so that the whole page goes there.
    """
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(
            status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)}
        )
    asked_for = request.get_full_path() if request.method in ("GET", "HEAD") else settings.LOGIN_REDIRECT_URL
    return redirect_to_login(asked_for)
