"""Does the council still vouch for the person of a session? Asked anew every few minutes.

Nobody tells the service that an account was disabled at the council's sign-in. So, while somebody is here,
the token that prolongs their sign-in is tried again and again: once it is refused, the session is over. Where
the council's sign-in does not answer, nothing is shown until it does.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from requests import RequestException

from goldenthread_web.accounts import sign_in_services as services
from goldenthread_web.accounts.council_sign_in import CouncilAdapter, NotVouchedFor
from goldenthread_web.accounts.leading import sign_in_first
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusing import unavailable
from goldenthread_web.accounts.sealing import sealed, unsealed
from goldenthread_web.accounts.sessions import COUNCIL, how
from goldenthread_web.config.clock import now

ASKED, TOKEN = "council_asked_at", "council_token"
_SENTENCE = "Your organisation's sign-in does not answer. It must say every few minutes that you may be here."
_LOG = logging.getLogger(__name__)


def is_wanted() -> bool:
    """Whether this installation asks again at all."""
    return settings.COUNCIL_ASKED_EVERY_MINUTES > 0


def begin(request: HttpRequest, token: str) -> None:
    """Keep what the council gave at sign-in to ask with."""
    request.session[ASKED] = now().timestamp()
    request.session[TOKEN] = sealed("council", token)


class StillVouchedFor:
    """End the session of whoever the council no longer lets in."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponseBase | None:
        """Before the page: is it time to ask, and what does the council say?"""
        if not request.user.is_authenticated or not is_wanted() or how(request) != COUNCIL:
            return None
        if getattr(view, "is_open", False) or _leaves(request) or not _is_time(request):
            return None
        try:
            begin(request, CouncilAdapter(request, COUNCIL).prolonged(_token(request)))
        except NotVouchedFor:
            services.end_session(by=cast(User, request.user), reason="not_vouched_for")
            logout(request)
            return sign_in_first(request)
        except (RequestException, OAuth2Error) as problem:
            _LOG.error("The council's sign-in could not be asked: %s", problem)
            return unavailable(_SENTENCE)
        return None


def _leaves(request: HttpRequest) -> bool:
    """Whether the person signs out, which nobody has to allow."""
    return request.resolver_match is not None and request.resolver_match.url_name == "account_logout"


def _is_time(request: HttpRequest) -> bool:
    asked_at = datetime.fromtimestamp(request.session.get(ASKED, 0), UTC)
    return now() - asked_at >= timedelta(minutes=settings.COUNCIL_ASKED_EVERY_MINUTES)


def _token(request: HttpRequest) -> str:
    token = unsealed("council", request.session.get(TOKEN, ""))
    if token is None:
        raise NotVouchedFor
    return token
