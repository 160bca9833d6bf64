"""Django's name for the app programme."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The aim, its themes and components, the bodies and what they decided."""

    name = "goldenthread_web.programme"
    label = "programme"
