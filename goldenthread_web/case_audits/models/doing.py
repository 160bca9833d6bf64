"""How good is the practice in this case? The case audit, its answers, and what is kept meanwhile."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from goldenthread_web.case_audits.models.planning import Kind


class Grade(models.TextChoices):
    """The four grades; codes of the code set practice_grade."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement to be good"
    INADEQUATE = "inadequate", "Inadequate"


class CaseAudit(models.Model):
    """One case looked at by one auditor. Its first grade is never changed; a moderated one counts instead."""

    class State(models.TextChoices):
        """How far it is."""

        HANDED_OUT = "handed_out", "handed out"
        UNDER_WAY = "under_way", "under way"
        COMPLETED = "completed", "completed"
        WITHDRAWN = "withdrawn", "withdrawn"

    ref = models.CharField(max_length=20, unique=True)  # A1, A2
    kind = models.CharField(max_length=20, choices=Kind)
    round = models.ForeignKey(
        "case_audits.Round", null=True, blank=True, on_delete=models.PROTECT, related_name="case_audits"
    )  # none: a re-audit, or one asked for by itself
    pro_forma = models.ForeignKey("case_audits.ProForma", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, blank=True)  # keyed, of the child; blank: about no child
    cohort = models.CharField(max_length=40, blank=True)  # a code of sampling/cohorts.toml
    team = models.CharField(max_length=120)
    worker_id = models.CharField(max_length=60, blank=True)
    worker_tier = models.CharField(max_length=40, blank=True)  # the kind of post, for coverage
    about = models.CharField(max_length=200, blank=True)  # what is looked at, where it is about no child
    selection = models.CharField(max_length=12)  # the codes of sampling.models.Sample.Method
    selection_reason = models.TextField(blank=True)  # why this case, where chosen for a reason
    auditor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scheduled_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.HANDED_OUT)
    begun_at = models.DateTimeField(null=True, blank=True)
    # What the auditor says. Judged is what they would give; impact and grade are what limits allow of it.
    looked_from_on = models.DateField(null=True, blank=True)
    looked_to_on = models.DateField(null=True, blank=True)
    with_practitioner = models.BooleanField(null=True)
    family_contacted = models.BooleanField(null=True)
    lived_experience = models.TextField(blank=True)  # what it is like to be this child
    judged_impact = models.CharField(max_length=24, choices=Grade, blank=True)
    impact = models.CharField(max_length=24, choices=Grade, blank=True)  # on the child: apart from practice
    impact_text = models.TextField(blank=True)
    is_unsafe = models.BooleanField(null=True)  # is the child unsafe now?
    judged_grade = models.CharField(max_length=24, choices=Grade, blank=True)
    grade = models.CharField(max_length=24, choices=Grade, blank=True)
    grade_text = models.TextField(blank=True)
    limits = models.JSONField(default=list)  # codes of case_audits/grading.toml that held the grade down
    domain_grades = models.JSONField(default=dict)  # domain to grade
    strengths = models.TextField(blank=True)
    to_improve = models.TextField(blank=True)
    reflection = models.TextField(blank=True)  # the practitioner's own
    completed_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    # What follows
    moderated_grade = models.CharField(max_length=24, choices=Grade, blank=True)
    moderated_on = models.DateField(null=True, blank=True)
    plan_due_on = models.DateField(null=True, blank=True)  # of actions, after a weak grade
    remedial_completed_on = models.DateField(null=True, blank=True)  # the day that plan was recorded
    re_audit_due_on = models.DateField(null=True, blank=True)
    re_audit_waived = models.CharField(max_length=20, blank=True)  # a code of following.toml: why
    re_audit_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="re_audits"
    )
    concern = models.ForeignKey(
        "concerns.Concern", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first; complete means graded, with the child's experience told."""

        ordering = ("-scheduled_on", "-id")
        indexes = (
            models.Index(fields=("reference", "completed_on"), name="case_audits_of_child"),
            models.Index(fields=("auditor", "state"), name="case_audits_of_auditor"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("scheduled_on")), name="case_audit_in_order"),
            models.CheckConstraint(
                condition=~Q(state="completed") | (~Q(grade="") & Q(completed_on__isnull=False)),
                name="case_audit_complete_with_grade",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(reference="") | (~Q(lived_experience="") & ~Q(impact="")),
                name="case_audit_tells_of_the_child",
            ),
            models.CheckConstraint(
                condition=~Q(selection="targeted") | ~Q(selection_reason=""), name="case_audit_targeted_why"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """The page on which it is read."""
        return reverse("case_audits:shown", args=[self.ref])

    @property
    def final_grade(self) -> str:
        """The grade that counts: the moderated one where there is one; blank until it is completed."""
        return self.moderated_grade or (self.grade if self.state == self.State.COMPLETED else "")


class Answer(models.Model):
    """The answer to one question of a case audit."""

    class Said(models.TextChoices):
        """Whether the standard is met."""

        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"
        NA = "na", "Does not apply"

    case_audit = models.ForeignKey(CaseAudit, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey("case_audits.ProFormaQuestion", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Said, blank=True)
    narrative = models.TextField(blank=True)
    evidence = models.CharField(max_length=200, blank=True)  # where in the record it is seen

    class Meta:
        """In the order of the pro forma; each once."""

        ordering = ("question__position", "id")
        constraints = (
            models.UniqueConstraint(fields=("case_audit", "question"), name="question_answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_audit_id} {self.question_id}"


class Draft(models.Model):
    """What somebody has written and not yet saved: kept while they write, and there when they come back."""

    case_audit = models.ForeignKey(CaseAudit, on_delete=models.CASCADE, related_name="drafts")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=20)  # which form: doing, moderating
    fields = models.JSONField(default=dict)  # as posted
    based_on = models.PositiveIntegerField()  # the version it was begun from
    kept_at = models.DateTimeField()

    class Meta:
        """One of each person and form."""

        constraints = (
            models.UniqueConstraint(fields=("case_audit", "kept_by", "part"), name="case_audit_draft_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_audit_id} {self.part}"
