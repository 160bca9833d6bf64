"""How does somebody get in: by password, through the council, or, in the demonstration, by a button?"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from goldenthread_web.accounts import demo
from goldenthread_web.ui.pages import open_page


class SignIn(LoginView):
    """allauth's page, with what this installation offers on it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The other ways in."""
        return super().get_context_data(**kwargs) | {
            "demo_accounts": demo.accounts(),
            "council_sign_in": settings.INSTALLATION.openid_connect,
            "has_local_accounts": settings.LOCAL_ACCOUNTS and not settings.DEMO,
        }


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
