"""What stands in a team's way this week? Clinics, what they looked at, agreed and put further up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Clinic(models.Model):
    """One clinic of one team in one week. Its exceptions were read from the day's lists and stay as read."""

    class State(models.TextChoices):
        """How far it is."""

        READY = "ready", "ready"
        UNDER_WAY = "under_way", "under way"
        CLOSED = "closed", "closed"
        NOT_HELD = "not_held", "not held"

    team = models.CharField(max_length=120)
    service = models.CharField(max_length=120, blank=True)
    monday = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.READY)
    on = models.DateField()  # the day as on which the lists were read
    load_folder = models.CharField(max_length=60)
    load_hash = models.CharField(max_length=64)
    as_at_on = models.DateField()
    left_out = models.JSONField(default=dict)  # kind to number: more than one clinic can look at
    lacks = models.JSONField(default=list)  # what the load could not tell, in words
    prepared_at = models.DateTimeField()
    held_on = models.DateField(null=True, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    not_held_because = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; one of a team in a week; held means by somebody on a day."""

        ordering = ("-monday", "team")
        constraints = (
            models.UniqueConstraint(fields=("team", "monday"), name="clinic_once_a_week"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(held_on__isnull=False, chair__isnull=False),
                name="clinic_closed_was_held",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_held") | ~Q(not_held_because=""), name="clinic_not_held_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.monday}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("clinics:clinic", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether something can still be said in it."""
        return self.state in (self.State.READY, self.State.UNDER_WAY)


class ClinicException(models.Model):
    """One thing a clinic looks at: about a child, about a worker, or about the data."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="exceptions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)  # a code of kinds.toml
    item = models.CharField(max_length=60)  # the duty, the watch, the rule
    label = models.CharField(max_length=200)
    reference = models.CharField(max_length=40, blank=True)  # keyed, of the child; blank: about no child
    worker_id = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    working_days = models.IntegerField(null=True, blank=True)  # until due; negative: overdue
    why = models.TextField(blank=True)
    clinics = models.PositiveSmallIntegerField(default=1)  # how many clinics saw it, this one too
    first_seen_on = models.DateField()  # the Monday of the first of them
    reason = models.CharField(max_length=24, blank=True)  # a code of reasons.toml
    is_safe = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which the clinic looks at them."""

        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("clinic", "kind", "item", "reference", "worker_id"), name="exception_once_in_a_clinic"
            ),
        )
        indexes = (models.Index(fields=("reference",), name="exceptions_of_child"),)

    def __str__(self) -> str:
        return f"{self.clinic_id} {self.item} {self.reference or self.worker_id}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about, the same in every clinic; whose duty it is where it is about no child."""
        return self.item, self.reference, "" if self.reference else self.worker_id


class ClinicAction(models.Model):
    """What somebody is to do after a clinic. It opens the next one, until it is done or no longer needed."""

    class Outcome(models.TextChoices):
        """What became of it."""

        DONE = "done", "Done"
        SUPERSEDED = "superseded", "No longer needed"

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="actions")
    exception = models.ForeignKey(
        ClinicException, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    ref = models.CharField(max_length=20, unique=True)  # CA1, CA2
    text = models.TextField()
    owner = models.CharField(max_length=120)  # a worker's key, or a post
    set_on = models.DateField()
    due_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    outcome_text = models.TextField(blank=True)
    completed_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What is due first; settled means with a day."""

        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("set_on")), name="clinic_action_in_order"),
            models.CheckConstraint(
                condition=Q(outcome="", completed_on__isnull=True)
                | (~Q(outcome="") & Q(completed_on__isnull=False)),
                name="clinic_action_settled_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Carried(models.Model):
    """An action that was looked at in a later clinic and was not done: carried on, with the reason."""

    action = models.ForeignKey(ClinicAction, on_delete=models.CASCADE, related_name="carried")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="carried")
    because = models.TextField()
    carried_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    carried_at = models.DateTimeField()

    class Meta:
        """As it went; once in a clinic."""

        ordering = ("carried_at", "id")
        constraints = (models.UniqueConstraint(fields=("action", "clinic"), name="carried_once_in_a_clinic"),)

    def __str__(self) -> str:
        return f"{self.action_id} {self.clinic_id}"


class Escalation(models.Model):
    """What a clinic cannot solve and puts before the operational board. It names no child."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="escalations")
    action = models.ForeignKey(
        ClinicAction, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations"
    )
    body = models.ForeignKey("programme.Body", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()  # for people who see no child
    wanted = models.TextField()  # what the board is asked to do
    escalated_on = models.DateField()
    escalated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """The latest first."""

        ordering = ("-escalated_on", "-id")

    def __str__(self) -> str:
        return f"{self.clinic_id} {self.escalated_on}"
