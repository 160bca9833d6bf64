"""Django's name for the app governance."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Meetings, packs, minutes, asks."""

    name = "goldenthread_web.governance"
    label = "governance"
