"""What could stop the programme? Risks, how they moved, what is done about them, what would warn of them.

Movements and tests are added, never changed: the database refuses it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldenthread_web.risks.scales import Score

_LEVEL = (1, 5)
_SCORES = ("inherent", "current", "target")


class Risk(models.Model):
    """One risk: if this happens, then that follows. A closed one is kept."""

    ref = models.CharField(max_length=10, unique=True)  # K1
    if_text = models.TextField()
    then_text = models.TextField()
    cause = models.TextField()
    event = models.TextField()
    impact = models.TextField()  # on children, in words
    category = models.CharField(max_length=40)  # a code of scales.toml, as are appetite and proximity
    theme = models.ForeignKey(
        "programme.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.CharField(max_length=120)  # who answers for it
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    inherent_likelihood = models.PositiveSmallIntegerField()  # before anything is done about it
    inherent_impact = models.PositiveSmallIntegerField()
    current_likelihood = models.PositiveSmallIntegerField()
    current_impact = models.PositiveSmallIntegerField()
    target_likelihood = models.PositiveSmallIntegerField()
    target_impact = models.PositiveSmallIntegerField()
    proximity = models.CharField(max_length=20)
    appetite = models.CharField(max_length=20)
    identified_on = models.DateField()
    review_on = models.DateField()
    escalated_to = models.ForeignKey(
        "programme.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    escalated_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Scores are of five levels; what is escalated or closed says since when, and why."""

        ordering = ("id",)
        constraints = (
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{kind}_likelihood__range": _LEVEL, f"{kind}_impact__range": _LEVEL}),
                    name=f"risk_{kind}_of_five_levels",
                )
                for kind in _SCORES
            ),
            models.CheckConstraint(
                condition=Q(escalated_to=None, escalated_on=None)
                | Q(escalated_to__isnull=False, escalated_on__isnull=False),
                name="risk_escalated_since",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="risk_closed_with_reason",
            ),
            models.CheckConstraint(condition=~Q(post=""), name="risk_has_owner"),
        )

    def __str__(self) -> str:
        return f"{self.ref} If {self.if_text}"

    def get_absolute_url(self) -> str:
        """The page of this risk."""
        return reverse("risks:risk", args=[self.ref])

    @property
    def sentence(self) -> str:
        """If this happens, then that follows."""
        return f"If {self.if_text}, then {self.then_text}."

    @property
    def inherent(self) -> Score:
        """Before anything is done about it."""
        return Score(self.inherent_likelihood, self.inherent_impact)

    @property
    def current(self) -> Score:
        """With what is done about it today."""
        return Score(self.current_likelihood, self.current_impact)

    @property
    def target(self) -> Score:
        """Where it is to be brought."""
        return Score(self.target_likelihood, self.target_impact)


class Movement(models.Model):
    """What became of a risk on a day, and why. Rows are added, never changed."""

    class Kind(models.TextChoices):
        """What happened to the risk."""

        ENTERED = "entered", "entered"
        SCORED = "scored", "scored"
        ESCALATED = "escalated", "escalated"
        RETURNED = "returned", "taken back from escalation"
        CLOSED = "closed", "closed"
        REOPENED = "reopened", "opened again"

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=20, choices=Kind)
    moved_on = models.DateField()
    from_likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    from_impact = models.PositiveSmallIntegerField(null=True, blank=True)
    to_likelihood = models.PositiveSmallIntegerField()
    to_impact = models.PositiveSmallIntegerField()
    body = models.ForeignKey(
        "programme.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first; each says why."""

        ordering = ("-moved_on", "-id")
        constraints = (
            models.CheckConstraint(condition=~Q(note=""), name="movement_has_note"),
            models.CheckConstraint(
                condition=Q(to_likelihood__range=_LEVEL, to_impact__range=_LEVEL),
                name="movement_of_five_levels",
            ),
        )

    def __str__(self) -> str:
        return f"{self.risk.ref} {self.moved_on:%Y-%m-%d} {self.kind}"

    @property
    def to(self) -> Score:
        """The score from that day on."""
        return Score(self.to_likelihood, self.to_impact)

    @property
    def came_from(self) -> Score | None:
        """The score before; None for the first."""
        if self.from_likelihood is None or self.from_impact is None:
            return None
        return Score(self.from_likelihood, self.from_impact)


class Mitigation(models.Model):
    """What is done about a risk: an action of the plan, or a control that is tested."""

    class Kind(models.TextChoices):
        """How it works."""

        ACTION = "action", "action of the plan"
        CONTROL = "control", "control"

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="mitigations")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    action = models.ForeignKey(
        "improvement.Action", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.CharField(max_length=120)
    test_due_on = models.DateField(null=True, blank=True)  # of a control: when it is tested next
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Only a control is tested, and it always has a day for the next test."""

        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="action", test_due_on=None)
                | Q(kind="control", action=None, test_due_on__isnull=False),
                name="mitigation_action_or_control",
            ),
        )

    def __str__(self) -> str:
        return f"{self.risk.ref} {self.text}"

    @property
    def is_control(self) -> bool:
        """Whether it is tested rather than done."""
        return self.kind == self.Kind.CONTROL


class ControlTest(models.Model):
    """A control was tested: does it work? Rows are added, never changed."""

    class Result(models.TextChoices):
        """What the test showed."""

        EFFECTIVE = "effective", "effective"
        PARTLY = "partly", "partly effective"
        NOT = "not", "not effective"

    mitigation = models.ForeignKey(Mitigation, on_delete=models.PROTECT, related_name="tests")
    tested_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result)
    note = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        ordering = ("-tested_on", "-id")

    def __str__(self) -> str:
        return f"{self.mitigation_id} {self.tested_on:%Y-%m-%d} {self.result}"


class EarlyWarning(models.Model):
    """An indicator that would show a risk coming. It alerts; it never moves the score by itself."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="warnings")
    ref = models.CharField(max_length=10)  # of the catalogue, which says whether high or low is bad
    because = models.TextField()

    class Meta:
        """Each indicator once for a risk."""

        ordering = ("ref",)
        constraints = (models.UniqueConstraint(fields=("risk", "ref"), name="one_warning_an_indicator"),)

    def __str__(self) -> str:
        return f"{self.risk.ref} {self.ref}"
