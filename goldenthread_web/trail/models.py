"""An Event: something that happened. The database itself refuses to change or remove one."""

from django.db import models


class Event(models.Model):
    """One thing that happened, by whom, about what. No foreign keys: the trail outlives what it tells of.

    It holds codes, keys and hashes only. `about_key` of a child is the keyed reference, never the child's id.
    """

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)  # the person's number; null: the service itself
    by_role = models.CharField(max_length=40, blank=True)  # their role at the time
    what = models.CharField(max_length=60)  # children.seen, load.finished: noun and past participle
    about_kind = models.CharField(max_length=40, blank=True)
    about_key = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # a code
    changes = models.JSONField(default=dict)  # {"status": ["open", "done"]}, {"rows": 12}: codes and numbers
    request_id = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=45, blank=True)
    previous = models.CharField(max_length=64)  # the hash of the Event before
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """In the order of writing."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("about_kind", "about_key", "id"), name="trail_about"),
            models.Index(fields=("by_id", "id"), name="trail_by"),
            models.Index(fields=("what", "id"), name="trail_what"),
            models.Index(fields=("at",), name="trail_at"),
        )

    def __str__(self) -> str:
        return f"{self.id} {self.what} {self.about_kind} {self.about_key}".strip()


class Seen(models.Model):
    """One child among those whom an Event of seeing a list showed: what "who saw this child" is read from."""

    event_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)

    class Meta:
        """Found by child."""

        indexes = (models.Index(fields=("reference", "event_id"), name="trail_seen_child"),)
        constraints = (models.UniqueConstraint(fields=("event_id", "reference"), name="trail_seen_once"),)

    def __str__(self) -> str:
        return f"{self.event_id} {self.reference}"
