"""Who must set up a second factor before any other page opens? Local accounts, outside the demonstration."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from goldenthread_web.accounts import sign_in_services as services
from goldenthread_web.accounts.sessions import COUNCIL, how, is_new

IS_SET = "second_factor_is_set"
FRESH = timedelta(minutes=10)  # so long after signing in the first app is set up without the password again
_SETTING_UP = frozenset({"mfa_index", "mfa_activate_totp", "account_reauthenticate", "account_logout"})
_HINT = "Six figures from your authenticator app."


class RequireSecondFactor:
    """Lead whoever signed in with a password alone to the page that sets up an authenticator app."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponseBase | None:
        """Before the page: is there a second factor?"""
        if settings.DEMO or not request.user.is_authenticated or getattr(view, "is_open", False):
            return None
        if how(request) == COUNCIL:  # where the council asks for it
            return None
        if request.session.get(IS_SET):
            return None
        if has_app(request):
            request.session[IS_SET] = True
            return None
        at = request.resolver_match.url_name if request.resolver_match else None
        return None if at in _SETTING_UP else redirect("mfa_index")


def has_app(request: HttpRequest) -> bool:
    """Whether the person has an authenticator app."""
    return is_mfa_enabled(request.user, [Authenticator.Type.TOTP])


def is_first_set_up(request: HttpRequest) -> bool:
    """Whether the person just signed in and sets up their first app, or just did in this session."""
    if not is_new(request, FRESH):
        return False
    return request.session.get(IS_SET) == "just now" or not has_app(request)


class CodeForm(AuthenticateForm):
    """A code, at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "Six figures from your authenticator app, or one of your recovery codes.")

    def clean_code(self) -> str:
        """The code; a wrong one is noted."""
        return _noted(super().clean_code, self.user)


class CodeAgainForm(ReauthenticateForm):
    """A code, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, _HINT)

    def clean_code(self) -> str:
        """The code; a wrong one is noted."""
        return _noted(super().clean_code, self.user)


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, _HINT)


def _say(form: Any, hint: str) -> None:
    form.fields["code"].label = "Code"
    form.fields["code"].help_text = hint
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}


def _noted(check: Callable[[], str], person: Any) -> str:
    try:
        return check()
    except ValidationError as wrong:
        what = "locked_out" if wrong.code == "too_many_login_attempts" else "second_factor_failed"
        services.note_failure(what, person, f"code of {person.pk}")
        raise
