"""Django's name for the app sampling."""

from django.apps import AppConfig


class SamplingConfig(AppConfig):
    """Samples of children."""

    name = "goldenthread_web.sampling"
    label = "sampling"
