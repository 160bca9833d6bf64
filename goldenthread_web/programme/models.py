"""What is aimed at, and who decides? The programme, themes and components, bodies, decisions; and drafts."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Programme(models.Model):
    """What the council set out to reach, and by when. There is one."""

    name = models.CharField(max_length=200)
    framework = models.CharField(max_length=20)  # a code of inspections/frameworks.toml
    target_grade = models.CharField(max_length=40)  # a grade of that framework
    starts_on = models.DateField()
    target_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One row, and it ends after it starts."""

        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="one_programme"),
            models.CheckConstraint(
                condition=Q(target_on__gt=models.F("starts_on")), name="programme_has_time"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Numbered(models.Model):
    """What actions are for, in numbers and words that a council says itself."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    looks_like = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of their numbers."""

        abstract = True
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Component(Numbered):
    """One component of a good service: what good looks like."""


class Enabler(Numbered):
    """What makes improvement possible: a second set beside the components, for who wants it."""


class Theme(models.Model):
    """One theme of the plan: where it looks, who answers for it, which components it serves."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    focus = models.TextField(blank=True)
    remaining = models.TextField(blank=True)  # what is still hard
    post = models.CharField(max_length=120)  # who answers for it
    components = models.ManyToManyField(Component, related_name="themes")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of their numbers."""

        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Body(models.Model):
    """A board, committee or meeting that decides, challenges or is told."""

    class Rhythm(models.TextChoices):
        """How often it meets."""

        WEEKLY = "weekly", "every week"
        FORTNIGHTLY = "fortnightly", "every two weeks"
        MONTHLY = "monthly", "every month"
        TWO_MONTHS = "two_months", "every two months"
        QUARTERLY = "quarterly", "every three months"
        HALF_YEARLY = "half_yearly", "every six months"
        AS_NEEDED = "as_needed", "as needed"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200, unique=True)
    purpose = models.TextField()
    chair = models.CharField(max_length=120)  # the post
    rhythm = models.CharField(max_length=20, choices=Rhythm)
    quorum = models.PositiveSmallIntegerField(default=0)
    statute = models.CharField(max_length=200, blank=True)  # the law it sits under, if any
    verb = models.CharField(max_length=60, blank=True)  # what a report asks of it: endorse, note
    is_public = models.BooleanField(default=False)  # it meets in public, its papers are published
    is_operational = models.BooleanField(
        default=False
    )  # safeguarding actions return to it until they are closed
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By name."""

        ordering = ("name",)
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """What a body decided on a day. It is never changed; a later decision takes its place."""

    class Outcome(models.TextChoices):
        """What became of what was proposed."""

        AGREED = "agreed", "agreed"
        AMENDED = "amended", "agreed with changes"
        NOTED = "noted", "noted"
        DEFERRED = "deferred", "put off"
        REFUSED = "refused", "refused"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    proposed = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    text = models.TextField()  # as decided
    minute = models.CharField(max_length=60, blank=True)  # the reference of the minute
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-decided_on", "-id")

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on:%Y-%m-%d}"

    @property
    def is_in_favour(self) -> bool:
        """Whether what was proposed may go on."""
        return self.outcome in (self.Outcome.AGREED, self.Outcome.AMENDED)


class Draft(models.Model):
    """What somebody typed into the form of a page and did not save: there when they come back to it."""

    page = models.CharField(max_length=80)  # its address
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)  # by name, every value as posted
    based_on = models.PositiveIntegerField()  # the version it was begun from; 0 where nothing has one
    kept_at = models.DateTimeField()

    class Meta:
        """One of each person and page."""

        constraints = (models.UniqueConstraint(fields=("page", "kept_by"), name="draft_of_page_once"),)

    def __str__(self) -> str:
        return f"{self.page} {self.kept_by_id}"
