"""What does improvement cost, who agreed to it, what was spent, what came of it? Also posts, and reviews.

Amounts are exact decimals in pounds. A recurrent line is counted by the year, a one-off line in all: the two
are never added to each other. Approvals, money spent, forecasts, evidence and signatures are added, never
changed: the database refuses it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldenthread_web.figures.models import Amount

_USER = settings.AUTH_USER_MODEL


class InvestmentLine(models.Model):
    """One line of money: what for, from where, until when, and what is to come of it."""

    class Kind(models.TextChoices):
        """Whether it comes every year."""

        RECURRENT = "recurrent", "recurrent"
        ONE_OFF = "one_off", "one-off"

    ref = models.CharField(max_length=10, unique=True)  # M1
    title = models.CharField(max_length=200)
    about = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=40)  # a code of sources.toml
    is_programme_cost = models.BooleanField(default=False)  # part of what the improvement programme costs
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    post = models.CharField(max_length=120)  # the budget holder
    person = models.ForeignKey(_USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.CharField(max_length=10, blank=True)  # a reference of the catalogue
    benefit = models.TextField()  # what children are to have of it
    benefit_test_on = models.DateField()
    exit_plan = models.TextField(blank=True)  # how one-off money ends without anything falling down
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One-off money has an end, and a plan for it."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="recurrent") | (Q(ends_on__isnull=False) & ~Q(exit_plan="")),
                name="one_off_has_exit_plan",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="line_has_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of this line."""
        return reverse("resources:line", args=[self.ref])

    @property
    def is_recurrent(self) -> bool:
        """Whether it comes every year."""
        return self.kind == self.Kind.RECURRENT

    @property
    def basis(self) -> str:
        """What its amounts are about, to be read after them."""
        return "a year" if self.is_recurrent else "in all"


class Approval(models.Model):
    """A body agreed to an amount for a line. The latest decision counts; those before it stay."""

    line = models.ForeignKey(InvestmentLine, on_delete=models.PROTECT, related_name="approvals")
    amount = Amount(null=False, blank=False)
    decision = models.ForeignKey("programme.Decision", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """A decision says one amount for a line."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("line", "decision"), name="one_amount_a_line_and_decision"),
        )

    def __str__(self) -> str:
        return f"{self.line.ref} {self.amount}"


class Profile(models.Model):
    """How much of a line is to be spent in a quarter of a financial year."""

    line = models.ForeignKey(InvestmentLine, on_delete=models.PROTECT, related_name="profiles")
    year = models.PositiveSmallIntegerField()  # 2017 is April 2017 to March 2018
    quarter = models.PositiveSmallIntegerField()  # 1 is April to June
    amount = Amount(null=False, blank=False)

    class Meta:
        """One amount for a line and quarter."""

        ordering = ("year", "quarter")
        constraints = (
            models.UniqueConstraint(fields=("line", "year", "quarter"), name="one_profile_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="profile_of_four_quarters"),
        )

    def __str__(self) -> str:
        return f"{self.line.ref} {self.year} quarter {self.quarter}"


class Spend(models.Model):
    """Money spent on a day; less than nothing takes back what was entered wrongly."""

    line = models.ForeignKey(InvestmentLine, on_delete=models.PROTECT, related_name="spends")
    spent_on = models.DateField()
    amount = Amount(null=False, blank=False)
    note = models.CharField(max_length=300)
    entered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-spent_on", "-id")

    def __str__(self) -> str:
        return f"{self.line.ref} {self.spent_on:%Y-%m-%d} {self.amount}"


class Forecast(models.Model):
    """What a line is expected to have cost at its end, or by the end of a year where it is recurrent."""

    line = models.ForeignKey(InvestmentLine, on_delete=models.PROTECT, related_name="forecasts")
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # of a recurrent line
    made_on = models.DateField()
    amount = Amount(null=False, blank=False)
    because = models.TextField()
    entered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-made_on", "-id")

    def __str__(self) -> str:
        return f"{self.line.ref} {self.made_on:%Y-%m-%d} {self.amount}"


class BenefitEvidence(models.Model):
    """What shows, or does not show, that the money did children good. A figure is frozen as it stood."""

    class Shows(models.TextChoices):
        """What it says of the benefit."""

        FOR = "for", "the benefit shows"
        NOT_YET = "not_yet", "too early to say"
        AGAINST = "against", "the benefit does not show"

    line = models.ForeignKey(InvestmentLine, on_delete=models.PROTECT, related_name="evidence")
    about_on = models.DateField()  # the day it is about
    shows = models.CharField(max_length=10, choices=Shows)
    text = models.TextField()
    indicator = models.CharField(max_length=10, blank=True)
    figure = models.CharField(
        max_length=200, blank=True
    )  # frozen, small numbers hidden: 74.0%, December 2017
    recorded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-about_on", "-id")

    def __str__(self) -> str:
        return f"{self.line.ref} {self.about_on:%Y-%m-%d}"


class SignOff(models.Model):
    """A quarter of the programme's money, signed: its figures stay as they were, whatever is found later."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    figures = models.JSONField()  # per line, amounts as text: exact
    statement = models.TextField()
    signed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        """A quarter is signed once."""

        ordering = ("-year", "-quarter")
        constraints = (
            models.UniqueConstraint(fields=("year", "quarter"), name="one_sign_off_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="sign_off_of_four_quarters"),
        )

    def __str__(self) -> str:
        return f"{self.year} quarter {self.quarter}"


class ServiceSpend(models.Model):
    """What a service for children cost in a quarter, from the ledger. The latest entry counts."""

    service = models.CharField(max_length=20)  # a code of services.toml
    year = models.PositiveSmallIntegerField()  # 2017 is April 2017 to March 2018
    quarter = models.PositiveSmallIntegerField()  # 1 is April to June
    amount = Amount(null=False, blank=False)
    source = models.CharField(max_length=200)  # which ledger or report it is from
    entered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest entry first."""

        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="service_spend_of_four_quarters"),
        )

    def __str__(self) -> str:
        return f"{self.service} {self.year} quarter {self.quarter}"


class ProcessReview(models.Model):
    """How a piece of the service works, how it is to work, and what came of the change."""

    title = models.CharField(max_length=200)
    line = models.ForeignKey(
        InvestmentLine, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    as_is = models.TextField()
    to_be = models.TextField()
    post = models.CharField(max_length=120)
    live_due_on = models.DateField()
    live_on = models.DateField(null=True, blank=True)
    effect = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By the day the new way is due; an effect shows only after it is live."""

        ordering = ("live_due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(effect="") | Q(live_on__isnull=False), name="effect_after_live"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """A post of the leadership or service that the programme depends on: is somebody in it?"""

    class Status(models.TextChoices):
        """Who is in it."""

        PERMANENT = "permanent", "permanent"
        INTERIM = "interim", "interim"
        VACANT = "vacant", "vacant"

    title = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=10, choices=Status)
    since = models.DateField()
    expected_on = models.DateField(null=True, blank=True)  # filled for good by
    note = models.CharField(max_length=300, blank=True)
    theme = models.ForeignKey(
        "programme.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """What is not filled for good says by when it will be."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status="permanent") | Q(expected_on__isnull=False), name="post_expected_by"
            ),
        )

    def __str__(self) -> str:
        return self.title
