"""What is written on a worklist: oversight, where it is recorded here, and the sheet of each Monday."""

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


class WeeklySnapshot(models.Model):
    """What was due and overdue on a Monday, as read that day. Its rows of children are kept as files."""

    monday = models.DateField(unique=True)
    load_folder = models.CharField(max_length=60)
    load_hash = models.CharField(max_length=64)
    as_at_on = models.DateField()
    taken_at = models.DateTimeField()
    rows_hash = models.CharField(max_length=64)  # of the file with the rows
    rows_deleted_at = models.DateTimeField(null=True, blank=True)
    digest_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-monday",)

    def __str__(self) -> str:
        return f"{self.monday}"


class WeeklyLine(models.Model):
    """The numbers of one duty in one team; a blank team is all teams, a blank item all duties."""

    snapshot = models.ForeignKey(WeeklySnapshot, on_delete=models.CASCADE, related_name="lines")
    team = models.CharField(max_length=120, blank=True)
    item = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=120, blank=True)
    open = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    soon = models.PositiveIntegerField()  # due in the next 10 working days
    children = models.PositiveIntegerField()  # with something overdue

    class Meta:
        """Each number once."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("snapshot", "team", "item"), name="weekly_line_once"),
            models.CheckConstraint(condition=models.Q(overdue__lte=models.F("open")), name="weekly_of_open"),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.item}"
