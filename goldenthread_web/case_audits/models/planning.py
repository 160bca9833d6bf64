"""What is asked, of which cases, when and by whom? Pro formas made from the standards, programmes, rounds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Kind(models.TextChoices):
    """What sort of case audit it is."""

    FULL = "full", "Full"
    THEMATIC = "thematic", "Thematic"
    CLOSURE = "closure", "Before a case closes"
    SUPERVISION_FILE = "supervision_file", "Supervision file"
    OBSERVATION = "observation", "Observation of practice"
    MULTI_AGENCY = "multi_agency", "Multi-agency"
    RE_AUDIT = "re_audit", "Re-audit"


class ProForma(models.Model):
    """The questions of one sort of case audit, in one version, from one edition of the standards."""

    code = models.SlugField(max_length=60)  # the same in every version
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    edition = models.ForeignKey("standards.Edition", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)  # from then on nothing of it changes
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By title, the latest version first."""

        ordering = ("title", "-number")
        constraints = (models.UniqueConstraint(fields=("code", "number"), name="pro_forma_version_once"),)

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class ProFormaQuestion(models.Model):
    """One question of a pro forma. One that cites no standard may be drafted, never published."""

    pro_forma = models.ForeignKey(ProForma, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=40)  # a code of standards/domains.toml
    text = models.TextField()
    standard = models.ForeignKey(
        "standards.Standard", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.ForeignKey(
        "standards.Question", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # where it was taken from the library; none: written for this pro forma

    class Meta:
        """In the order of the pro forma."""

        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("pro_forma", "position"), name="question_place_once"),)

    def __str__(self) -> str:
        return f"{self.pro_forma_id} {self.position}"


class AuditProgramme(models.Model):
    """A programme of case audits: its theme, how often, of whom, by whom, and by when each is to be done."""

    class Cycle(models.TextChoices):
        """How often a round begins."""

        MONTHLY = "monthly", "Every month"
        QUARTERLY = "quarterly", "Every three months"
        ONCE = "once", "Once"

    title = models.CharField(max_length=160)
    theme = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    cycle = models.CharField(max_length=12, choices=Cycle)
    pro_forma = models.ForeignKey(ProForma, on_delete=models.PROTECT, related_name="programmes")
    cohorts = models.JSONField(default=list)  # codes of sampling/cohorts.toml
    size = models.PositiveSmallIntegerField()  # case audits in a round
    days = models.PositiveSmallIntegerField()  # working days in which each is to be done
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    auditors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    owner = models.CharField(max_length=120)  # the post that answers for it
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The latest first."""

        ordering = ("-starts_on", "title")
        constraints = (
            models.CheckConstraint(condition=Q(size__gte=1), name="case_audit_programme_size"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="case_audit_programme_order",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("case_audits:programme", args=[self.pk])


class Round(models.Model):
    """One round of a programme: a sample of its own, handed out to auditors."""

    programme = models.ForeignKey(AuditProgramme, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    due_on = models.DateField()
    samples = models.ManyToManyField("sampling.Sample", related_name="+")  # one for each cohort
    handed_out_at = models.DateTimeField(null=True, blank=True)
    handed_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """The latest first."""

        ordering = ("-starts_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=("programme", "number"), name="round_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="round_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("case_audits:round", args=[self.pk])
