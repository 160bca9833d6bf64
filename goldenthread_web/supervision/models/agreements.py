"""Who is supervised by whom, how often, and since when?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Agreement(models.Model):
    """That a worker is supervised. Its sessions are the supervision file; supervisors come and go."""

    supervisee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none: a worker without an account
    worker_id = models.CharField(max_length=80, blank=True)  # their key in the extracts
    title = models.CharField(max_length=120)  # the post they hold; that is how pages name them
    team = models.CharField(max_length=120)
    role = models.CharField(max_length=40)  # a code of rules.toml: frequency
    starts_on = models.DateField()
    counted_from_on = models.DateField()  # from when the weeks of a newly qualified worker are counted
    kept_since_on = models.DateField()  # sessions of days before were written elsewhere
    ends_on = models.DateField(null=True, blank=True)  # the last day
    ended_because = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By team and worker; each worker has one that is open."""

        ordering = ("team", "title", "worker_id", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(supervisee__isnull=False) | ~Q(worker_id=""), name="agreement_with_somebody"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_because="")
                | (Q(ends_on__gte=F("starts_on")) & ~Q(ended_because="")),
                name="agreement_ends_with_reason",
            ),
            models.UniqueConstraint(
                fields=("worker_id",),
                condition=Q(ends_on=None) & ~Q(worker_id=""),
                name="one_agreement_a_worker",
            ),
            models.UniqueConstraint(
                fields=("supervisee",), condition=Q(ends_on=None), name="one_agreement_an_account"
            ),
        )

    def __str__(self) -> str:
        return self.said

    def get_absolute_url(self) -> str:
        """The supervision file."""
        return reverse("supervision:file", args=[self.pk])

    @property
    def said(self) -> str:
        """The post and the key: Social worker W0051."""
        return f"{self.title} {self.worker_id}".strip()

    @property
    def worker_key(self) -> str:
        """How the worker is named in figures and files: the key of the extracts, else of the account."""
        return self.worker_id or f"account-{self.supervisee_id}"


class Supervising(models.Model):
    """A stretch of time in which one person supervises under an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="supervisors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervising")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day
    because = models.TextField(blank=True)  # why the supervisor changed
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first; one at a time."""

        ordering = ("-starts_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(ends_on=None), name="one_supervisor_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="supervising_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.person_id} {self.starts_on}"


class OtherFrequency(models.Model):
    """For a while a worker is supervised more or less often than their role says, or not: with the reason."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="other_frequencies")
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)  # none: away, no session is due
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    reason = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first; never without a reason."""

        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="other_frequency_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="other_frequency_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.starts_on} {self.weeks}"
