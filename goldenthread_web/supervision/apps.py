"""Django's name for the app supervision."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision."""

    name = "goldenthread_web.supervision"
    label = "supervision"
