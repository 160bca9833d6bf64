"""What do people say, and what was done about it? Feedback, replies, surveys without names, what was told."""

from secrets import randbits

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Asking(models.Model):
    """A round of asking: whom, how many, from when to when. Feedback that comes by itself has none."""

    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=12)  # a code of words.toml
    channel = models.CharField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField()
    invited = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The latest first."""

        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="asking_in_order"),
        )

    def __str__(self) -> str:
        return self.title


class Feedback(models.Model):
    """What one person said, or the sense of it; never who they are."""

    audience = models.CharField(max_length=12)  # a code of words.toml
    channel = models.CharField(max_length=16)
    asking = models.ForeignKey(
        Asking, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback"
    )
    received_on = models.DateField()
    team = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=40, blank=True)  # keyed, of the child it is about, if one
    text = models.TextField()  # their words; never in the trail, and in no report as they are
    themes = models.JSONField(default=list)  # codes of words.toml
    is_positive = models.BooleanField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-received_on", "-id")
        verbose_name_plural = "feedback"
        indexes = (models.Index(fields=("reference",), name="feedback_of_child"),)

    def __str__(self) -> str:
        return f"{self.audience} {self.received_on}"


class Reply(models.Model):
    """You said, we did: the sense of what several people said, and what came of it."""

    theme = models.CharField(max_length=20)  # a code of words.toml
    audience = models.CharField(max_length=12)
    said = models.TextField()
    did = models.TextField(blank=True)
    owner = models.CharField(max_length=120)  # the post
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What is due first; published means there is something to tell."""

        ordering = ("due_on", "id")
        verbose_name_plural = "replies"
        constraints = (
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | ~Q(did=""), name="reply_published_with_deed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.theme} {self.due_on}"


class Survey(models.Model):
    """A few statements to agree with or not, of one audience, for some days. Nobody's answer has a name."""

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=16)  # staff_pulse, thresholds, model, offer
    audience = models.CharField(max_length=12)
    items = models.JSONField()  # codes of words.toml
    opens_on = models.DateField()
    closes_on = models.DateField()
    invited = models.PositiveIntegerField()
    asks_team = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-opens_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_in_order"),
            models.CheckConstraint(condition=Q(invited__gte=1), name="survey_asks_somebody"),
        )

    def __str__(self) -> str:
        return self.title


def a_number() -> int:
    """A key by chance: the order of rows must not tell who answered when."""
    return randbits(62)


class Response(models.Model):
    """One person's answers, without the person: the week they came in, and the team if the survey asks it."""

    id = models.BigIntegerField(primary_key=True, default=a_number)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    week = models.DateField()  # its Monday, or the first day of the survey
    team = models.CharField(max_length=120, blank=True)
    answers = models.JSONField()  # code of the item to code of the answer; what was not answered is not in it

    class Meta:
        """By chance."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.survey_id}"


class Answered(models.Model):
    """Who has answered a survey, so that nobody does twice. What they said is not tied to it."""

    id = models.BigIntegerField(primary_key=True, default=a_number)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answered")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Once."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("survey", "person"), name="answered_once"),)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.person_id}"


class Told(models.Model):
    """What people were told about a change, when and how: so that understanding can be asked for later."""

    kind = models.CharField(max_length=16)  # thresholds, model, offer
    audience = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    how = models.CharField(max_length=200)
    told_on = models.DateField()
    reached = models.PositiveIntegerField(null=True, blank=True)  # how many people
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The latest first."""

        ordering = ("-told_on", "-id")
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return f"{self.kind} {self.told_on}"
