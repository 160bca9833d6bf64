"""What does no extract hold? Homes, training of partners, outages, school, children of the area, places."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from goldenthread.standard import code_labels


def judgement_choices() -> list[tuple[str, str]]:
    """The four judgements, as the standard words them."""
    return list(code_labels("practice_grade").items())


class Home(models.Model):
    """A children's home that the council runs itself. Its reference names no place."""

    ref = models.CharField(max_length=10, unique=True)  # H1
    name = models.CharField(max_length=120, unique=True)
    opened_on = models.DateField(null=True, blank=True)  # none: before anybody wrote it down
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By name; one that closed was open before."""

        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="home_closed_after_it_opened",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="home_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("registers:home", args=[self.ref])


class HomeInspection(models.Model):
    """What an inspection judged of a home. Only a full one counts for how many are good or better."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="inspections")
    inspected_on = models.DateField()
    is_full = models.BooleanField(default=True)
    judgement = models.CharField(max_length=30)  # a code of the code set practice_grade
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; one a day."""

        ordering = ("-inspected_on",)
        constraints = (
            models.UniqueConstraint(fields=("home", "inspected_on"), name="home_inspected_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.home_id} {self.inspected_on:%Y-%m-%d}"


class Training(models.Model):
    """How many of an agency are to be trained in thresholds, and how many were on a day."""

    agency = models.CharField(max_length=120)
    as_at_on = models.DateField()
    target_count = models.PositiveIntegerField()
    trained_count = models.PositiveIntegerField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By agency, the latest first; once a day, and never more trained than there are."""

        ordering = ("agency", "-as_at_on")
        constraints = (
            models.UniqueConstraint(fields=("agency", "as_at_on"), name="training_counted_once_a_day"),
            models.CheckConstraint(
                condition=Q(trained_count__lte=F("target_count")), name="no_more_trained_than_there_are"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency} {self.as_at_on:%Y-%m-%d}"


class Outage(models.Model):
    """A time in which nobody could work in the case system. Without an end it goes on."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    planned_hours = models.DecimalField(max_digits=7, decimal_places=2, default=0)  # announced before
    what = models.CharField(max_length=200)  # what could not be done
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; it ends after it starts."""

        ordering = ("-started_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="outage_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(planned_hours__gte=0), name="outage_planned_hours_not_below_0"
            ),
        )

    def __str__(self) -> str:
        return f"outage {self.pk}"


class ChildcareTerm(models.Model):
    """How many two-year-olds may have funded childcare in a term, and how many do."""

    term = models.CharField(max_length=60, unique=True)  # Autumn 2017
    counted_on = models.DateField()
    eligible_count = models.PositiveIntegerField()
    taking_up_count = models.PositiveIntegerField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        """The latest first; no more take it up than may."""

        ordering = ("-counted_on", "term")
        constraints = (
            models.CheckConstraint(
                condition=Q(taking_up_count__lte=F("eligible_count")), name="no_more_take_up_than_may"
            ),
        )

    def __str__(self) -> str:
        return self.term


class SchoolReturn(models.Model):
    """What the virtual school returned of one looked-after child for one term. The child is a reference."""

    reference = models.CharField(max_length=20)  # keyed: accounts.children
    term = models.CharField(max_length=60)
    ended_on = models.DateField()
    sessions_possible = models.PositiveIntegerField(null=True, blank=True)
    sessions_missed = models.PositiveIntegerField(null=True, blank=True)
    suspensions = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """One a child and term; no more missed than there were."""

        ordering = ("-ended_on", "term", "reference")
        constraints = (
            models.UniqueConstraint(fields=("reference", "term"), name="one_return_a_child_and_term"),
            models.CheckConstraint(
                condition=Q(sessions_missed__isnull=True)
                | Q(sessions_possible__isnull=True)
                | Q(sessions_missed__lte=F("sessions_possible")),
                name="no_more_missed_than_there_were",
            ),
        )

    def __str__(self) -> str:
        return f"{self.term} {self.pk}"


class SchoolMove(models.Model):
    """A move of a looked-after child from school to school; without a day: has a school, has not moved."""

    reference = models.CharField(max_length=20)  # keyed: accounts.children
    moved_on = models.DateField(null=True, blank=True)

    class Meta:
        """As they were handed over; once a child and day."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("reference", "moved_on"), name="one_move_a_child_and_day"),
        )

    def __str__(self) -> str:
        return f"move {self.pk}"


class Entry(models.Model):
    """Something that was entered and is never changed: a later entry of the same takes its place."""

    source = models.CharField(max_length=200)  # where it is from
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    KEY: tuple[str, ...] = ()  # what tells entries of one thing from those of another
    SAID: tuple[str, ...] = ()  # what is said of it; all blank: what was entered before is taken back

    class Meta:
        """The newest first."""

        abstract = True
        ordering = ("-id",)

    def __str__(self) -> str:
        return " ".join(str(getattr(self, name)) for name in self.KEY)

    @property
    def is_taken_back(self) -> bool:
        """Whether it says no more than that what was entered before was a mistake."""
        return all(getattr(self, name) is None for name in self.SAID)


class Estimate(Entry):
    """How many children aged 0 to 17 live in the council's area, or in one of its localities."""

    area = models.CharField(max_length=60, blank=True)  # blank: the whole council
    year = models.PositiveSmallIntegerField()
    population_0_17 = models.PositiveIntegerField(null=True, blank=True)

    KEY = ("area", "year")
    SAID = ("population_0_17",)


class SchoolTerm(Entry):
    """The first and the last day of a term of the council's schools."""

    academic_year = models.CharField(max_length=7)  # 2017/18
    term = models.CharField(max_length=60)  # Autumn
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    KEY = ("academic_year", "term")
    SAID = ("started_on", "ended_on")

    class Meta(Entry.Meta):
        """The newest first; both days or neither."""

        constraints = (
            models.CheckConstraint(
                condition=Q(started_on__isnull=True, ended_on__isnull=True)
                | Q(started_on__isnull=False, ended_on__isnull=False, ended_on__gt=F("started_on")),
                name="term_ends_after_it_starts",
            ),
        )


class FosterPlaces(Entry):
    """How many places the council's own foster carers are approved for on a day, and how many are taken."""

    as_at_on = models.DateField()
    approved_places = models.PositiveIntegerField(null=True, blank=True)
    occupied_places = models.PositiveIntegerField(null=True, blank=True)

    KEY = ("as_at_on",)
    SAID = ("approved_places", "occupied_places")

    class Meta(Entry.Meta):
        """The newest first; both numbers or neither."""

        constraints = (
            models.CheckConstraint(
                condition=Q(approved_places__isnull=True, occupied_places__isnull=True)
                | Q(approved_places__isnull=False, occupied_places__isnull=False),
                name="places_approved_and_taken",
            ),
        )
