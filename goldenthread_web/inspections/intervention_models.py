"""What does the Secretary of State ask, how far has it gone, and who helps?"""

from django.conf import settings
from django.db import models


class Intervention(models.Model):
    """One notice or direction, from the day it was issued until it is lifted."""

    title = models.CharField(max_length=200)
    issued_on = models.DateField()
    reference = models.CharField(max_length=60, blank=True)
    adviser = models.CharField(max_length=120, blank=True)  # the post that reviews
    review_months = models.PositiveSmallIntegerField(default=6)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-issued_on",)

    def __str__(self) -> str:
        return self.title


class Rung(models.Model):
    """The rung of the ladder from a day on. The last one is where the council stands."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="rungs")
    code = models.CharField(max_length=20)  # of rules.toml
    since_on = models.DateField()
    because = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-since_on", "-id")

    def __str__(self) -> str:
        return f"{self.code} {self.since_on:%Y-%m-%d}"


class Condition(models.Model):
    """One condition of an intervention."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    post = models.CharField(max_length=120)  # who answers for it

    class Meta:
        """In the order of their numbers."""

        ordering = ("intervention", "number")
        constraints = (
            models.UniqueConstraint(fields=("intervention", "number"), name="condition_numbered_once"),
        )

    def __str__(self) -> str:
        return f"Condition {self.number}"


class ConditionState(models.Model):
    """How a condition stood on a day, and what shows it. The last one counts; earlier ones stay."""

    class State(models.TextChoices):
        """How far it is met."""

        OPEN = "open", "Not met yet"
        PARTLY = "partly", "Partly met"
        MET = "met", "Met"

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=State)
    on = models.DateField()
    evidence = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.condition_id} {self.state}"


class Review(models.Model):
    """One review with the Department for Education: planned, then held and what was said."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="reviews")
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    reviewer = models.CharField(max_length=120, blank=True)  # the post
    said = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)  # where it is written: a letter, a minute
    next_on = models.DateField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-planned_on",)
        constraints = (
            models.UniqueConstraint(fields=("intervention", "planned_on"), name="review_once_a_day"),
        )

    def __str__(self) -> str:
        return f"Review of {self.planned_on:%Y-%m-%d}"


class Engagement(models.Model):
    """A piece of help from another council: what about, how much, what was advised, what was done with it."""

    partner = models.CharField(max_length=120)  # the council
    area = models.CharField(max_length=40)  # a code of rules.toml
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    visits = models.PositiveSmallIntegerField(default=0)
    days = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    advice = models.TextField(blank=True)
    action_ref = models.CharField(max_length=40, blank=True)  # what the advice became: 2.3.1
    reported_on = models.DateField(null=True, blank=True)
    shared_with_dfe_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-starts_on", "partner")

    def __str__(self) -> str:
        return f"{self.partner} {self.area}"
