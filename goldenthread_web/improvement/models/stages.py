"""How does the programme go on, stage by stage? Stages, what each is to reach, and the review at its end."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Stage(models.Model):
    """A stretch of the programme with what it is to reach."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    statement = models.TextField(blank=True)  # where the council stands at its end
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In their order."""

        ordering = ("number",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="stage_has_time"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class StageAim(models.Model):
    """One thing a stage is to reach, tied to what is done for it and to what will show it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        MET = "met", "Met"
        CARRIED = "carried", "Carried to the next stage"
        DROPPED = "dropped", "Dropped"

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="aims")
    place = models.PositiveIntegerField(default=0)
    text = models.TextField()
    progress = models.TextField(blank=True)  # progress and outcome, in words
    actions = models.ManyToManyField("improvement.Action", blank=True, related_name="stage_aims")
    ref = models.CharField(max_length=10, blank=True)  # an indicator that shows it
    target = models.CharField(max_length=120, blank=True)  # in words
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the plan."""

        ordering = ("stage", "place", "id")

    def __str__(self) -> str:
        return f"{self.stage_id}.{self.place}"


class GateReview(models.Model):
    """The review at the end of a stage: may the next begin, and what is carried into it?"""

    class Outcome(models.TextChoices):
        """What the body said."""

        PASSED = "passed", "Passed"
        WITH_AIMS_CARRIED = "with_aims_carried", "Passed, with aims carried on"
        NOT_PASSED = "not_passed", "Not passed"

    stage = models.OneToOneField(Stage, on_delete=models.PROTECT, related_name="gate")
    held_on = models.DateField()
    decision = models.ForeignKey("programme.Decision", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    because = models.TextField()
    carried = models.ManyToManyField(StageAim, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """By day."""

        ordering = ("held_on",)

    def __str__(self) -> str:
        return f"{self.stage_id} {self.outcome}"
