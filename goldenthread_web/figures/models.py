"""Which figures are there, what were they worked out from, and what do people say of them?

Figures are a tall table, one set per load and settings. A set is written whole and then put in force by one
switch; what is in force is never changed. No row of a child is here.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Amount(models.CharField):
    """An exact number, kept as it is written: SQLite has no exact numbers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "null": True, "blank": True} | options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """What migrations write down. Django leaves out what it takes for granted, here the contrary:
        an amount that must be there would be made as one that need not."""
        name, path, values, options = super().deconstruct()
        return name, path, values, options | {"null": self.null, "blank": self.blank}

    def from_db_value(self, value: str | None, *_: object) -> Decimal | None:
        """The number."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        """The number, from a form or a fixture."""
        return None if value in (None, "") else Decimal(value)

    def get_prep_value(self, value: Decimal | int | None) -> str | None:
        """The number as it is written, without exponent."""
        return None if value is None else f"{Decimal(value):f}"


class WorkedOut(models.Model):
    """One set of figures: from which loads, with which settings, by which code; is it in force?"""

    class State(models.TextChoices):
        """How far it is."""

        WORKING = "working", "being worked out"
        CURRENT = "current", "in force"
        EARLIER = "earlier", "earlier"

    key = models.CharField(max_length=64, unique=True)  # hash of the basis, the records and the targets
    basis = models.CharField(max_length=64, blank=True)  # hash of loads, settings and code
    records = models.CharField(max_length=64, blank=True)  # the folder of what people wrote; figures/recorded
    records_at = models.DateTimeField(null=True, blank=True)  # when that was last read
    load_folder = models.CharField(max_length=60)
    load_hash = models.CharField(max_length=64)
    as_at_on = models.DateField()
    loads = models.JSONField(default=list)  # every load in force: as-at day and hash
    sources = models.JSONField(default=list)
    settings_digest = models.CharField(max_length=64)
    settings = models.JSONField(default=dict)  # every parameter with the value that counted
    code_version = models.CharField(max_length=40)
    findings = models.JSONField(default=dict)  # open findings on what each indicator reads, by severity
    findings_of_load = models.JSONField(default=dict)  # by severity
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        """The newest first; one in force."""

        ordering = ("-began_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("state",), condition=Q(state="current"), name="one_set_in_force"),
        )

    def __str__(self) -> str:
        return f"figures of {self.load_folder} ({self.state})"


class FigureLine(models.Model):
    """One figure as it was worked out. `hidden`: what whoever may see no small numbers is not shown."""

    worked_out = models.ForeignKey(WorkedOut, on_delete=models.CASCADE, related_name="figure_lines")
    ref = models.CharField(max_length=10)
    part = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField()  # of the definition
    every = models.CharField(max_length=20)  # goldenthread.periods.Every: month, rolling_12_months
    breakdown = models.CharField(
        max_length=20, blank=True
    )  # goldenthread.figures.breakdowns; blank: the whole
    breakdown_value = models.CharField(max_length=120, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()  # cut to the as-at day
    period_full_end = models.DateField()
    numerator = Amount()
    denominator = Amount()
    unknown = models.IntegerField(null=True, blank=True)
    value = Amount()
    status = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    # Names of the numbers, with commas; null: nobody has checked, so the line is for no public eye.
    hidden = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - null is not blank here

    class Meta:
        """In the order of working out; found by what the pages ask."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=("worked_out", "ref", "every", "breakdown"), name="figures_of_indicator"),
            models.Index(fields=("worked_out", "breakdown", "every", "period_end"), name="figures_of_period"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.part} {self.breakdown_value} {self.period_end}"


class Caveats(models.Model):
    """What stands beside an indicator in a set of figures. Counts and numbers only.

    Open findings on what it reads, and figures that this set gives otherwise than they were published.
    """

    worked_out = models.ForeignKey(WorkedOut, on_delete=models.CASCADE, related_name="caveats")
    ref = models.CharField(max_length=10)
    failures = models.JSONField(default=list)  # rule, its title and advice, table, severity, number
    restatements = models.JSONField(default=list)  # publication, period, and both sides

    class Meta:
        """One per indicator."""

        constraints = (models.UniqueConstraint(fields=("worked_out", "ref"), name="caveats_once"),)
        verbose_name_plural = "caveats"

    def __str__(self) -> str:
        return self.ref


class Annotation(models.Model):
    """What happened on a day that a reader of a chart should know."""

    class Kind(models.TextChoices):
        """What kind of thing."""

        INSPECTION = "inspection", "Inspection"
        VISIT = "visit", "Monitoring visit"
        DEFINITION = "definition", "Change of definition"
        TEAM = "team", "Change of team"

    on = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=200)
    ref = models.CharField(max_length=10, blank=True)  # blank: on every chart
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of days."""

        ordering = ("on", "id")
        indexes = (models.Index(fields=("ref", "on"), name="annotations_of"),)

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Owner(models.Model):
    """The post that answers for an indicator, from a day on; the latest day counts."""

    ref = models.CharField(max_length=10)
    post = models.CharField(max_length=120)
    starts_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("ref", "-starts_on", "-id")
        indexes = (models.Index(fields=("ref", "-starts_on"), name="owners_of"),)

    def __str__(self) -> str:
        return f"{self.ref} {self.starts_on}"


class Target(models.Model):
    """A target of an indicator: local, dated, owned. It counts once approved; a later one takes its place.

    For an indicator that was published somebody else than who proposed it approves. A blank value ends the
    target before it. Nothing is overwritten: what counted on a day can always be told.
    """

    ref = models.CharField(max_length=10)
    value = Amount()  # none: from that day there is no target
    tolerance = (
        Amount()
    )  # how far from the target is still amber, in the unit of the figure; none: the setting
    stretch = Amount()  # where the council wants to be in the end
    owner = models.CharField(max_length=120)  # the post
    starts_on = models.DateField()
    because = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    needs_second_person = models.BooleanField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)  # none: not yet decided

    class Meta:
        """The newest first; nobody approves alone what was published."""

        ordering = ("-proposed_at", "-id")
        indexes = (models.Index(fields=("ref", "is_approved", "-starts_on"), name="targets_of"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(needs_second_person=False)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="target_two_people",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(is_approved__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="target_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} from {self.starts_on}"


class Neighbours(models.Model):
    """The authorities that count as statistical neighbours from a day on; the latest day counts."""

    areas = models.JSONField(default=list)
    starts_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-starts_on", "-id")
        verbose_name_plural = "neighbours"

    def __str__(self) -> str:
        return f"neighbours from {self.starts_on}"
