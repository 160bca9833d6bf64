"""Changes of local parameters: dated, owned, and decided by two people where a figure was published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ParameterChange(models.Model):
    """One parameter changed from one value to another. Nothing is overwritten; the latest approved counts."""

    name = models.CharField(max_length=60)  # of a parameter; timeliness_basis:REF for one indicator's basis
    before = models.JSONField(null=True)
    value = models.JSONField(null=True)
    because = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    needs_second_person = models.BooleanField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)  # none: not yet decided

    class Meta:
        """The newest first; nobody decides alone on what was published."""

        ordering = ("-proposed_at", "-id")
        indexes = (models.Index(fields=("name", "-proposed_at"), name="changes_of_parameter"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(needs_second_person=False)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="parameter_two_people",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(is_approved__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="parameter_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.proposed_at:%Y-%m-%d}"
