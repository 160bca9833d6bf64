"""Django's name for the app inspections."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections, visits, letters and findings."""

    name = "goldenthread_web.inspections"
    label = "inspections"
