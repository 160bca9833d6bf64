"""What shows that an action is done, and that it helps children? Evidence, and the award of embedded."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Evidence(models.Model):
    """One piece of evidence: what it is about and when it came are two days, and it goes stale."""

    class Kind(models.TextChoices):
        """What it is."""

        INDICATOR = "indicator", "Figure of an indicator"
        CASE_AUDIT = "case_audit", "Case audit or dip sample"
        INSPECTOR = "inspector", "Inspector’s words"
        FEEDBACK = "feedback", "Words of children, families or staff"
        DOCUMENT = "document", "Document"
        DELIVERABLE = "deliverable", "Result of a twelve-week plan"

    class Result(models.TextChoices):
        """What it says of the practice it looked at."""

        FOR = "for", "Shows that it works"
        MIXED = "mixed", "Mixed"
        AGAINST = "against", "Shows that it does not"

    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()  # what it shows, in a sentence
    result = models.CharField(max_length=10, choices=Result)
    about_on = models.DateField()
    received_on = models.DateField()
    expires_on = models.DateField()
    ref = models.CharField(max_length=10, blank=True)  # of an indicator
    figure = models.JSONField(null=True, blank=True)  # as it was said that day, frozen
    finding = models.ForeignKey(
        "inspections.Finding", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    where = models.CharField(max_length=200, blank=True)  # where a document is kept
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest it is about first; nobody verifies what they added."""

        ordering = ("-about_on", "-id")
        verbose_name_plural = "evidence"
        constraints = (
            models.CheckConstraint(
                condition=Q(received_on__gte=F("about_on")), name="evidence_comes_after_its_day"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("about_on")), name="evidence_expires_after_its_day"
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("added_by")),
                name="evidence_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.about_on}"


class Embedding(models.Model):
    """An action said to be embedded, until it is tested again or falls back by itself."""

    class Reverted(models.TextChoices):
        """Why it fell back."""

        INDICATOR = "indicator", "An indicator left its tolerance for two periods"
        CASE_AUDIT = "case_audit", "A case audit after the award failed"
        EXPIRED = "expired", "The evidence it rested on has expired"

    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="embeddings")
    awarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    awarded_at = models.DateTimeField()
    awarded_on = models.DateField()
    retest_on = models.DateField()
    evidence = models.ManyToManyField(Evidence, related_name="+")
    reverted_at = models.DateTimeField(null=True, blank=True)
    reverted_on = models.DateField(null=True, blank=True)
    reverted_why = models.CharField(max_length=20, choices=Reverted, blank=True)
    reverted_because = models.TextField(blank=True)  # the sentence

    class Meta:
        """The latest first; one at a time."""

        ordering = ("-awarded_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("action",), condition=Q(reverted_at__isnull=True), name="embedded_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(retest_on__gt=F("awarded_on")), name="embedded_is_tested_again"
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.awarded_on}"
