"""Who reads a session though supervision is confidential? Whoever looks at the file for a case audit."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Opening(models.Model):
    """One session opened to one person for a case audit of supervision files, for a reason, until a day."""

    session = models.ForeignKey("supervision.Session", on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case_audit = models.CharField(max_length=20)  # its reference: A12
    reason = models.TextField()  # never in the trail
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest first; nobody opens one to themselves."""

        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="opening_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="opening_with_reason"),
            models.CheckConstraint(condition=~Q(person=F("opened_by")), name="opening_by_two_people"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
