"""What became of each finding? Nothing an inspector wrote may be dropped without a word."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Disposition(models.Model):
    """What the council does about one finding: an action there was, a new one, or none, for a reason."""

    class Kind(models.TextChoices):
        """What is done."""

        EXISTING_ACTION = "existing_action", "An action of the plan answers it"
        NEW_ACTION = "new_action", "A new action answers it"
        NO_ACTION = "no_action", "No action, for a reason"

    finding = models.OneToOneField("inspections.Finding", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="dispositions"
    )
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_on = models.DateField()  # the day in the service's calendar

    class Meta:
        """The latest first; with an action, or with a reason."""

        ordering = ("-decided_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=(~Q(kind="no_action") & Q(action__isnull=False))
                | (Q(kind="no_action", action__isnull=True) & ~Q(reason="")),
                name="disposition_with_action_or_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind}"


class DispositionStep(models.Model):
    """What was once said about a finding, also what another word has replaced since. Rows are only added."""

    finding = models.ForeignKey("inspections.Finding", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Disposition.Kind)
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_on = models.DateField()

    class Meta:
        """The latest first."""

        ordering = ("-decided_at", "-id")

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind} {self.decided_on}"
