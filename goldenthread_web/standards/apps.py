"""Django's name for the app standards."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Practice standards."""

    name = "goldenthread_web.standards"
    label = "standards"
