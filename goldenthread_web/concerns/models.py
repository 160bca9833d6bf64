"""Is a child in danger now? Immediate concerns, their clocks, and who was told when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Concern(models.Model):
    """An immediate concern about one child, from whatever somebody looked at, until it is resolved."""

    class Source(models.TextChoices):
        """What was looked at."""

        CASE_AUDIT = "case_audit", "Case audit"
        DIP_SAMPLE = "dip_sample", "Dip sample"
        CASE_REVIEW = "case_review", "Case review"
        PRACTICE_WEEK = "practice_week", "Practice Week"
        OTHER = "other", "Something else"

    ref = models.CharField(max_length=20, unique=True)  # C1, C2
    reference = models.CharField(max_length=40)  # the keyed reference of the child
    team = models.CharField(max_length=120)
    source = models.CharField(max_length=20, choices=Source)
    source_ref = models.CharField(max_length=40, blank=True)  # of the case audit, the sample
    text = models.TextField()  # what is wrong; never in the trail
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()  # by the clock: a child does not wait for Tuesday
    safe_by = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    is_safe = models.BooleanField(null=True)
    safety_plan = models.TextField(blank=True)  # what was done to make the child safe; never in the trail
    safe_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    safe_recorded_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; whoever raised it does not say that the child is safe."""

        ordering = ("-raised_at", "-id")
        indexes = (models.Index(fields=("reference",), name="concerns_of_child"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | ~Q(resolved_by=F("raised_by")),
                name="concern_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(acknowledged_at__isnull=False),
                name="concern_acknowledged_first",
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Notice(models.Model):
    """One telling of one person about a concern: at once, and further up when nobody answers."""

    class Step(models.TextChoices):
        """Why this person is told."""

        FIRST = "first", "Answers for the child"
        DEPUTY = "deputy", "Stands in: nobody had answered"
        DIRECTOR = "director", "Director: nobody had answered"

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notices")
    step = models.CharField(max_length=10, choices=Step)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: there was nobody in that post, which the page says
    post = models.CharField(max_length=120)
    told_at = models.DateTimeField()
    is_mail_sent = models.BooleanField(null=True)  # None: no mail was tried
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of telling."""

        ordering = ("told_at", "id")

    def __str__(self) -> str:
        return f"{self.concern_id} {self.step}"


class Absence(models.Model):
    """Who is away from when to when, and who stands in: so that no concern waits for a person on leave."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day away
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first; nobody stands in for themselves."""

        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_in_order"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="deputy_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"
