"""What people write on a worklist: management oversight, where the council records it here."""

from django.db import models

from goldenthread_web.accounts.models import User


class Oversight(models.Model):
    """One decision of a manager about a child: to be copied to the case record, which stays the record."""

    class Decision(models.TextChoices):
        """What the manager decided."""

        CONTINUE = "continue", "Carry on with the plan"
        CHANGE = "change", "Change the plan"
        STEP_UP = "step_up", "Step up"
        STEP_DOWN = "step_down", "Step down"
        CLOSE = "close", "Prepare to close"
        LEGAL = "legal", "Seek legal advice"
        OTHER = "other", "Something else"

    reference = models.CharField(max_length=40)  # the keyed reference of the child
    team = models.CharField(max_length=120)
    decided_on = models.DateField()
    decision = models.CharField(max_length=20, choices=Decision)
    direction = models.TextField()  # what the worker is to do; never in the trail
    next_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    copied_at = models.DateTimeField(null=True, blank=True)  # when somebody said it is in the case record

    class Meta:
        """The latest first."""

        ordering = ("-decided_on", "-id")
        indexes = (models.Index(fields=("reference", "-decided_on"), name="oversight_of_child"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(next_on__gt=models.F("decided_on")), name="oversight_next_after"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.decided_on}"
