"""What did inspectors say, and when? Inspections, visits, letters and the findings in them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from goldenthread_web.inspections.frames import Framework, frameworks, practice_areas
from goldenthread_web.inspections.intervention_models import (
    Condition,
    ConditionState,
    Engagement,
    Intervention,
    Review,
    Rung,
)
from goldenthread_web.inspections.readiness_models import EvidenceItem, HandOver, Interview, ReadinessItem

__all__ = [
    "Condition",
    "ConditionState",
    "Engagement",
    "EvidenceItem",
    "Finding",
    "HandOver",
    "Inspection",
    "Interview",
    "Intervention",
    "Judgement",
    "Letter",
    "Paragraph",
    "ReadinessItem",
    "Recommendation",
    "Review",
    "Rung",
    "SettingInspection",
    "Visit",
]


class Inspection(models.Model):
    """One inspection of the council's services, and what was judged overall."""

    framework = models.CharField(max_length=20)  # a code of frameworks.toml
    starts_on = models.DateField()  # fieldwork
    ends_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    overall_grade = models.CharField(max_length=40, blank=True)  # a grade of the framework
    lead_inspector = models.CharField(max_length=120, blank=True)  # the post
    url = models.URLField(max_length=300, blank=True)
    plan_submitted_on = models.DateField(null=True, blank=True)  # when the plan that answers it was handed in
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-starts_on",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspection_has_days"),
        )

    def __str__(self) -> str:
        return f"{self.framework} {self.starts_on:%Y}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:inspection", args=[self.pk])

    @property
    def frame(self) -> Framework:
        """Its framework in words."""
        return frameworks()[self.framework]

    @property
    def grade(self) -> str:
        """The overall grade in words; blank before it is published."""
        return self.frame.grade(self.overall_grade)


class Judgement(models.Model):
    """What one area was judged to be."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="judgements")
    area = models.CharField(max_length=40)
    grade = models.CharField(max_length=40)

    class Meta:
        """One per area."""

        constraints = (models.UniqueConstraint(fields=("inspection", "area"), name="one_judgement_per_area"),)

    def __str__(self) -> str:
        return f"{self.area} {self.grade}"


class Recommendation(models.Model):
    """What an inspection told the council to do."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)  # short, our words
    text = models.TextField()  # as printed
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of their numbers."""

        ordering = ("-inspection__starts_on", "number")
        constraints = (
            models.UniqueConstraint(fields=("inspection", "number"), name="recommendation_numbered_once"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        """Where it stands among the others."""
        return f"{reverse('inspections:recommendations')}#r{self.pk}"

    @property
    def ref(self) -> str:
        """What people call it: R7."""
        return f"R{self.number}"


class Visit(models.Model):
    """One monitoring visit."""

    number = models.PositiveSmallIntegerField(unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    announced_on = models.DateField(null=True, blank=True)
    lead_inspector = models.CharField(max_length=120, blank=True)  # the post
    team = models.CharField(max_length=200, blank=True)  # the posts of the other inspectors
    focus = models.TextField(blank=True)
    areas = models.JSONField(default=list)  # codes of practice_areas.toml
    evidence_asked = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In order."""

        ordering = ("number",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="visit_has_days"),
        )

    def __str__(self) -> str:
        return f"Visit {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:visit", args=[self.number])

    @property
    def area_titles(self) -> list[str]:
        """The areas of its focus in words."""
        known = practice_areas()
        return [known[code].title for code in self.areas if code in known]


class Letter(models.Model):
    """A letter of a visit, or the report of an inspection. Its text never changes: a new one replaces it."""

    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    inspection = models.ForeignKey(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    dated_on = models.DateField()
    received_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)  # the first visit's letter often is not
    is_copied_to_dfe = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)  # the name of the file, or "pasted"
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-dated_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(visit__isnull=False, inspection__isnull=True)
                | Q(visit__isnull=True, inspection__isnull=False),
                name="letter_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{'Letter' if self.visit_id else 'Report'} of {self.dated_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:letter", args=[self.pk])

    @property
    def of(self) -> Visit | Inspection:
        """The visit or the inspection it is of."""
        return self.visit or self.inspection  # type: ignore[return-value]


class Paragraph(models.Model):
    """One paragraph of a letter, as it was read. The database refuses to change or remove it."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=12)  # p1
    number = models.CharField(max_length=20, blank=True)  # as printed
    heading = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12)  # of goldenthread.papers: prose, heading, bullet, row
    text = models.TextField()

    class Meta:
        """In the order of the letter."""

        ordering = ("letter", "position")
        constraints = (models.UniqueConstraint(fields=("letter", "anchor"), name="anchor_of_letter"),)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.anchor}"


class Finding(models.Model):
    """A sentence of an inspector, or part of one, that must be answered: verbatim, from `start` to `end`."""

    class Valence(models.TextChoices):
        """What the inspector says with it."""

        STRENGTH = "strength", "Strength"
        IMPROVED = "improved", "Improved"
        SUSTAINED = "sustained", "Sustained"
        WEAKNESS = "weakness", "Weakness"
        FOCUS = "focus", "Mixed, to be watched"
        ACTION = "action", "Action the council takes"

    ref = models.CharField(max_length=20, unique=True)  # V2.31: visit 2, its 31st finding; I2017.4
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="findings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    valence = models.CharField(max_length=12, choices=Valence)
    title = models.CharField(max_length=160)  # short, our words
    team = models.CharField(max_length=120, blank=True)  # the name of a unit; blank: the whole service
    practice_area = models.CharField(max_length=40)  # a code of practice_areas.toml
    theme = models.ForeignKey(
        "programme.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    component = models.ForeignKey(
        "programme.Component", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    repeat_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats"
    )
    is_repeat = models.BooleanField(default=False)  # also where the earlier one is not in the service
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    answered_on = models.DateField(null=True, blank=True)  # the day of the disposition that now stands
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the letter."""

        ordering = ("paragraph__letter", "paragraph__position", "start", "id")
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="finding_has_words"),
            models.CheckConstraint(
                condition=Q(repeat_of__isnull=True) | Q(is_repeat=True), name="finding_repeats"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("inspections:finding", args=[self.pk])

    @property
    def is_weakness(self) -> bool:
        """Whether it says that something is not good enough."""
        return self.valence == self.Valence.WEAKNESS

    @property
    def area_title(self) -> str:
        """Its area of practice in words."""
        known = practice_areas().get(self.practice_area)
        return known.title if known else self.practice_area

    @property
    def said_on(self) -> date:
        """The day of the letter it stands in."""
        return self.paragraph.letter.dated_on


class SettingInspection(models.Model):
    """The inspection of a home, an agency or a school for itself."""

    setting = models.CharField(max_length=120)  # what the council calls it
    setting_type = models.CharField(max_length=40)  # codes of places.toml
    inspected_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40)
    direction = models.CharField(max_length=40, blank=True)
    is_own = models.BooleanField(default=True)  # run by the council itself
    url = models.URLField(max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-inspected_on", "setting")
        constraints = (
            models.UniqueConstraint(fields=("setting", "inspected_on"), name="setting_inspected_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.setting} {self.inspected_on:%Y-%m-%d}"
