"""Django's name for the app parameters."""

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    """Local parameters and targets."""

    name = "goldenthread_web.parameters"
    label = "parameters"
