"""Is a child in danger now? Immediate concerns, their clocks, and who was told when.

Who was told, whether a mail reached them, when they opened it, and each record of whether the child is safe
are added, never changed: the database refuses it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse


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
    # The latest record of whether the child is safe; all of them are SafetyRecords.
    is_safe = models.BooleanField(null=True)
    safety_plan = models.TextField(blank=True)  # what was done to make the child safe; never in the trail
    safe_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    safe_recorded_at = models.DateTimeField(null=True, blank=True)
    safety_first_at = models.DateTimeField(null=True, blank=True)  # the first record: the clock stops there
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; whoever raised it neither acknowledges nor resolves it."""

        ordering = ("-raised_at", "-id")
        indexes = (models.Index(fields=("reference",), name="concerns_of_child"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | ~Q(resolved_by=F("raised_by")),
                name="concern_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True) | ~Q(acknowledged_by=F("raised_by")),
                name="concern_acknowledged_by_another",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(acknowledged_at__isnull=False),
                name="concern_acknowledged_first",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(is_safe=True), name="concern_safe_first"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """The page of this concern."""
        return reverse("concerns:concern", args=[self.ref])

    @property
    def is_open(self) -> bool:
        """Whether it is not resolved yet."""
        return self.resolved_at is None

    @property
    def is_answered(self) -> bool:
        """Whether somebody acknowledged it and the child is recorded as safe."""
        return self.acknowledged_at is not None and self.is_safe is True


class Notices(models.Manager["Notice"]):
    """Notices with what became of them: whether a mail was tried and sent, when the person opened it."""

    def get_queryset(self) -> "models.QuerySet[Notice]":
        """As part of the query that reads them: lists of concerns show it for each."""
        mails = NoticeMail.objects.filter(notice=OuterRef("pk"))
        openings = NoticeOpening.objects.filter(notice=OuterRef("pk")).order_by("opened_at", "id")
        return (
            super()
            .get_queryset()
            .annotate(
                is_mail_tried=Exists(mails),
                is_one_mail_sent=Exists(mails.filter(is_sent=True)),
                opened_at=Subquery(openings.values("opened_at")[:1]),
            )
        )


class Notice(models.Model):
    """One telling of one person about a concern: at once, and further up when nobody answers. Only added."""

    class Step(models.TextChoices):
        """Why this person is told."""

        FIRST = "first", "At once: answers for the child"
        DEPUTY = "deputy", "Nobody had acknowledged it in time"
        DIRECTOR = "director", "Still nobody had acknowledged it"
        SAFE = "safe", "Nobody had recorded in time whether the child is safe"
        UNSAFE = "unsafe", "The child was recorded as not safe yet"

    class Nobody(models.TextChoices):
        """Why nobody could be told for a post."""

        VACANT = "vacant", "Nobody holds this post"
        AWAY = "away", "Away, and nobody who is here stands in"
        RAISED_IT = "raised_it", "Raised it, and so does not answer it"
        BARRED = "barred", "May not see this child, and so was not told"

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notices")
    step = models.CharField(max_length=10, choices=Step)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # None: nobody could be told, and `nobody` says why
    nobody = models.CharField(max_length=10, choices=Nobody, blank=True)
    post = models.CharField(max_length=120)
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # who is away
    told_at = models.DateTimeField()

    objects = Notices()

    class Meta:
        """In the order of telling; each person, and each empty post, once at a step."""

        ordering = ("told_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("concern", "step", "person"), name="person_told_once_a_step"),
            models.UniqueConstraint(
                fields=("concern", "step", "post"), condition=Q(person=None), name="post_empty_once_a_step"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, nobody="") | (Q(person=None) & ~Q(nobody="")),
                name="notice_to_somebody_or_why_not",
            ),
        )

    def __str__(self) -> str:
        return f"{self.concern_id} {self.step}"

    @property
    def is_mail_sent(self) -> bool | None:
        """Whether a mail reached the mail server; None: none was tried yet."""
        return self.is_one_mail_sent if self.is_mail_tried else None  # type: ignore[attr-defined]


class NoticeMail(models.Model):
    """One attempt to send the mail of a notice. Only added."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="mails")
    tried_at = models.DateTimeField()
    is_sent = models.BooleanField()

    class Meta:
        """In the order of trying."""

        ordering = ("tried_at", "id")

    def __str__(self) -> str:
        return f"{self.notice_id} {self.is_sent}"


class NoticeOpening(models.Model):
    """A person who was told opened the concern. Only added."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField()

    class Meta:
        """The first opening is the one that counts."""

        ordering = ("opened_at", "id")

    def __str__(self) -> str:
        return str(self.notice_id)


class SafetyRecord(models.Model):
    """Whether the child was safe when somebody looked, and what was done about it. Only added."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="safety_records")
    is_safe = models.BooleanField()
    plan = models.TextField()  # never in the trail
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """In the order of recording; each says what was done."""

        ordering = ("recorded_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(plan=""), name="safety_record_has_plan"),)

    def __str__(self) -> str:
        return f"{self.concern_id} {self.is_safe}"


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
