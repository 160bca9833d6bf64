"""Django's name for the app clinics."""

from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    """Performance clinics."""

    name = "goldenthread_web.clinics"
    label = "clinics"
