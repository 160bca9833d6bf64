"""Django's name for the app reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports to Cabinet, boards, scrutiny and the public."""

    name = "goldenthread_web.reports"
    label = "reports"
