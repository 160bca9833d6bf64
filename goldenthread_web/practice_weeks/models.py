"""What do leaders see when they sit with the frontline? Who does what, what they saw, and what followed.

No child is named anywhere in a Practice Week. Reports are added, never changed: the database refuses it.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from goldenthread.calendar import add_working_days
from goldenthread_web.practice_weeks.wording import REPORT_WORKING_DAYS, Access, Activity, activities


class PracticeWeek(models.Model):
    """Some days in which leaders see practice, under one theme."""

    ref = models.CharField(max_length=10, unique=True)  # W1
    theme = models.CharField(max_length=200)
    purpose = models.TextField()
    plan = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="practice_week_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.theme}"

    def get_absolute_url(self) -> str:
        """The page of this week."""
        return reverse("practice_weeks:week", args=[self.ref])

    @property
    def report_due_on(self) -> date:
        """The day by which its report is to be written."""
        return add_working_days(self.ends_on, REPORT_WORKING_DAYS)


class RosterEntry(models.Model):
    """One leader, with one team, at one activity, for half a day."""

    class Half(models.TextChoices):
        """Which part of the day."""

        MORNING = "morning", "Morning"
        AFTERNOON = "afternoon", "Afternoon"

    week = models.ForeignKey(PracticeWeek, on_delete=models.PROTECT, related_name="roster")
    number = models.PositiveIntegerField()  # within the week
    on = models.DateField()
    half = models.CharField(max_length=10, choices=Half)
    activity = models.CharField(max_length=40)  # a code of activities.toml
    # What it opens, as it was when it was rostered: queries ask the database for it.
    access = models.CharField(max_length=20)
    team = models.CharField(max_length=120, blank=True)  # blank: no one team
    post = models.CharField(max_length=120)  # the leader's
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the leader's account, where they have one
    with_whom = models.CharField(max_length=120, blank=True)  # the post that receives the leader
    consent_on = models.DateField(null=True, blank=True)  # the family said yes
    consent_taken_by = models.CharField(max_length=120, blank=True)  # the post that asked them
    worker_present = models.CharField(max_length=120, blank=True)  # the post of the worker who is there
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the days. What opens a record has an account, whose role can be asked."""

        ordering = ("on", "-half", "number")
        constraints = (
            models.UniqueConstraint(fields=("week", "number"), name="roster_entry_numbered_once"),
            models.CheckConstraint(
                condition=~Q(access="case_record") | Q(person__isnull=False),
                name="record_opened_by_account",
            ),
            models.CheckConstraint(
                condition=Q(consent_on=None) | (~Q(consent_taken_by="") & ~Q(worker_present="")),
                name="consent_with_worker",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancelled_because="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancelled_because="")),
                name="cancelled_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """The page of this entry."""
        return reverse("practice_weeks:entry", args=[self.pk])

    @property
    def ref(self) -> str:
        """W1-3."""
        return f"{self.week.ref}-{self.number}"

    @property
    def what(self) -> Activity:
        """The activity with its words."""
        return activities()[self.activity]

    @property
    def needs_consent(self) -> bool:
        """Whether a family must have said yes before it is held, and has not been recorded to."""
        return self.access == Access.FAMILY_PRESENT and self.consent_on is None


class Observation(models.Model):
    """What a leader saw and heard at one entry of the roster. It names nobody."""

    entry = models.OneToOneField(RosterEntry, on_delete=models.PROTECT, related_name="observation")
    held_on = models.DateField()
    answers = models.JSONField(default=dict)  # by the number of the question: yes, partly, no, not_seen
    saw = models.TextField()
    strengths = models.TextField(blank=True)
    in_the_way = models.TextField(blank=True)
    is_concern = models.BooleanField(default=False)  # something made the leader fear for a child
    concern = models.ForeignKey(
        "concerns.Concern", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # For a leader who sees no child: whom they told instead, and when.
    told_post = models.CharField(max_length=120, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A fear for a child never stays here: it was raised, or somebody was told."""

        ordering = ("held_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_concern=False)
                | Q(concern__isnull=False)
                | (~Q(told_post="") & Q(told_at__isnull=False)),
                name="observed_concern_went_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.held_on}"


class Coding(models.Model):
    """One theme of an observation."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="codings")
    theme = models.CharField(max_length=40)  # a code of themes.toml, or of an OwnTheme

    class Meta:
        """Each theme once."""

        ordering = ("theme",)
        constraints = (models.UniqueConstraint(fields=("observation", "theme"), name="theme_coded_once"),)

    def __str__(self) -> str:
        return self.theme


class OwnTheme(models.Model):
    """A theme that the council added to those of the service."""

    code = models.CharField(max_length=40, unique=True)
    words = models.CharField(max_length=80)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        """By its words."""

        ordering = ("words",)

    def __str__(self) -> str:
        return self.words


class YouSaid(models.Model):
    """You said, we did: what people told leaders, what is to be done by whom and when, and what was done."""

    week = models.ForeignKey(PracticeWeek, on_delete=models.PROTECT, related_name="you_said")
    number = models.PositiveIntegerField()
    theme = models.CharField(max_length=40)
    audience = models.CharField(max_length=20)  # who said it: a code of AUDIENCES
    said = models.TextField()
    doing = models.TextField()  # what is to be done
    post = models.CharField(max_length=120)  # who answers for it
    due_on = models.DateField()
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    did = models.TextField(blank=True)  # what was done
    done_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of entering; what is done says what and when."""

        ordering = ("week", "number")
        constraints = (
            models.UniqueConstraint(fields=("week", "number"), name="you_said_numbered_once"),
            models.CheckConstraint(
                condition=Q(done_on=None, did="") | (Q(done_on__isnull=False) & ~Q(did="")),
                name="we_did_says_what",
            ),
        )

    def __str__(self) -> str:
        return f"{self.week_id}-{self.number}"

    @property
    def is_done(self) -> bool:
        """Whether something was done."""
        return self.done_on is not None


class WeekReport(models.Model):
    """The report of a Practice Week, with its numbers as they stood. A corrected one is another row."""

    week = models.ForeignKey(PracticeWeek, on_delete=models.PROTECT, related_name="reports")
    reported_on = models.DateField()
    strengths = models.TextField()
    in_the_way = models.TextField()
    follows = models.TextField()  # what is done with it
    numbers = models.JSONField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        """The latest first: that one counts."""

        ordering = ("-reported_on", "-id")

    def __str__(self) -> str:
        return f"{self.week_id} {self.reported_on}"
