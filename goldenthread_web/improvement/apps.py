"""Django's name for the app improvement."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """The improvement plan: objectives, actions, milestones, evidence."""

    name = "goldenthread_web.improvement"
    label = "improvement"
