"""What do reviewing officers and conference chairs challenge, how far does it go, and what comes of it?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Challenge(models.Model):
    """One challenge about one child, from the day it is raised until it is resolved."""

    ref = models.CharField(max_length=20, unique=True)  # R1, R2
    reference = models.CharField(max_length=40)  # the keyed reference of the child
    team = models.CharField(max_length=120)  # that answers, on the day it was raised
    worker_id = models.CharField(max_length=80, blank=True)
    raised_as = models.CharField(max_length=12)  # a code of rules.toml: raised_by
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    concern_type = models.CharField(max_length=20)  # a code of rules.toml
    theme = models.CharField(max_length=20)  # a code of rules.toml
    text = models.TextField()  # what is wrong; never in the trail
    wanted = models.TextField()  # what is asked for
    childs_view = models.TextField(blank=True)  # what the child says of it
    no_view_because = models.TextField(blank=True)  # why the child was not asked
    stage = models.CharField(max_length=12)  # a key of rules.toml: the highest it has reached
    stage_due_on = models.DateField()
    due_on = models.DateField()  # in all
    cafcass_on = models.DateField(null=True, blank=True)
    cafcass_because = models.TextField(blank=True)
    on_file_at = models.DateTimeField(null=True, blank=True)  # when it was said to be in the child's record
    on_file_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=12, blank=True)  # a code of rules.toml; blank: open
    outcome_text = models.TextField(blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; the child is heard, or it is said why not."""

        ordering = ("-raised_on", "-id")
        indexes = (
            models.Index(fields=("reference",), name="challenges_of_child"),
            models.Index(fields=("team", "resolved_on"), name="challenges_of_team"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(childs_view="") | ~Q(no_view_because=""), name="challenge_hears_the_child"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_text="", resolved_on=None)
                | (~Q(outcome="") & ~Q(outcome_text="") & Q(resolved_on__gte=F("raised_on"))),
                name="challenge_resolved_with_words",
            ),
            models.CheckConstraint(
                condition=Q(cafcass_on=None, cafcass_because="")
                | (Q(cafcass_on__isnull=False) & ~Q(cafcass_because="")),
                name="challenge_referred_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(on_file_at=None, on_file_by=None)
                | Q(on_file_at__isnull=False, on_file_by__isnull=False),
                name="challenge_on_file_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(stage_due_on__lte=F("due_on")), name="challenge_stage_within_the_whole"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """The page of this challenge."""
        return reverse("challenges:challenge", args=[self.ref])

    @property
    def is_open(self) -> bool:
        """Whether it has no outcome yet."""
        return self.resolved_on is None


class Step(models.Model):
    """A challenge enters a stage. Rows are added, never changed."""

    class Why(models.TextChoices):
        """What brought it there."""

        RAISED = "raised", "raised"
        ESCALATED = "escalated", "escalated by whoever raised it"
        CLOCK = "clock", "nobody had answered in time"

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=12)
    entered_on = models.DateField()
    due_on = models.DateField()
    why = models.CharField(max_length=10, choices=Why)
    reason = models.TextField(blank=True)  # of escalating, and of leaving a stage out
    left_out = models.CharField(max_length=40, blank=True)  # keys of stages that were left out: informal,1
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: the clock
    entered_at = models.DateTimeField()

    class Meta:
        """In the order of stages; each once."""

        ordering = ("entered_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("challenge", "stage"), name="challenge_once_in_a_stage"),
            models.CheckConstraint(
                condition=Q(left_out="") | ~Q(reason=""), name="stage_left_out_with_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.stage}"

    @property
    def stages_left_out(self) -> list[str]:
        """The keys of the stages that were left out."""
        return self.left_out.split(",") if self.left_out else []


class Answer(models.Model):
    """What a manager answered at a stage. Rows are added, never changed."""

    class Position(models.TextChoices):
        """Whether the manager agrees."""

        AGREED = "agreed", "I agree"
        PARTLY = "partly", "I agree in part"
        NOT_AGREED = "not_agreed", "I do not agree"

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="answers")
    stage = models.CharField(max_length=12)
    position = models.CharField(max_length=12, choices=Position)
    text = models.TextField()
    will_do = models.TextField(blank=True)  # what is done about it, by whom and by when
    answered_on = models.DateField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        """In the order of answering."""

        ordering = ("answered_on", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="challenge_answered_with_words"),)

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.stage} {self.position}"


class GoodPractice(models.Model):
    """Something done well for a child, noted by a reviewing officer or chair. Rows are added only."""

    reference = models.CharField(max_length=40)  # the keyed reference of the child
    team = models.CharField(max_length=120)
    worker_id = models.CharField(max_length=80, blank=True)
    theme = models.CharField(max_length=20)  # a code of rules.toml
    text = models.TextField()
    noted_on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-noted_on", "-id")
        indexes = (models.Index(fields=("reference",), name="good_practice_for_child"),)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="good_practice_with_words"),)

    def __str__(self) -> str:
        return f"{self.reference} {self.noted_on}"
