"""What is asked in a dip sample, of whom was it asked, and what came of it?

The words of a design are never changed: another wording is another version, so that what was asked of which
children can always be read. Answers are of the day on which they were saved.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldenthread_web.sampling.models import Sample


class Design(models.Model):
    """One question that is asked again and again. Its words are in its versions."""

    code = models.SlugField(max_length=40, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)  # no longer drawn from that day on

    class Meta:
        """In the order in which they were made."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The page of this design."""
        return reverse("dip_samples:design", args=[self.code])


class DesignVersion(models.Model):
    """A design in one wording: the question, of whom, how many, the items, and what happens below."""

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    question = models.CharField(max_length=300)  # one sentence
    because = models.CharField(max_length=300, blank=True)  # where the question comes from
    cohort = models.CharField(max_length=40)  # a code of goldenthread/worklist/cohorts.toml
    method = models.CharField(max_length=12, choices=Sample.Method)
    strata = models.CharField(max_length=20, blank=True)
    size_rule = models.CharField(max_length=20)  # a code of sampling/sizes.toml
    size = models.PositiveSmallIntegerField(default=0)  # where the rule is a fixed number
    threshold = models.PositiveSmallIntegerField()  # percent of those to whom an item applies
    below = models.CharField(max_length=300)  # what happens below it
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The latest first; a threshold is a share."""

        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("design", "number"), name="dip_version_once_of_a_design"),
            models.CheckConstraint(condition=Q(threshold__range=(1, 100)), name="dip_threshold_is_a_share"),
        )

    def __str__(self) -> str:
        return f"{self.design_id} {self.number}"


class Item(models.Model):
    """One thing that is looked for in each case: yes, no, or it does not apply."""

    design_version = models.ForeignKey(DesignVersion, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)  # the same in every version, as long as it asks the same
    short = models.CharField(max_length=40)
    text = models.CharField(max_length=300)

    class Meta:
        """In the order in which they are asked."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("design_version", "code"), name="dip_item_once_of_a_version"),
            models.UniqueConstraint(fields=("design_version", "position"), name="dip_item_place_once"),
        )

    def __str__(self) -> str:
        return self.code


class DipSample(models.Model):
    """A design asked of children drawn on a day, by one person."""

    class State(models.TextChoices):
        """How far it is."""

        DRAWN = "drawn", "being looked at"
        FINISHED = "finished", "finished"
        WITHDRAWN = "withdrawn", "withdrawn"

    ref = models.CharField(max_length=20, unique=True)  # D1, D2
    design_version = models.ForeignKey(DesignVersion, on_delete=models.PROTECT, related_name="dip_samples")
    sample = models.OneToOneField("sampling.Sample", on_delete=models.PROTECT, related_name="+")
    sampler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAWN)
    finished_on = models.DateField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found = models.TextField(blank=True)  # what was seen, without anybody who could be recognised
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; finished says when and what was found, withdrawn says why."""

        ordering = ("-id",)
        indexes = (models.Index(fields=("sampler", "state"), name="dip_samples_of_sampler"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="finished") | (Q(finished_on__isnull=False) & ~Q(found="")),
                name="dip_sample_finished_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""), name="dip_sample_withdrawn_why"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """The page of its results."""
        return reverse("dip_samples:dip_sample", args=[self.ref])

    @property
    def purpose(self) -> str:
        """Under which name its children are handed over."""
        return f"dip_sample.{self.ref}"


class Line(models.Model):
    """One child of a dip sample: answered, or why the case could not be looked at."""

    dip_sample = models.ForeignKey(DipSample, on_delete=models.CASCADE, related_name="lines")
    child = models.ForeignKey("sampling.SampledChild", on_delete=models.PROTECT, related_name="+")
    missed = models.CharField(max_length=20, blank=True)  # a code of missed.toml
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    concern = models.ForeignKey(
        "concerns.Concern", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which the children were drawn."""

        ordering = ("child__position",)
        constraints = (
            models.UniqueConstraint(fields=("dip_sample", "child"), name="dip_line_once_of_a_child"),
        )

    def __str__(self) -> str:
        return f"{self.dip_sample_id} {self.child_id}"


class Answer(models.Model):
    """What was found for one item in one case."""

    class Said(models.TextChoices):
        """The codes of the code set dip_result."""

        YES = "pass", "Yes"
        NO = "fail", "No"
        NOT_APPLICABLE = "na", "Does not apply"

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=4, choices=Said)

    class Meta:
        """Each item once in a case."""

        constraints = (models.UniqueConstraint(fields=("line", "item"), name="dip_answer_once"),)

    def __str__(self) -> str:
        return f"{self.line_id} {self.item_id} {self.said}"


class FollowUp(models.Model):
    """What somebody does because too few answers were yes."""

    dip_sample = models.ForeignKey(DipSample, on_delete=models.PROTECT, related_name="follow_ups")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    post = models.CharField(max_length=120)  # who does it: a post, not a person's name
    due_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    done_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What is due first; done says what was done."""

        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_text="")
                | (Q(done_on__isnull=False) & ~Q(done_text="")),
                name="dip_follow_up_done_with_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dip_sample_id} {self.due_on}"
