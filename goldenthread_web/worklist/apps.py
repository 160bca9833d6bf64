"""Django's name for the app worklist."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """The app worklist."""

    name = "goldenthread_web.worklist"
    label = "worklist"
