"""Whose is a link to set a password, and is it still good? It works once and for three days."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from goldenthread_web.accounts.models import User


class _Tokens(PasswordResetTokenGenerator):
    """Tokens that are used up by a new password, and by a closed account."""

    key_salt = "goldenthread.invitation"

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


_TOKENS = _Tokens()


def path_for(person: User) -> str:
    """The address of the page where the person sets their password."""
    return reverse("accounts:set_password", args=[person.pk, _TOKENS.make_token(person)])


def invited(number: int, token: str) -> User | None:
    """Whose link it is; None if it was used, is too old or was never made."""
    person = User.objects.filter(pk=number, is_active=True).first()
    return person if person is not None and _TOKENS.check_token(person, token) else None
