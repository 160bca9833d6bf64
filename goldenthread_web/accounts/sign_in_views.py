"""How does somebody get in: by password, through the council, or, in the demonstration, by a button?"""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from goldenthread_web.accounts import demo
from goldenthread_web.accounts.council_sign_in import SCOPES, CouncilAdapter, nonce_of
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.ui.pages import open_page


class SignIn(LoginView):
    """allauth's page, with what this installation offers on it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A password, where there are accounts with passwords at all."""
        if not _has_passwords():
            raise Http404
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The other ways in."""
        return super().get_context_data(**kwargs) | {
            "demo_accounts": demo.accounts(),
            "council_sign_in": _council_name(),
            "has_local_accounts": _has_passwords(),
        }


def _has_passwords() -> bool:
    return settings.LOCAL_ACCOUNTS and not settings.DEMO


def _council_name() -> str:
    """What the council calls its sign-in; blank: it has none here."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return apps[0]["name"] if apps else ""


@open_page
@require_POST
def council_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the council's sign-in: only to sign in, with nothing taken from the address."""
    provider = _council(request).get_provider()
    state = secrets.token_urlsafe(32)
    try:
        return provider.redirect(
            request,
            process="login",
            scope=list(SCOPES),
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce_of(state)},
            state_id=state,
        )
    except RequestException:
        raise Refused("Your organisation's sign-in does not answer: try again in a few minutes.") from None


@open_page
@require_safe
def council_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the council's sign-in sent back."""
    return OAuth2CallbackView.adapter_view(_council(request))(request)


def _council(request: HttpRequest) -> CouncilAdapter:
    if not _council_name():
        raise Http404
    return CouncilAdapter(request, "council")


@open_page
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's accounts; there is no such address anywhere else."""
    person = demo.account(request.POST.get("account", ""))
    if person is None:
        raise Http404
    adapter = get_adapter()
    if refused := adapter.pre_login(request, person):
        return refused
    adapter.login(request, person)
    return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)


@open_page
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody broke off at the council's sign-in."""
    return redirect("account_login")


@open_page
def not_here(request: HttpRequest) -> HttpResponse:
    """An address that allauth names and that is no page here."""
    raise Http404
