"""What was said in supervision? A session, what was decided about children, and what is kept meanwhile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Session(models.Model):
    """One session. It is written in a draft; completed, nothing of what it says is changed."""

    class Kind(models.TextChoices):
        """The codes of the code set supervision_kind."""

        ONE_TO_ONE = "one_to_one", "One to one"
        GROUP = "group", "In a group"
        OTHER = "other", "Otherwise"

    class State(models.TextChoices):
        """How far it is."""

        UNDER_WAY = "under_way", "under way"
        COMPLETED = "completed", "completed"
        DROPPED = "dropped", "did not take place"

    agreement = models.ForeignKey("supervision.Agreement", on_delete=models.PROTECT, related_name="sessions")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    held_on = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.UNDER_WAY)
    is_from_paper = models.BooleanField(default=False)  # held before supervision was recorded here
    next_on = models.DateField(null=True, blank=True)  # when they meet again
    # What was said; never in the trail
    wellbeing = models.TextField(blank=True)
    workload = models.TextField(blank=True)
    learning = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)  # when the worker said that it is right
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; one under way for a worker."""

        ordering = ("-held_on", "-id")
        indexes = (models.Index(fields=("agreement", "state", "held_on"), name="sessions_of_agreement"),)
        constraints = (
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state="under_way"), name="one_session_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False, completed_by__isnull=False)
                | (~Q(state="completed") & Q(completed_at__isnull=True, completed_by__isnull=True)),
                name="session_completed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"S{self.pk}"

    def get_absolute_url(self) -> str:
        """The record of this session."""
        return reverse("supervision:session", args=[self.pk])

    @property
    def is_completed(self) -> bool:
        """Whether it stands as it is."""
        return self.state == self.State.COMPLETED


class Discussion(models.Model):
    """What was decided about one child: to be copied to the child's record, which is the record."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="discussions")
    reference = models.CharField(max_length=40)  # the keyed reference of the child
    decision = models.CharField(max_length=20)  # a code of rules.toml: decisions
    direction = models.TextField()  # what the worker is to do and why; never in the trail
    copied_at = models.DateTimeField(null=True, blank=True)  # when somebody said it is in the child's record
    copied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """In the order of the record; each child once in a session."""

        ordering = ("id",)
        indexes = (models.Index(fields=("reference",), name="discussions_of_child"),)
        constraints = (
            models.UniqueConstraint(fields=("session", "reference"), name="child_once_in_a_session"),
            models.CheckConstraint(
                condition=Q(copied_at=None, copied_by=None)
                | Q(copied_at__isnull=False, copied_by__isnull=False),
                name="discussion_copied_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.reference}"


class Draft(models.Model):
    """What a supervisor has written and not completed: kept while they write, there when they come back."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="drafts")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)  # as posted
    kept_at = models.DateTimeField()

    class Meta:
        """One of each person and session."""

        constraints = (models.UniqueConstraint(fields=("session", "kept_by"), name="session_draft_once"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.kept_by_id}"
