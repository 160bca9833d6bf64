"""How long does a session last, and is it still good? Idle, absolute, and ended from elsewhere."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from goldenthread_web.accounts import sign_in_services as services
from goldenthread_web.accounts.admitting import reason_against
from goldenthread_web.accounts.leading import sign_in_first
from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import now, today

BEGAN, SEEN, NARRATIVE, HOW = "began_at", "seen_at", "shows_narrative", "how"
COUNCIL = "council"  # how somebody signed in: through their organisation
_WRITE_EVERY = timedelta(seconds=60)  # the moment of the last request is written this often
_NOTE_EVERY = timedelta(minutes=5)  # and in the person's account this often


def begin(request: HttpRequest, way: str) -> None:
    """Start the clocks of a new session."""
    request.session[BEGAN] = request.session[SEEN] = now().timestamp()
    request.session[HOW] = way


def how(request: HttpRequest) -> str:
    """How the person of this session signed in: password, council or demo."""
    return request.session.get(HOW, "")


def is_new(request: HttpRequest, within: timedelta) -> bool:
    """Whether the session began no longer ago than that."""
    return BEGAN in request.session and now() - _at(request, BEGAN) <= within


class SessionLimits:
    """End sessions that are idle, too old, or whose person may no longer use the service.

    Sessions ended from elsewhere are no longer signed in when they get here: their `session_number` does
    not fit (`User.get_session_auth_hash`).
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Before the page: is the session still good?"""
        if not request.user.is_authenticated:
            return None
        person, moment = cast(User, request.user), now()
        narrative = bool(getattr(view, "is_narrative", False))
        if reason_against(person, on=today(), moment=moment) or _is_over(request, narrative, moment):
            services.end_session(by=person)
            logout(request)
            return None if getattr(view, "is_open", False) else sign_in_first(request)
        _go_on(request, person, narrative, moment)
        return None


def ends_at(request: HttpRequest) -> datetime:
    """When the session ends if nothing more is done."""
    idle = settings.IDLE_MINUTES_NARRATIVE if request.session.get(NARRATIVE) else settings.IDLE_MINUTES
    return min(
        _at(request, SEEN) + timedelta(minutes=idle),
        _at(request, BEGAN) + timedelta(hours=settings.ABSOLUTE_HOURS),
    )


def _is_over(request: HttpRequest, narrative: bool, moment: datetime) -> bool:
    """Whether it was idle too long for the page shown last or the page asked for, or is too old."""
    if BEGAN not in request.session:
        return False
    sooner = _at(request, SEEN) + timedelta(minutes=settings.IDLE_MINUTES_NARRATIVE)
    return moment >= ends_at(request) or (narrative and moment >= sooner)


def _go_on(request: HttpRequest, person: User, narrative: bool, moment: datetime) -> None:
    if BEGAN not in request.session:
        begin(request, how(request))
    if moment - _at(request, SEEN) >= _WRITE_EVERY:
        request.session[SEEN] = moment.timestamp()
    if narrative != request.session.get(NARRATIVE, False):
        request.session[NARRATIVE] = narrative
    if person.last_seen_at is None or moment - person.last_seen_at >= _NOTE_EVERY:
        services.note_seen(person, moment)
    request.session_ends_at = ends_at(request)  # type: ignore[attr-defined]


def _at(request: HttpRequest, name: str) -> datetime:
    return datetime.fromtimestamp(request.session[name], UTC)
