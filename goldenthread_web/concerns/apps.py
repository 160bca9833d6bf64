"""Django's name for the app concerns."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Immediate concerns."""

    name = "goldenthread_web.concerns"
    label = "concerns"
