"""Django's name for the app voice."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Feedback and surveys."""

    name = "goldenthread_web.voice"
    label = "voice"
