"""What was a worker told to do first when a child was handed to them?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Direction(models.Model):
    """The direction a manager gave at an allocation. Rows are added, never changed: the latest counts."""

    allocation = models.CharField(max_length=80)  # its key in the extract
    reference = models.CharField(max_length=40)  # the keyed reference of the child
    team = models.CharField(max_length=120)
    worker_id = models.CharField(max_length=80)
    allocated_on = models.DateField()
    given_on = models.DateField()
    first = models.TextField()  # what the worker is to do first, and why; never in the trail
    first_by_on = models.DateField()
    first_visit_by_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-given_on", "-id")
        indexes = (
            models.Index(fields=("allocation",), name="directions_of_allocation"),
            models.Index(fields=("reference",), name="directions_of_child"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(first=""), name="direction_with_words"),
            models.CheckConstraint(
                condition=Q(first_by_on__gte=F("given_on"), first_visit_by_on__gte=F("allocated_on")),
                name="direction_looks_ahead",
            ),
        )

    def __str__(self) -> str:
        return f"{self.allocation} {self.given_on}"
