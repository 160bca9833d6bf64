"""Would somebody else grade it the same? A second look by a person who has not seen the first grade."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread_web.accounts.models import User
from goldenthread_web.case_audits.models.doing import CaseAudit, Grade


class Moderation(models.Model):
    """One case audit looked at again. The blind grade is given before the first one is shown, and stays."""

    class Why(models.TextChoices):
        """Why this case audit is looked at again."""

        GRADE = "grade", "Every case audit with this grade is"
        DRAWN = "drawn", "It was drawn at random"
        ASKED = "asked", "Somebody asked for it"

    case_audit = models.OneToOneField(CaseAudit, on_delete=models.PROTECT, related_name="moderation")
    why = models.CharField(max_length=8, choices=Why)
    seed = models.CharField(max_length=40, blank=True)  # of the drawing, where it was drawn
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none: nobody was free to; whoever leads case audits names somebody
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none: the service itself
    assigned_at = models.DateTimeField()
    due_on = models.DateField()
    blind_grade = models.CharField(max_length=24, choices=Grade, blank=True)
    blind_text = models.TextField(blank=True)
    blind_at = models.DateTimeField(null=True, blank=True)
    final_grade = models.CharField(max_length=24, choices=Grade, blank=True)
    reason = models.TextField(blank=True)  # for a final grade that is not the first
    is_agreed = models.BooleanField(null=True)  # with the auditor
    settled_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is due first; blind before final."""

        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(final_grade="") | ~Q(blind_grade=""), name="moderation_blind_first"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_audit_id}"

    def is_blind_for(self, person: User) -> bool:
        """Whether the person is to give a second grade and has not: they see no first grade yet."""
        return self.moderator_id == person.pk and self.blind_at is None
