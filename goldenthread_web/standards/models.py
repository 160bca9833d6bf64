"""What does good practice look like here? Editions of the library, their standards and their questions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Edition(models.Model):
    """The whole library as it stood from one day on. Once adopted it is never changed."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "being written"
        PROPOSED = "proposed", "waiting to be adopted"
        ADOPTED = "adopted", "adopted"

    number = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    about = models.TextField(blank=True)  # what is new in it
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.TextField(blank=True)  # what must change before it is proposed again
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)  # from this day on, until a later one is
    decision = models.ForeignKey(
        "programme.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # of the body that agreed, if one did
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; one in the making; adopted by somebody else than proposed it, with a day."""

        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                models.Value(1), condition=~Q(state="adopted"), name="one_edition_in_the_making"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(in_force_on__isnull=False, adopted_by__isnull=False),
                name="edition_adopted_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True)
                | (Q(proposed_by__isnull=False) & ~Q(adopted_by=models.F("proposed_by"))),
                name="edition_by_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"Edition {self.number}"

    def get_absolute_url(self) -> str:
        """The page of this edition."""
        return reverse("standards:edition", args=[self.number])

    @property
    def is_adopted(self) -> bool:
        """Whether it is never changed any more."""
        return self.state == self.State.ADOPTED

    @property
    def is_draft(self) -> bool:
        """Whether it is being written."""
        return self.state == self.State.DRAFT


class Standard(models.Model):
    """One practice standard in one edition. `code` is the same in every edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="standards")
    code = models.SlugField(max_length=60)
    domain = models.CharField(max_length=40)  # a code of standards/domains.toml
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120)
    statement = models.TextField()
    expectations = models.JSONField(default=list)  # what it asks day by day, in the first person
    inadequate = models.TextField()
    requires_improvement = models.TextField()
    good = models.TextField()
    outstanding = models.TextField()
    statute = models.CharField(max_length=300, blank=True)  # the law or guidance it rests on
    clock = models.CharField(max_length=200, blank=True)  # its time limit in words, if it has one
    indicators = models.JSONField(default=list)  # references of the catalogue
    tags = models.JSONField(default=list)  # codes of the code set standard_tag
    training = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the library."""

        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="standard_once_in_an_edition"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The page of this standard in its edition."""
        return reverse("standards:standard", args=[self.edition.number, self.code])


class Question(models.Model):
    """What whoever audits a case asks about a standard."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=60)  # the same in every edition
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    cohorts = models.JSONField(default=list)  # codes of goldenthread/worklist/cohorts.toml; none: all
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the standard."""

        ordering = ("standard__position", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("standard", "code"), name="question_once_of_a_standard"),
        )

    def __str__(self) -> str:
        return self.code
