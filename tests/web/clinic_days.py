"""Clinics for tests: the small council of the morning, and the clinic of a week of one of its teams."""

from datetime import date

from goldenthread_web.clinics.jobs import prepare_week
from goldenthread_web.clinics.models import Clinic
from goldenthread_web.config.clock import today

MONDAY = date(2018, 1, 1)


def a_clinic(team="FSP 1", *, monday=MONDAY, on=None):
    """The clinic of that week, read as on today: with the lists of the council that was loaded."""
    prepare_week(monday, on=on or today(), by=None)
    return Clinic.objects.get(team=team, monday=monday)
