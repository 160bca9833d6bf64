"""Is the council ready for a visit, and what did inspectors get?"""

from django.conf import settings
from django.db import models


class ReadinessItem(models.Model):
    """One thing to be ready before a visit: by whom, by when, since when it is."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="readiness_items")
    text = models.CharField(max_length=300)
    post = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By the day they are due."""

        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.text


class Interview(models.Model):
    """One talk of inspectors with somebody: whom by post, when, where."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="interviews")
    with_whom = models.CharField(max_length=200)  # posts or a group
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    place = models.CharField(max_length=120, blank=True)
    inspector = models.CharField(max_length=120, blank=True)  # the post
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        """In the order of the day."""

        ordering = ("starts_at", "id")

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.with_whom}"


class EvidenceItem(models.Model):
    """One item of the evidence pack of a visit: what it is and where it lies. Never a child's id."""

    visit = models.ForeignKey("inspections.Visit", on_delete=models.PROTECT, related_name="evidence_items")
    evidence_class = models.CharField(max_length=20)  # a code of rules.toml
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=200)  # the folder, the system, the page
    reference = models.CharField(max_length=60, blank=True)
    dated_on = models.DateField(null=True, blank=True)  # the day it is about
    post = models.CharField(max_length=120)  # who provides it
    is_ready = models.BooleanField(default=False)
    withdrawn_because = models.CharField(max_length=200, blank=True)  # taken out before it was handed over
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By class, then as they were added."""

        ordering = ("evidence_class", "id")

    def __str__(self) -> str:
        return self.what


class HandOver(models.Model):
    """One item given to inspectors: to whom, when, by whom, how. The database keeps it as it is."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="hand_overs")
    to = models.CharField(max_length=120)  # the post
    handed_at = models.DateTimeField()
    channel = models.CharField(max_length=20)  # a code of rules.toml
    handed_by = models.CharField(max_length=120)  # the post
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-handed_at", "-id")

    def __str__(self) -> str:
        return f"{self.item_id} {self.handed_at:%Y-%m-%d %H:%M}"
