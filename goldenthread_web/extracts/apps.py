"""Django's name for the app extracts."""

from django.apps import AppConfig


class ExtractsConfig(AppConfig):
    """The app extracts."""

    name = "goldenthread_web.extracts"
    label = "extracts"
