"""What is somebody to do after supervision, and what became of it?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Action(models.Model):
    """What was agreed in a session, until a later session says what became of it."""

    class Owner(models.TextChoices):
        """Who does it."""

        SUPERVISEE = "supervisee", "The worker"
        SUPERVISOR = "supervisor", "The supervisor"
        MANAGER = "manager", "The supervisor’s manager"

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open", "open"
        DONE = "done", "done"
        SUPERSEDED = "superseded", "replaced by another"
        STOPPED = "stopped", "no longer needed"

    session = models.ForeignKey("supervision.Session", on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()  # within the session
    kind = models.CharField(max_length=20)  # a code of rules.toml: action_kinds
    reference = models.CharField(max_length=40, blank=True)  # keyed, of the child; blank: about no child
    text = models.TextField()  # never in the trail
    owner = models.CharField(max_length=12, choices=Owner)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    done_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)  # replaced, or no longer needed
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What is due first."""

        ordering = ("due_on", "id")
        indexes = (models.Index(fields=("reference",), name="supervision_actions_of_child"),)
        constraints = (
            models.UniqueConstraint(fields=("session", "number"), name="action_once_in_a_session"),
            models.CheckConstraint(
                condition=Q(state="open", done_on=None, closed_on=None)
                | Q(state="done", done_on__isnull=False, closed_on=None)
                | Q(state__in=("superseded", "stopped"), done_on=None, closed_on__isnull=False),
                name="action_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | Q(state="superseded"), name="action_replaced_if_superseded"
            ),
            models.CheckConstraint(condition=~Q(superseded_by=F("id")), name="action_not_by_itself"),
            models.CheckConstraint(condition=~Q(kind="child") | ~Q(reference=""), name="action_for_a_child"),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """S12.3: the third of session 12."""
        return f"S{self.session_id}.{self.number}"


class Review(models.Model):
    """What a later session said of an action. Rows are added, never changed."""

    class Outcome(models.TextChoices):
        """What became of it."""

        DONE = "done", "Done"
        NOT_DONE = "not_done", "Not done: it is carried on"
        SUPERSEDED = "superseded", "Replaced by another action"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reviews")
    session = models.ForeignKey("supervision.Session", on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField(blank=True)  # why it is not done; never in the trail
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order of sessions; one of each; not done means why."""

        ordering = ("session__held_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("action", "session"), name="action_reviewed_once_in_a_session"),
            models.CheckConstraint(
                condition=~Q(outcome="not_done") | ~Q(reason=""), name="not_done_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.session_id} {self.outcome}"


class CarriedAnswer(models.Model):
    """What the supervisor's manager said of an action carried again and again. Rows are added only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20)  # a code of rules.toml: answers
    text = models.TextField()  # never in the trail
    by_on = models.DateField(null=True, blank=True)  # by which other day it is done; the due day stays
    answered_on = models.DateField()
    carried = models.PositiveSmallIntegerField()  # how often it had been carried by then
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-answered_on", "-id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="carried_answer_with_words"),)

    def __str__(self) -> str:
        return f"{self.action_id} {self.answer}"
