"""Django's name for the app behind."""

from django.apps import AppConfig


class BehindConfig(AppConfig):
    """The children behind a figure."""

    name = "goldenthread_web.behind"
    label = "behind"
