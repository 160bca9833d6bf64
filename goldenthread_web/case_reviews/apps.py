"""Django's name for the app case_reviews."""

from django.apps import AppConfig


class CaseReviewsConfig(AppConfig):
    """Reviews of every case of a service."""

    name = "goldenthread_web.case_reviews"
    label = "case_reviews"
