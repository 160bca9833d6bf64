"""What does the council know of its own practice, and how does it know? Statements, in editions.

A statement is never reworded: looked at again, it gets a new edition in place of the one before, so that what
the council said on a day can be read for ever.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

_USER = settings.AUTH_USER_MODEL


class Statement(models.Model):
    """One edition of what the council says of itself in one area that inspectors judge."""

    class Sign(models.TextChoices):
        """Whether it is good."""

        STRENGTH = "strength", "Strength"
        WEAKNESS = "weakness", "Weakness"

    class Confidence(models.TextChoices):
        """How sure the council is of it."""

        HIGH = "high", "high"
        MEDIUM = "medium", "medium"
        LOW = "low", "low"

    framework = models.CharField(max_length=20)  # codes of inspections/frameworks.toml
    area = models.CharField(max_length=40)
    sign = models.CharField(max_length=10, choices=Sign)
    text = models.TextField()
    grade = models.CharField(max_length=40, blank=True)  # how the council judges itself there
    confidence = models.CharField(max_length=10, choices=Confidence)
    next_step = models.TextField(blank=True)
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    dated_on = models.DateField()
    written_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)  # the council no longer says it
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        """Weaknesses first, then as they were written; a weakness says what is done about it."""

        ordering = ("-sign", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(sign="strength") | Q(action__isnull=False) | ~Q(next_step=""),
                name="weakness_has_next_step",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, replaces__isnull=True) | Q(edition__gt=1, replaces__isnull=False),
                name="statement_follows_its_edition",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="statement_ends_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.area} statement {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("governance:statement", args=[self.pk])


class StatementEvidence(models.Model):
    """Why the council knows it: a figure, a finding, case audits, what people say, a paper. Frozen."""

    class Kind(models.TextChoices):
        """What it is."""

        FIGURE = "figure", "Figure of an indicator"
        CASE_AUDIT = "case_audit", "Case audits against a practice standard"
        FINDING = "finding", "Finding of an inspector"
        FEEDBACK = "feedback", "What children, families or staff say"
        DOCUMENT = "document", "Document"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Kind)
    about_on = models.DateField()
    text = models.TextField(blank=True)  # what it shows, in a sentence
    key = models.CharField(max_length=40, blank=True)  # of the indicator or the practice standard
    said = models.TextField(blank=True)  # what that said on the day, small numbers hidden
    finding = models.ForeignKey(
        "inspections.Finding", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    where = models.CharField(max_length=200, blank=True)  # where it is kept
    added_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        """The latest it is about first."""

        ordering = ("-about_on", "-id")
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.kind} {self.about_on:%Y-%m-%d}"
