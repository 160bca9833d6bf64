"""Django's name for the app practice_weeks."""

from django.apps import AppConfig


class PracticeWeeksConfig(AppConfig):
    """Practice Weeks."""

    name = "goldenthread_web.practice_weeks"
    label = "practice_weeks"
