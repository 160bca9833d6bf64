"""Django's name for the app dip_samples."""

from django.apps import AppConfig


class DipSamplesConfig(AppConfig):
    """Dip samples."""

    name = "goldenthread_web.dip_samples"
    label = "dip_samples"
