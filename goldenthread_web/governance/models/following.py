"""What must come back to a body: actions, safeguarding actions, asks; and what was challenged."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldenthread_web.governance.models.meeting import AgendaItem, Meeting


class MeetingAction(models.Model):
    """What somebody is to do after a meeting. It is carried to the next one until it is closed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    body = models.ForeignKey("programme.Body", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    text = models.TextField()
    post = models.CharField(max_length=120)
    agency = models.CharField(max_length=120, blank=True)  # blank: the council itself
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)  # what came of it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The first due first; none is closed without saying what came of it."""

        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="action_closed_with_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body} action {self.pk}"


class SafeguardingAction(models.Model):
    """What an operational body follows at every meeting until it closes it there.

    The database refuses to delete one, to reword it, to hand it to another body, to close it without a
    review at a meeting of its body, and to minute a meeting at which an open one got no outcome.
    """

    body = models.ForeignKey("programme.Body", on_delete=models.PROTECT, related_name="+")
    opened_at = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="safeguarding_opened")
    opened_on = models.DateField()  # the day of that meeting
    text = models.TextField()
    post = models.CharField(max_length=120)
    due_on = models.DateField()
    closed_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="safeguarding_closed"
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        """The oldest first; closed at a meeting and on its day, or not at all."""

        ordering = ("opened_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_on__isnull=True)
                | Q(closed_at__isnull=False, closed_on__isnull=False),
                name="safeguarding_closed_at_a_meeting",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="safeguarding_says_what"),
        )

    def __str__(self) -> str:
        return f"{self.body} safeguarding action {self.pk}"


class SafeguardingReview(models.Model):
    """What a meeting made of a safeguarding action: it stays open, or it is closed, and why."""

    class Result(models.TextChoices):
        """What follows."""

        STAYS_OPEN = "open", "stays open"
        CLOSED = "closed", "closed"

    action = models.ForeignKey(SafeguardingAction, on_delete=models.PROTECT, related_name="reviews")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="safeguarding_reviews")
    result = models.CharField(max_length=10, choices=Result)
    text = models.TextField()  # what the meeting heard
    evidence = models.CharField(max_length=200, blank=True)  # on which it was closed

    class Meta:
        """One outcome per meeting; closed on evidence only."""

        ordering = ("meeting__starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("action", "meeting"), name="one_review_a_meeting"),
            models.CheckConstraint(condition=~Q(text=""), name="review_says_what"),
            models.CheckConstraint(
                condition=Q(result="open") | ~Q(evidence=""), name="safeguarding_closed_on_evidence"
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.result}"


class Challenge(models.Model):
    """Who doubted what at a meeting, what the answer was, and what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="challenges")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    post = models.CharField(max_length=120)  # who challenged
    agency = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    outcome = models.TextField(blank=True)  # what changed because of it
    evidence = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-meeting__starts_at", "-id")

    def __str__(self) -> str:
        return f"{self.meeting} challenge {self.pk}"


class Ask(models.Model):
    """What a body asked to be told. It prints first in every pack of the body until it is answered."""

    class State(models.TextChoices):
        """Where it stands."""

        UNANSWERED = "unanswered", "unanswered"
        ANSWERED = "answered", "answered, to be accepted"
        ACCEPTED = "accepted", "answer accepted"

    body = models.ForeignKey("programme.Body", on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="asks"
    )  # at which it was asked
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="asks")
    text = models.TextField()
    post = models.CharField(max_length=120)  # who asked
    asked_by = models.ForeignKey(  # the account, where they asked with their own
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_post = models.CharField(max_length=120)  # who is to answer
    asked_on = models.DateField()
    due_on = models.DateField()  # the day of the meeting at which the answer is due
    due_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="asks_due"
    )
    state = models.CharField(max_length=12, choices=State, default=State.UNANSWERED)

    class Meta:
        """The first due first."""

        ordering = ("due_on", "id")
        indexes = (models.Index(fields=("body", "state", "due_on"), name="asks_of_a_body"),)

    def __str__(self) -> str:
        return f"{self.body} ask {self.pk}"


class AskAnswer(models.Model):
    """One answer to an ask. One that was not accepted stays on record, and the ask is open again."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    evidence = models.CharField(max_length=200, blank=True)  # where it can be checked: an indicator, a paper
    report = models.CharField(max_length=200, blank=True)  # the report that answers, by its reference
    post = models.CharField(max_length=120)  # who answered
    answered_on = models.DateField()
    is_accepted = models.BooleanField(null=True)  # none: whoever asked has not said
    judged_on = models.DateField(null=True, blank=True)
    judged_post = models.CharField(max_length=120, blank=True)
    judged_because = models.TextField(blank=True)

    class Meta:
        """The latest first; an answer is sent back with a reason."""

        ordering = ("-answered_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True, judged_on__isnull=True)
                | (Q(is_accepted__isnull=False, judged_on__isnull=False) & ~Q(judged_post="")),
                name="answer_judged_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True) | Q(is_accepted=True) | ~Q(judged_because=""),
                name="answer_sent_back_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ask_id} {self.answered_on:%Y-%m-%d}"
