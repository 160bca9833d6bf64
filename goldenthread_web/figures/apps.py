"""Django's name for the app figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The app figures."""

    name = "goldenthread_web.figures"
    label = "figures"
