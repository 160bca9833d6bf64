"""Has every case of a service been reviewed? An exercise over a cohort that was frozen on a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Exercise(models.Model):
    """The review of every case of a service. Its cases are those of its day, whatever happens later."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", "under way"
        CLOSED = "closed", "closed"

    ref = models.CharField(max_length=20, unique=True)  # R1, R2
    title = models.CharField(max_length=160)
    why = models.TextField()
    frozen_on = models.DateField()
    due_on = models.DateField()
    sample = models.OneToOneField("sampling.Sample", on_delete=models.PROTECT, related_name="+")  # every one
    form = models.JSONField()  # the questions and outcomes it began with
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    compared_on = models.DateField(null=True, blank=True)  # as on which day it was last seen who had left
    closed_on = models.DateField(null=True, blank=True)
    found = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; closed says when, and what was found."""

        ordering = ("-frozen_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_on__isnull=False) & ~Q(found="")),
                name="case_review_closed_with_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of its progress."""
        return reverse("case_reviews:exercise", args=[self.ref])

    @property
    def purpose(self) -> str:
        """Under which name its children are handed over."""
        return f"case_review.{self.ref}"


class Case(models.Model):
    """One child of an exercise: waiting, with somebody, reviewed, or gone before anybody looked."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="cases")
    child = models.ForeignKey("sampling.SampledChild", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_on = models.DateField(null=True, blank=True)
    answers = models.JSONField(default=dict)  # code of the question to code of the answer
    outcome = models.CharField(max_length=20, blank=True)  # a code of the exercise's form
    text = models.TextField(blank=True)  # why; never in the trail
    saved_at = models.DateTimeField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)  # no open case any more before anybody had looked
    concern = models.ForeignKey(
        "concerns.Concern", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the sample; reviewed says by whom and the outcome; who has left is not reviewed."""

        ordering = ("child__position",)
        indexes = (models.Index(fields=("reviewer", "reviewed_on"), name="case_reviews_of_reviewer"),)
        constraints = (
            models.UniqueConstraint(fields=("exercise", "child"), name="case_once_of_an_exercise"),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | (Q(reviewer__isnull=False) & ~Q(outcome="")),
                name="case_reviewed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | Q(left_on__isnull=True), name="case_reviewed_or_left"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | Q(handed_on__isnull=False), name="case_handed_on_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.exercise_id} {self.child_id}"
