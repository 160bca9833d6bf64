"""Lists of children that were revealed, and those that were taken away as a file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Reveal(models.Model):
    """One person asked, with a reason, to see the children behind one figure, and may until it ends."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reveals")
    ref = models.CharField(max_length=10)
    part = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    team = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=40)  # a code of reasons.toml
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.ref} {self.starts_on} to {self.ends_on}"


class Export(models.Model):
    """A list asked for as a file. Above the limit somebody else approves before it can be taken."""

    class Kind(models.TextChoices):
        """What kind of file."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"

    reveal = models.ForeignKey(Reveal, on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=4, choices=Kind)
    filters = models.JSONField(default=dict)  # as on the page: the file holds the same rows
    rows = models.PositiveIntegerField()
    needs_second_person = models.BooleanField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest first; nobody approves their own."""

        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="export_two_people",
            ),
            models.CheckConstraint(
                condition=Q(needs_second_person=False) | Q(taken_at__isnull=True) | Q(is_approved=True),
                name="export_approved_before_taken",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.rows} rows"
