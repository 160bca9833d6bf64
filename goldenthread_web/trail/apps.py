"""Django's name for the trail."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The trail."""

    name = "goldenthread_web.trail"
    label = "trail"
