"""How is the plan kept up month by month? Cycles, owners' updates, challenge, notes, next steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Cycle(models.Model):
    """One month of keeping the plan: owners report, it is frozen, it is challenged, a board reads it."""

    name = models.CharField(max_length=60, unique=True)  # December 2017
    opened_on = models.DateField()
    updates_due_on = models.DateField()
    freeze_on = models.DateField()
    challenge_on = models.DateField()
    board_on = models.DateField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_on = models.DateField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    snapshot = models.JSONField(null=True, blank=True)  # by reference: the status of every action

    class Meta:
        """The latest first; its days follow one another."""

        ordering = ("-opened_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(updates_due_on__gte=F("opened_on"))
                & Q(freeze_on__gte=F("updates_due_on"))
                & Q(challenge_on__gte=F("freeze_on"))
                & Q(board_on__gte=F("challenge_on")),
                name="cycle_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improvement:cycle", args=[self.pk])


class ProgressNote(models.Model):
    """What somebody wrote on an action on a day. Nothing changes or removes it afterwards."""

    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="notes")
    on = models.DateField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.action_id} {self.on}"


class Update(models.Model):
    """What the owner of an action reported in a cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="updates")
    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="updates")
    note = models.OneToOneField(ProgressNote, on_delete=models.PROTECT, related_name="update")
    forecast_on = models.DateField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One a cycle."""

        ordering = ("action", "id")
        constraints = (models.UniqueConstraint(fields=("cycle", "action"), name="update_once_a_cycle"),)

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.action_id}"


class Challenge(models.Model):
    """A question put to an action in a cycle, and its answer."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="challenges")
    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="challenges")
    question = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        """In the order in which they were asked."""

        ordering = ("asked_on", "id")

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.action_id}"


class NextStep(models.Model):
    """A priority of the next months; later it is said what became of it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        DONE = "done", "Done"
        CARRIED = "carried", "Carried on"
        DROPPED = "dropped", "Dropped"

    theme = models.ForeignKey("programme.Theme", on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="next_steps"
    )
    text = models.TextField()
    set_on = models.DateField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # blank: still ahead
    outcome_said = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True)

    class Meta:
        """By theme and day."""

        ordering = ("theme__number", "due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(outcome_said=""), name="next_step_says_what_happened"
            ),
        )

    def __str__(self) -> str:
        return f"{self.theme_id} {self.due_on}"
