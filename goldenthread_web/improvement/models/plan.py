"""What is to be done, why, by whom and by when? Objectives, actions, milestones and versions of the plan."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Objective(models.Model):
    """One objective of a theme: what will be true once its actions are embedded."""

    theme = models.ForeignKey("programme.Theme", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=20, unique=True)  # O2.3
    place = models.PositiveIntegerField(default=0)  # in the order of the plan
    text = models.TextField()
    components = models.ManyToManyField("programme.Component", related_name="objectives")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the plan."""

        ordering = ("theme__number", "place", "id")

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Where it stands in the plan."""
        return f"{reverse('improvement:tree')}#{self.ref}"


class Action(models.Model):
    """One promise of the plan. Whether it is delivered and whether it helps are two ratings, never one."""

    class Origin(models.TextChoices):
        """What made the council promise it."""

        FINDING = "finding", "Finding of an inspector"
        CASE_AUDIT = "case_audit", "Case audit"
        CLINIC = "clinic", "Performance clinic"
        ASK = "ask", "Asked for by scrutiny"
        TWELVE_WEEKS = "twelve_weeks", "Twelve-week plan"
        COMPLAINT = "complaint", "Complaint"
        SAFEGUARDING_REVIEW = "safeguarding_review", "Safeguarding practice review"
        COUNCIL = "council", "The council itself"

    class Confidence(models.TextChoices):
        """How sure the lead is that it will be done by the day forecast."""

        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"

    class Impact(models.IntegerChoices):
        """Whether children are better off for it."""

        TOO_EARLY = 0, "Too early to say"
        NONE = 1, "No effect"
        EMERGING = 2, "Emerging"
        CLEAR = 3, "Clear"
        SUSTAINED = 4, "Sustained"

    ref = models.CharField(max_length=20, unique=True)  # 2.3.1
    place = models.PositiveIntegerField(default=0)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    recommendations = models.ManyToManyField("inspections.Recommendation", blank=True, related_name="actions")
    components = models.ManyToManyField("programme.Component", blank=True, related_name="actions")
    enablers = models.ManyToManyField("programme.Enabler", blank=True, related_name="actions")
    text = models.TextField()
    intended_impact = models.TextField()  # on children, in plain words
    origin = models.CharField(max_length=30, choices=Origin, default=Origin.FINDING)
    lead_post = models.CharField(max_length=120)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    delivery_post = models.CharField(max_length=120, blank=True)
    delivery_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    partner = models.CharField(max_length=120, blank=True)  # an agency
    starts_on = models.DateField()
    baseline_due_on = models.DateField()
    forecast_due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    blocked_because = models.TextField(blank=True)  # blank: it is not blocked
    escalation = models.TextField(blank=True)  # who was told, and what they will do
    recovery = models.TextField(blank=True)  # how an action at risk comes back
    recovery_decision = models.ForeignKey(  # by which a body agreed the new plan of one that is off track
        "programme.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    cost_line = models.CharField(max_length=60, blank=True)  # M1: a line of the programme's money
    # What somebody else must decide first: a partnership, a department.
    outside_decision = models.TextField(blank=True)
    outside_body = models.CharField(max_length=120, blank=True)
    outside_due_on = models.DateField(null=True, blank=True)
    outside_decided_on = models.DateField(null=True, blank=True)
    is_expected_to_worsen_first = models.BooleanField(default=False)
    impact = models.PositiveSmallIntegerField(choices=Impact, null=True, blank=True)  # none: not yet judged
    impact_because = models.TextField(blank=True)
    impact_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    impact_on = models.DateField(null=True, blank=True)
    test_on = models.DateField(null=True, blank=True)  # when what is too early to say will be tested
    test_ref = models.CharField(max_length=10, blank=True)  # on which indicator
    override = models.CharField(max_length=1, blank=True)  # a status said by hand; blank: as worked out
    override_of = models.CharField(max_length=1, blank=True)  # what was worked out when it was said
    override_because = models.TextField(blank=True)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    override_on = models.DateField(null=True, blank=True)
    sign_off = models.ForeignKey(  # by which a body took note that it is done
        "programme.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the plan; what is too early to say has a day and an indicator to test it."""

        ordering = ("objective__theme__number", "objective__place", "place", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(intended_impact=""), name="action_says_impact"),
            models.CheckConstraint(condition=~Q(lead_post=""), name="action_has_lead"),
            models.CheckConstraint(
                condition=Q(impact__isnull=True)
                | ~Q(impact=0)
                | (Q(test_on__isnull=False) & ~Q(test_ref="")),
                name="too_early_has_a_test",
            ),
            models.CheckConstraint(
                condition=Q(baseline_due_on__gte=F("starts_on")), name="action_due_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improvement:action", args=[self.ref])

    @property
    def is_live(self) -> bool:
        """Whether it is still promised."""
        return self.withdrawn_on is None


class ActionIndicator(models.Model):
    """An indicator by which an action is tested, with where it began and where it is to go."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="indicators")
    ref = models.CharField(max_length=10)  # of the catalogue: CIN-02
    target = models.CharField(max_length=120, blank=True)  # in words: 95% by March 2018
    baseline = models.CharField(max_length=60, blank=True)  # as it was said: 59.1%
    baseline_on = models.DateField(null=True, blank=True)
    is_of_impact = models.BooleanField(default=True)  # of what children notice; else of progress

    class Meta:
        """By reference; each once."""

        ordering = ("ref",)
        constraints = (models.UniqueConstraint(fields=("action", "ref"), name="indicator_once_per_action"),)

    def __str__(self) -> str:
        return self.ref


class Milestone(models.Model):
    """A step of an action with its three days: promised, expected, done."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    place = models.PositiveIntegerField(default=0)
    text = models.TextField()
    baseline_on = models.DateField()
    forecast_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which they were promised."""

        ordering = ("action", "baseline_on", "place", "id")

    def __str__(self) -> str:
        return f"{self.action_id} {self.baseline_on}"

    @property
    def slippage(self) -> int:
        """Calendar days by which it is later than promised; negative: earlier."""
        return ((self.done_on or self.forecast_on) - self.baseline_on).days


class DateChange(models.Model):
    """A day of an action or of one of its milestones, moved. Nothing changes or removes it afterwards."""

    class Which(models.TextChoices):
        """Which of the days."""

        FORECAST = "forecast", "forecast"
        BASELINE = "baseline", "baseline"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_changes")
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="date_changes"
    )
    which = models.CharField(max_length=10, choices=Which)
    before = models.DateField()
    after = models.DateField()
    because = models.TextField()
    decision = models.ForeignKey(
        "programme.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()  # the day in the service's calendar

    class Meta:
        """The latest first; another baseline rests on a decision of a body."""

        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(which="forecast") | Q(decision__isnull=False), name="baseline_by_decision"
            ),
        )

    def __str__(self) -> str:
        return f"{self.which} {self.before} {self.after}"


class PlanVersion(models.Model):
    """The whole plan as a body approved it. The database refuses to change or remove it."""

    number = models.PositiveIntegerField(unique=True)
    decision = models.OneToOneField("programme.Decision", on_delete=models.PROTECT, related_name="+")
    summary = models.TextField()  # what is new in it
    snapshot = models.JSONField()  # as plan_text.as_it_stands makes it
    digest = models.CharField(max_length=64)  # of the snapshot
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-number",)

    def __str__(self) -> str:
        return f"version {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("improvement:version", args=[self.number])
