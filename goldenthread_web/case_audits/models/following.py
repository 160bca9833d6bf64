"""What comes of a case audit? Actions, and learning that goes into the plan, training or the standards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CaseAuditAction(models.Model):
    """What somebody is to do after a case audit: for the child, with the worker, or to the system."""

    class Kind(models.TextChoices):
        """For whom it is."""

        CHILD = "child", "For the child"
        WORKER = "worker", "With the worker"
        SYSTEM = "system", "To how we work"

    case_audit = models.ForeignKey("case_audits.CaseAudit", on_delete=models.PROTECT, related_name="actions")
    ref = models.CharField(max_length=24, unique=True)  # A1.1
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    owner = models.CharField(max_length=120)  # the post
    team = models.CharField(max_length=120, blank=True)
    set_on = models.DateField()
    due_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)  # what came of it
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    plan_action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the action of the improvement plan that it became part of
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What is due first."""

        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("set_on")), name="case_audit_action_in_order"),
        )

    def __str__(self) -> str:
        return self.ref


class Learning(models.Model):
    """A theme of learning that case audits are coded with."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    domain = models.CharField(max_length=40)  # a code of standards/domains.toml
    is_strength = models.BooleanField(default=False)

    class Meta:
        """By title."""

        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Themed(models.Model):
    """A case audit coded with a theme of learning."""

    case_audit = models.ForeignKey("case_audits.CaseAudit", on_delete=models.CASCADE, related_name="themed")
    learning = models.ForeignKey(Learning, on_delete=models.PROTECT, related_name="themed")

    class Meta:
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("case_audit", "learning"), name="themed_once"),)

    def __str__(self) -> str:
        return f"{self.case_audit_id} {self.learning_id}"


class LearningOutcome(models.Model):
    """What was done about a theme of learning: an action of the plan, training, or another standard."""

    class Kind(models.TextChoices):
        """What it became."""

        PLAN_ACTION = "plan_action", "Action of the improvement plan"
        TRAINING = "training", "Training"
        STANDARD = "standard", "Practice standard"
        NONE = "none", "Nothing, and why"

    learning = models.ForeignKey(Learning, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=12, choices=Kind)
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    standard = models.ForeignKey(
        "standards.Standard", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-decided_on", "-id")

    def __str__(self) -> str:
        return f"{self.learning_id} {self.kind}"
