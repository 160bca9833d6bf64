"""What day and time is it, for the service? The only clock; a demonstration has a day of its own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, in UTC. Always the real one: the trail tells when things happened."""
    return timezone.now()


def today() -> date:
    """Today in England, which is what due dates are counted from."""
    return settings.INSTALLATION.today or now().astimezone(LONDON).date()


def london(moment: datetime) -> datetime:
    """A moment as clocks in England show it."""
    return moment.astimezone(LONDON)


def days_ago(days: int) -> datetime:
    """The moment so many days before now."""
    return now() - timedelta(days=days)
