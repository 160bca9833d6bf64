"""Django's name for the app challenges."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """Challenges of reviewing officers and conference chairs."""

    name = "goldenthread_web.challenges"
    label = "challenges"
