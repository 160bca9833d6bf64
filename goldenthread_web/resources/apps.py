"""Django's name for the app resources."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Investment and what came of it."""

    name = "goldenthread_web.resources"
    label = "resources"
