"""Django's name for the people app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, roles and units. The label `account` is the sign-in library's."""

    name = "goldenthread_web.accounts"
    label = "accounts"
