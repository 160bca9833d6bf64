"""Who is let in at sign-in, and what is noted of it? Where allauth asks, this answers."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from goldenthread_web.accounts import sign_in_services as services
from goldenthread_web.accounts import vouching
from goldenthread_web.accounts.admitting import reason_against
from goldenthread_web.accounts.council_sign_in import token_of
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.sealing import sealed, unsealed
from goldenthread_web.accounts.second_factor import IS_SET, is_first_set_up
from goldenthread_web.accounts.sessions import COUNCIL, begin
from goldenthread_web.accounts.turning_away import turned_away
from goldenthread_web.config.clock import now, today
from goldenthread_web.trail.requests import client_address

# What allauth would tell by e-mail is told by the trail.
_TOLD = {
    "mfa/email/totp_activated": "second_factor_set",
    "mfa/email/totp_deactivated": "second_factor_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
}
_WAYS = {"socialaccount": COUNCIL}


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong. Check both and try again.",
        "too_many_login_attempts": (
            "There were too many failed attempts, so this account is locked. Try again in 15 minutes."
        ),
        "incorrect_password": "That is not your password. Type it again.",
        "enter_current_password": "That is not your present password. Type it again.",
        "rate_limited": "There were too many attempts. Wait 15 minutes and try again.",
        "same_as_current": "The new password must differ from the present one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a locked account, even with the right password, and note it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._failed("locked_out", credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password."""
        self._failed("sign_in_failed", credentials)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Turn away whoever may not use the service today, with a sentence."""
        reason = reason_against(user, on=today(), moment=now())
        return turned_away(request, reason, user) if reason else None

    def login(self, request: HttpRequest, user: Any) -> None:
        """Note it, then open a session with a new key."""
        records = get_authentication_records(request, user)
        methods = [str(record["method"]) for record in records]
        way = _WAYS.get(methods[0], methods[0]) if methods else "demo"
        services.sign_in(how="+".join([way, *methods[1:]]), by=user)
        super().login(request, user)
        begin(request, way)
        if way == COUNCIL:
            vouching.begin(request, token_of(request))

    def logout(self, request: HttpRequest) -> None:
        """Note it, then end the session."""
        services.sign_out(by=cast(User, request.user))
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """Change a password."""
        services.change_password(user, password=password, by=user)

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """What changed in how somebody signs in is told by the trail."""
        if template_prefix in _TOLD:
            services.note_second_factor(_TOLD[template_prefix], by=user)
        if template_prefix == "mfa/email/totp_activated":
            self.request.session[IS_SET] = "just now"
        elif template_prefix == "mfa/email/totp_deactivated":
            self.request.session.pop(IS_SET, None)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever just signed in sets up their first authenticator app without the password again."""
        if app == "allauth.mfa" and is_first_set_up(self.request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong is said; "you have signed in" needs no saying."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the trail keeps too: headers of untrusted proxies are not believed."""
        return client_address(request) or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By account alone: another name of the same host buys no further attempts."""
        return str(credentials.get("email", "")).strip().lower()

    def _failed(self, what: str, credentials: dict[str, Any]) -> None:
        email = str(credentials.get("email", "")).strip()
        services.note_failure(what, User.objects.filter(email__iexact=email).first(), email)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The council's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """An account must be here already."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account: the one tied to this identity, else the one with the verified e-mail address."""
        if vouching.is_wanted() and not token_of(request):
            raise ImmediateHttpResponse(turned_away(request, "not_prolonged"))
        if sociallogin.is_existing:
            return
        address = sociallogin.email_addresses[0] if sociallogin.email_addresses else None
        if address is None or not address.verified:
            raise ImmediateHttpResponse(turned_away(request, "unverified"))
        person = User.objects.filter(email__iexact=address.email).first()
        if person is None:
            raise ImmediateHttpResponse(turned_away(request, "unknown"))
        if reason := reason_against(person, on=today(), moment=now()):
            raise ImmediateHttpResponse(turned_away(request, reason, person))
        if SocialAccount.objects.filter(user=person).exists():
            raise ImmediateHttpResponse(turned_away(request, "tied", person))
        services.tie_to_council(person, subject=sociallogin.account.uid, by=None)
        sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Note a token that is not genuine, or a conversation that broke off."""
        services.note_failure("sign_in_failed", None, client_address(request))


class SecondFactorAdapter(DefaultMFAAdapter):
    """The codes of an authenticator app."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is wrong or was used already. Wait for the next one and type it.",
    }

    def encrypt(self, text: str) -> str:
        """Keep the secret so that a copy of the database alone makes no codes."""
        return sealed("second factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; a new one, which no code fits, if the installation's key was renewed."""
        text = unsealed("second factor", encrypted_text)
        return generate_totp_secret() if text is None else text

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, as it stands inside a page."""
        drawing = super().build_totp_svg(url)
        return drawing[drawing.index("<svg") :]
