"""Django's name for the app case_audits."""

from django.apps import AppConfig


class CaseAuditsConfig(AppConfig):
    """Case audits."""

    name = "goldenthread_web.case_audits"
    label = "case_audits"
