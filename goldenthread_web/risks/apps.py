"""Django's name for the app risks."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """The risk register."""

    name = "goldenthread_web.risks"
    label = "risks"
