"""How do those who govern know? Members' development, visits to teams, work with schools and agencies."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Election(models.Model):
    """An election of councillors: whoever was elected since needs the induction."""

    held_on = models.DateField(unique=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-held_on",)

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}"


class MemberDevelopment(models.Model):
    """What a councillor took part in to understand children's services."""

    class Kind(models.TextChoices):
        """What it was."""

        SEMINAR = "seminar", "seminar for all members"
        VISIT = "visit", "visit to practice"
        MENTORING = "mentoring", "mentoring"
        INDUCTION = "induction", "induction"
        SPOTLIGHT = "spotlight", "spotlight session"
        BRIEFING = "briefing", "briefing"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    topic = models.CharField(max_length=40)  # a code of topics.toml
    held_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        """The latest first; once a day and topic."""

        ordering = ("-held_on", "post")
        constraints = (
            models.UniqueConstraint(fields=("post", "kind", "topic", "held_on"), name="development_once"),
        )

    def __str__(self) -> str:
        return f"{self.post} {self.topic} {self.held_on:%Y-%m-%d}"


class PlannedEvent(models.Model):
    """An event for councillors that was planned for a day, and the day it was held; none: it was not."""

    kind = models.CharField(max_length=12, choices=MemberDevelopment.Kind)
    topic = models.CharField(max_length=40)  # a code of topics.toml
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)  # who took part is logged for that day

    class Meta:
        """The latest first; once a day, kind and topic."""

        ordering = ("-planned_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("kind", "topic", "planned_on"), name="event_planned_once"),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.planned_on:%Y-%m-%d}"


class GovernanceVisit(models.Model):
    """Who of those who govern visited which team, what they found, and what followed."""

    visited_on = models.DateField()
    post = models.CharField(max_length=120)  # who visited
    team = models.CharField(max_length=120)
    focus = models.CharField(max_length=200, blank=True)
    findings = models.TextField()
    action = models.TextField(blank=True)  # what is to be done
    action_post = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        """The latest first; an action has who and by when."""

        ordering = ("-visited_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(action="") | (~Q(action_post="") & Q(due_on__isnull=False)),
                name="visit_action_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(outcome=""), name="visit_closed_with_outcome"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.visited_on:%Y-%m-%d}"


class PartnerEngagement(models.Model):
    """One thing done together with a school or an agency, and what came of it."""

    class Kind(models.TextChoices):
        """What sort of partner."""

        SCHOOL = "school", "school"
        HEALTH = "health", "health"
        POLICE = "police", "police"
        VOLUNTARY = "voluntary", "voluntary sector"
        OTHER = "other", "other"

    agency = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    held_on = models.DateField()
    about = models.TextField()
    outcome = models.TextField(blank=True)
    post = models.CharField(max_length=120)  # who of ours
    next_on = models.DateField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.agency} {self.held_on:%Y-%m-%d}"
