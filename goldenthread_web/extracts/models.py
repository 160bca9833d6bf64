"""What was delivered, and what became of it? Deliveries, loads asked for and made, the service's routines.

No row of a child is here: files are kept as delivered until policy deletes them, rows in the store.
"""

from django.conf import settings
from django.db import models


class Delivery(models.Model):
    """Files handed over together. The files go when policy says so; their hashes and counts stay."""

    class How(models.TextChoices):
        """The way in."""

        UPLOADED = "uploaded", "uploaded"
        PICKED_UP = "picked_up", "picked up from the folder"

    key = models.CharField(max_length=40, unique=True)  # random; the name of its folder
    how = models.CharField(max_length=20, choices=How)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    files_deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.how} {self.at:%Y-%m-%d %H:%M}"


class DeliveredFile(models.Model):
    """One file. It is kept under its number; its name is no part of a path of ours until it was checked."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150)
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        """In the order of delivery; each name once."""

        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("delivery", "number"), name="delivered_number_once"),
            models.UniqueConstraint(fields=("delivery", "name"), name="delivered_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class LoadRun(models.Model):
    """One delivery to be loaded, with these options. It is its own entry in the queue.

    Whoever works on it holds a lease: `claimed_by` and a `beat_at` that is renewed. A lease that was not
    renewed may be taken by another. The database allows one running load, as the store does.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Under way"
        DONE = "done", "Loaded"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Stopped by a fault"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="runs")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="loads_asked"
    )
    as_at_on = models.DateField(null=True, blank=True)  # as said when it was asked for
    accept_fewer = models.BooleanField(default=False)
    mapping = models.JSONField(null=True, blank=True)  # a corrected mapping report: headings, no values

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=80, blank=True)
    stage_done = models.PositiveIntegerField(default=0)
    stage_total = models.PositiveIntegerField(default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    sentence = models.TextField(blank=True)  # why it was refused or stopped
    is_about_fewer_rows = models.BooleanField(default=False)  # refused because a table shrank

    class Meta:
        """The newest first; one running at a time."""

        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=("state", "asked_at"), name="load_run_queue"),)
        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=models.Q(state="running"), name="one_load_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"load run {self.pk} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.REFUSED, self.State.FAILED)


class MadeLoad(models.Model):
    """One load in the store that a run made, or found there already; counts only."""

    run = models.ForeignKey(LoadRun, on_delete=models.CASCADE, related_name="loads")
    folder = models.CharField(max_length=60)
    as_at_on = models.DateField()
    hash = models.CharField(max_length=64)
    was_loaded_already = models.BooleanField(default=False)
    rows = models.JSONField(default=dict)  # by table
    compared_with = models.CharField(max_length=60, blank=True)  # folder of the load before
    rows_before = models.JSONField(default=dict)  # by table, of the load before
    findings = models.JSONField(default=dict)  # by severity
    files = models.JSONField(default=list)  # source, name, sha256, rows, status, message

    class Meta:
        """The latest day first; once per run."""

        ordering = ("-as_at_on",)
        constraints = (models.UniqueConstraint(fields=("run", "folder"), name="made_load_once"),)

    def __str__(self) -> str:
        return self.folder


class PickUp(models.Model):
    """A folder that was looked at for files, and what it looked like: taken once it has stopped growing."""

    folder = models.CharField(max_length=200, unique=True)  # its name; blank: the pick-up folder itself
    look = models.CharField(max_length=64)  # hash over names, sizes and times of change
    looked_at = models.DateTimeField()
    taken_look = models.CharField(max_length=64, blank=True)  # what it looked like when it was dealt with
    run = models.ForeignKey(LoadRun, null=True, blank=True, on_delete=models.SET_NULL)
    sentence = models.TextField(blank=True)  # why it was not taken

    def __str__(self) -> str:
        return self.folder or "pick-up folder"


class RoutineBegun(models.Model):
    """Something the service does again and again, and when it was last begun."""

    name = models.CharField(max_length=60, unique=True)
    began_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
