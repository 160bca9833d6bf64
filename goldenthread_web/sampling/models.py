"""Which children were chosen, from whom, and how? A sample is never changed; the same seed draws it again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Sample(models.Model):
    """One drawing: from which cohort of which load, by which method and seed, and how many."""

    class Method(models.TextChoices):
        """How the children were chosen: the codes that the standard has for it."""

        RANDOM = "random", "At random"
        STRATIFIED = "stratified", "At random within groups"
        TARGETED = "targeted", "For a reason"

    purpose = models.CharField(max_length=20)  # case_audit, dip_sample, case_review, practice_week
    cohort = models.CharField(max_length=40)  # a code of goldenthread/worklist/cohorts.toml
    teams = models.JSONField(default=list)  # only these; none: all
    method = models.CharField(max_length=12, choices=Method)
    strata = models.CharField(max_length=20, blank=True)  # team, service, age_band: what the groups are
    reason = models.TextField(blank=True)  # why these, where chosen for a reason
    size_rule = models.CharField(max_length=120)  # in words: all or 20, whichever is fewer
    seed = models.CharField(max_length=40)
    population = models.PositiveIntegerField()  # how many there were to choose from
    left_out = models.JSONField(default=dict)  # why some could not be chosen: reason to number
    load_folder = models.CharField(max_length=60)
    load_hash = models.CharField(max_length=64)
    as_at_on = models.DateField()
    drawn_on = models.DateField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The latest first; chosen for a reason means with one."""

        ordering = ("-drawn_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(method="targeted") | ~Q(reason=""), name="targeted_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.cohort} {self.drawn_on}"

    def get_absolute_url(self) -> str:
        """The page that says how it was drawn."""
        return reverse("sampling:sample", args=[self.pk])


class SampledChild(models.Model):
    """One child, or record of a child, of a sample, in the order in which they were drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()
    reference = models.CharField(max_length=40)  # the keyed reference of the child
    key = models.CharField(max_length=80, blank=True)  # the record that was chosen, where it is not the child
    team = models.CharField(max_length=120)
    worker_id = models.CharField(max_length=60, blank=True)
    stratum = models.CharField(max_length=120, blank=True)
    day = models.DateField(
        null=True, blank=True
    )  # of the record, for whoever looks for it in the case system

    class Meta:
        """As drawn; no child twice."""

        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("sample", "reference"), name="child_once_in_a_sample"),
            models.UniqueConstraint(fields=("sample", "position"), name="place_once_in_a_sample"),
        )
        indexes = (models.Index(fields=("reference",), name="samples_of_child"),)

    def __str__(self) -> str:
        return f"{self.sample_id} {self.position}"


class LeftOut(models.Model):
    """One child who could not be chosen, and why: without it the sample could not be drawn again."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="left_out_children")
    reference = models.CharField(max_length=40)
    why = models.CharField(max_length=120)  # a code of sampling/reasons.toml, or words

    class Meta:
        """Each child once."""

        constraints = (
            models.UniqueConstraint(fields=("sample", "reference"), name="left_out_once_of_a_sample"),
        )

    def __str__(self) -> str:
        return f"{self.sample_id} {self.why}"
