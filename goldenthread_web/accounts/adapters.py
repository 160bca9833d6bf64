"""Who is let in at sign-in? People with an account here; nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The council's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """An account must be here already."""
        return False
