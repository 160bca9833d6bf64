"""What cannot wait? Twelve-week plans: deliverables drawn from the plan's actions, watched week by week."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

WEEKS = 12


class TwelveWeekPlan(models.Model):
    """Twelve weeks of what is most urgent. Nothing leaves the plan: each deliverable has its action."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    cause = models.TextField()  # what made it needed
    finding = models.ForeignKey(
        "inspections.Finding", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()  # a Monday
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    midpoint = models.TextField(blank=True)  # the summary of week 6
    midpoint_figures = models.JSONField(null=True, blank=True)  # frozen with it
    midpoint_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    learning = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first; what is closed says what was learnt."""

        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(learning=""), name="twelve_weeks_say_what_was_learnt"
            ),
        )

    def __str__(self) -> str:
        return f"12-week plan {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improvement:twelve_weeks", args=[self.number])

    @property
    def ends_on(self) -> date:
        """The Sunday of its last week."""
        return self.starts_on + timedelta(days=7 * WEEKS - 1)

    def week_of(self, day: date) -> int:
        """The week that holds a day: 1 to 12; 0: before it starts; 12 once it is over."""
        return max(0, min(WEEKS, (day - self.starts_on).days // 7 + 1))

    def week_ends_on(self, week: int) -> date:
        """The Sunday of a week."""
        return self.starts_on + timedelta(days=7 * week - 1)


class Deliverable(models.Model):
    """What will be there by the end of a week, for an action of the plan."""

    class Outcome(models.TextChoices):
        """What became of it at the close."""

        ACHIEVED = "achieved", "Achieved"
        CARRIED = "carried", "Carried to the next plan"
        DROPPED = "dropped", "Dropped"

    plan = models.ForeignKey(TwelveWeekPlan, on_delete=models.CASCADE, related_name="deliverables")
    place = models.PositiveIntegerField(default=0)
    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="deliverables")
    text = models.TextField()
    lead_post = models.CharField(max_length=120)
    week_due = models.PositiveSmallIntegerField()
    done_on = models.DateField(null=True, blank=True)
    evidence = models.OneToOneField(
        "improvement.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="deliverable"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_because = models.TextField(blank=True)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    class Meta:
        """By the week they are due."""

        ordering = ("plan", "week_due", "place", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(week_due__gte=1, week_due__lte=WEEKS), name="due_within_twelve_weeks"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.place}"


class KeyIndicator(models.Model):
    """An indicator that a twelve-week plan is to move: where it began, where it is to be in week 12."""

    plan = models.ForeignKey(TwelveWeekPlan, on_delete=models.CASCADE, related_name="key_indicators")
    ref = models.CharField(max_length=10)
    baseline = models.JSONField()  # the figure of week 0, frozen
    target = models.CharField(max_length=120)  # for week 12, in words
    cadence = models.CharField(max_length=40, default="monthly")  # how often it is worked out

    class Meta:
        """By reference; each once."""

        ordering = ("ref",)
        constraints = (models.UniqueConstraint(fields=("plan", "ref"), name="key_indicator_once"),)

    def __str__(self) -> str:
        return self.ref


class Checkpoint(models.Model):
    """Every second week: the figures as they stood, how the deliverables stood, and what was decided."""

    plan = models.ForeignKey(TwelveWeekPlan, on_delete=models.PROTECT, related_name="checkpoints")
    week = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    figures = models.JSONField()  # by reference, frozen
    deliverables = models.JSONField()  # how many were due, done, late
    decided = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In their order; one a week."""

        ordering = ("plan", "week")
        constraints = (models.UniqueConstraint(fields=("plan", "week"), name="checkpoint_once_a_week"),)

    def __str__(self) -> str:
        return f"{self.plan_id} week {self.week}"


class WeeklyNote(models.Model):
    """What the director of children's services wrote in a week."""

    plan = models.ForeignKey(TwelveWeekPlan, on_delete=models.PROTECT, related_name="weekly_notes")
    week = models.PositiveSmallIntegerField()
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The latest first."""

        ordering = ("-week", "-id")

    def __str__(self) -> str:
        return f"{self.plan_id} week {self.week}"


class FocusTime(models.Model):
    """Time that a team was given out of the office for one task of improvement, and what came of it."""

    plan = models.ForeignKey(
        TwelveWeekPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="focus_times"
    )
    action = models.ForeignKey("improvement.Action", on_delete=models.PROTECT, related_name="focus_times")
    team = models.CharField(max_length=120)
    on = models.DateField()
    task = models.TextField()
    result = models.TextField(blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.team} {self.on}"
