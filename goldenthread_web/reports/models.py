"""What is written of a period, for whom is it a report, who signed, and what left the house?

A content is what is said of one quarter; reports are its forms for one forum each. A release is what was
handed over: the database refuses to change it.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread_web.reports.forums import Forum, forums

USER = settings.AUTH_USER_MODEL


class Content(models.Model):
    """What is said of one period of the programme, to whoever it is said."""

    label = models.CharField(max_length=60, unique=True)  # quarter 3 2017/18
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    as_at_on = models.DateField()  # the figures are those of this day
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The latest first; a period has days, and no figure is later than its day."""

        ordering = ("-ends_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="content_has_days"),
        )

    def __str__(self) -> str:
        return self.label


class Section(models.Model):
    """What somebody wrote for one section of a content. Without a line of it the section writes itself."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40)  # of templates_data/sections.toml
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        """One of each."""

        ordering = ("content", "code")
        constraints = (models.UniqueConstraint(fields=("content", "code"), name="section_once"),)

    def __str__(self) -> str:
        return self.code


class Writer(models.Model):
    """Who wrote of a content: none of them approves a report of it."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="writers")
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Once each."""

        constraints = (models.UniqueConstraint(fields=("content", "person"), name="writer_once"),)

    def __str__(self) -> str:
        return f"{self.content_id} {self.person_id}"


class Draft(models.Model):
    """What somebody typed and has not saved: kept every minute, given back after the session ended.

    Apart from `programme.Draft`, which keeps the form of one page: the page of quotations writes into this
    too, "Look at it" keeps and shows it, and it is read with its section in one question.
    """

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="drafts")
    code = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField(default=0)  # the version of the section; 0: none was written
    kept_by = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        """One for each person and section."""

        constraints = (models.UniqueConstraint(fields=("content", "code", "kept_by"), name="draft_once"),)

    def __str__(self) -> str:
        return self.code


class Priority(models.Model):
    """What the next period is for. The next report says what became of it."""

    class Became(models.TextChoices):
        """What became of it by the end of the next period."""

        DONE = "done", "done"
        UNDER_WAY = "under_way", "under way"
        NOT_DONE = "not_done", "not done"
        DROPPED = "dropped", "dropped"

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    became = models.CharField(max_length=20, choices=Became, blank=True)
    account = models.CharField(max_length=500, blank=True)  # what became of it, in words

    class Meta:
        """In their order; whatever became of one is told in words."""

        ordering = ("content", "number")
        verbose_name_plural = "priorities"
        constraints = (
            models.UniqueConstraint(fields=("content", "number"), name="priority_once"),
            models.CheckConstraint(condition=Q(became="") | ~Q(account=""), name="priority_accounted_for"),
        )

    def __str__(self) -> str:
        return f"{self.content_id}.{self.number}"


class Report(models.Model):
    """A content in the form of one forum. What was built last is kept here; frozen, nothing moves it."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "draft"
        FROZEN = "frozen", "frozen"
        SIGNED = "signed", "signed"
        APPROVED = "approved", "approved"
        RELEASED = "released", "released"
        WITHDRAWN = "withdrawn", "withdrawn"

    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="reports")
    template = models.CharField(max_length=40)  # of templates_data
    body = models.ForeignKey(
        "programme.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    meeting_on = models.DateField()  # the public summary: the day it comes out
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    weaknesses_because = models.TextField(blank=True)  # the director's word for leaving some unanswered
    weaknesses_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)  # of the document
    built_at = models.DateTimeField(null=True, blank=True)
    rests_on = models.CharField(max_length=64, blank=True)  # a hash of what it was built of; blank: build it
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """In the order of their meetings; a forum gets one report of a content for a day."""

        ordering = ("-content__ends_on", "meeting_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("content", "template", "meeting_on"), name="report_once"),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.meeting_on:%Y-%m-%d}"

    @property
    def forum(self) -> Forum:
        """The form it has: for whom, with which sections."""
        return forums()[self.template]

    @property
    def may_move(self) -> bool:
        """Whether what is written or recorded from now on still changes it."""
        return self.state == self.State.DRAFT

    @property
    def for_whom(self) -> str:
        """The body it is for, with its form where it has a second one: Cabinet, in short."""
        form = self.forum.forum
        return form if self.body is None or form.startswith(f"{self.body.name},") else self.body.name


class SignOff(models.Model):
    """A named post signed one section as it stands: other words in it, and the signature is gone."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sign_offs")
    section = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)  # of the section
    post = models.CharField(max_length=120)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        """Once for the same words."""

        ordering = ("signed_at", "id")
        constraints = (models.UniqueConstraint(fields=("report", "section", "digest"), name="signed_once"),)

    def __str__(self) -> str:
        return self.section


class Approval(models.Model):
    """Somebody who wrote none of it read the report and its remarks, and lets it go out as it stands."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="approvals")
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # of the whole document
    remarks = models.JSONField(default=dict)  # by code, how many stood beside it
    approved_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-approved_at", "-id")
        constraints = (models.UniqueConstraint(fields=("report", "digest"), name="approved_once"),)

    def __str__(self) -> str:
        return f"{self.report_id} version {self.version}"


class Release(models.Model):
    """What left the house: the words, the figures with all they rest on, the files, and who decided."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="releases")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    is_public = models.BooleanField()
    document = models.JSONField()
    figures = models.JSONField()
    checks = models.JSONField()  # what was looked for, what was found, what a person judged
    digest = models.CharField(max_length=64)
    html = models.TextField()
    word = models.BinaryField()
    pdf = models.BinaryField()
    hashes = models.JSONField()  # of each of the three
    approved_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        """The latest first; two people."""

        ordering = ("-released_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("report", "version"), name="release_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("released_by")), name="release_by_two_people"),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
