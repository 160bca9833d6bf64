"""What must be ready by which day around the day an inspection is announced? The days are working days."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from goldenthread.calendar import add_working_days

_USER = settings.AUTH_USER_MODEL


class Countdown(models.Model):
    """The days around day 0 of an inspection that came, that is expected, or that is rehearsed."""

    class Kind(models.TextChoices):
        """What day 0 is."""

        EXPECTED = "expected", "expected"
        REHEARSAL = "rehearsal", "a rehearsal"
        ANNOUNCED = "announced", "announced"

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    day_zero_on = models.DateField()
    opened_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    learned = models.TextField(blank=True)  # what the next one takes from it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest day 0 first."""

        ordering = ("-day_zero_on", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("governance:countdown", args=[self.pk])


class CountdownItem(models.Model):
    """One thing to be ready: so many working days before or after day 0, by which post, since when."""

    countdown = models.ForeignKey(Countdown, on_delete=models.PROTECT, related_name="items")
    working_day = models.SmallIntegerField()  # 0 is the day of the call, -10 two weeks before it
    text = models.CharField(max_length=300)
    post = models.CharField(max_length=120)
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of their days."""

        ordering = ("working_day", "id")

    def __str__(self) -> str:
        return self.text

    @property
    def due_on(self) -> date:
        """The day by which it is to be ready: it moves with day 0."""
        return add_working_days(self.countdown.day_zero_on, self.working_day)
