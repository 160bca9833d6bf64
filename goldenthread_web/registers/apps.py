"""Django's name for the app registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Small registers."""

    name = "goldenthread_web.registers"
    label = "registers"
