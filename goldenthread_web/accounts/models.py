"""People and the units they work in."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from goldenthread_web.accounts.roles import Permission, Role, roles


class Unit(models.Model):
    """A service or a team, in one stretch of time, as the extract's teams say."""

    class Kind(models.TextChoices):
        """What a unit is."""

        SERVICE = "service"
        TEAM = "team"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)  # the reporting team or the service, as figures name it
    service = models.CharField(max_length=120, blank=True)  # of a team: the service it belongs to
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        """In the order in which people look for them."""

        ordering = ("kind", "name", "starts_on")
        constraints = (models.UniqueConstraint(fields=("kind", "name", "starts_on"), name="unit_once"),)

    def __str__(self) -> str:
        return self.name

    def is_open(self, on: date) -> bool:
        """Whether it exists on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class People(BaseUserManager["User"]):
    """How accounts are found; only services make them."""

    def get_queryset(self) -> "models.QuerySet[User]":
        """With their unit, on which hangs whose children they see: no page asks for it again."""
        return super().get_queryset().select_related("unit")

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who may sign in. `title` is the post they hold; that is how pages name them."""

    email = models.EmailField(unique=True)
    title = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    worker_id = models.CharField(max_length=80, blank=True)  # their key in the extracts
    is_active = models.BooleanField(default=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # Sessions carry this number; raising it ends them all.
    session_number = models.PositiveIntegerField(default=0)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)  # when a closed account was last opened again

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = People()

    class Meta:
        """By title."""

        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title

    def get_session_auth_hash(self) -> str:
        """What every session must fit: another password, role or session number ends them all."""
        value = f"{self.password}|{self.role}|{self.session_number}"
        return salted_hmac("goldenthread.session", value, algorithm="sha256").hexdigest()

    @property
    def held_role(self) -> Role:
        """What they may do."""
        return roles()[self.role]

    def may(self, permission: Permission) -> bool:
        """Whether their role has the permission."""
        return self.is_active and permission in self.held_role.permissions


class Assignment(models.Model):
    """One child whom an auditor or inspector may see, until a day: a sample or an evidence pack."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    reference = models.CharField(max_length=40)  # the keyed reference of the child
    purpose = models.CharField(max_length=40)  # a code: case_audit, evidence_pack
    starts_on = models.DateField()
    ends_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.reference}"


class EmergencyAccess(models.Model):
    """Break-glass: one child, one person, a reason, 60 minutes, read only."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergencies")
    reference = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)  # a code
    explanation = models.TextField()  # kept here; the trail holds only its hash
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="reviewed_emergencies"
    )
    finding = models.CharField(max_length=20, blank=True)  # justified, not_justified

    class Meta:
        """The newest first."""

        ordering = ("-opened_at",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.reference} {self.opened_at:%Y-%m-%d %H:%M}"


class RoleProposal(models.Model):
    """A role, unit or worker key proposed for a person; another person approves it before it counts."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    worker_id = models.CharField(max_length=80, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposed_roles")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_roles"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)

    class Meta:
        """The newest first; nobody decides on what they proposed."""

        ordering = ("-proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="role_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Restriction(models.Model):
    """A proposal that only named people see a child, that other people do, or that it is lifted.

    What proposes to restrict counts from the proposal on, beside what counted before: whoever is on both
    lists sees the child. What proposes to lift changes nothing until it is approved. Nothing is overwritten.
    """

    class Kind(models.TextChoices):
        """What is proposed."""

        RESTRICT = "restrict"
        LIFT = "lift"

    reference = models.CharField(max_length=40)  # the keyed reference of the child
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=40, blank=True)  # a code of restriction_reasons.toml; blank: to lift
    viewers = models.ManyToManyField(User, related_name="+")  # who may see the child, within their reach
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # refused, followed by another, or lifted

    class Meta:
        """The newest first; nobody decides on what they proposed, and one proposal waits for a child."""

        ordering = ("-proposed_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="restriction_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(decided_at__isnull=False),
                name="restriction_ends_by_decision",
            ),
            models.UniqueConstraint(
                fields=("reference",),
                condition=models.Q(decided_at__isnull=True),
                name="restriction_waits_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Relation(models.Model):
    """A person said that they are related to a child: they see nothing of the child until it is withdrawn."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="relations")
    reference = models.CharField(max_length=40)
    declared_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first; nobody withdraws their own."""

        ordering = ("-declared_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True) | ~models.Q(withdrawn_by=models.F("person")),
                name="relation_not_withdrawn_by_oneself",
            ),
            models.UniqueConstraint(
                fields=("person", "reference"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="relation_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.reference}"
