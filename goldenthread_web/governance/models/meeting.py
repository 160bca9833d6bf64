"""Who belongs to a body, when does it meet, what is on its agenda, and what was minuted?"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldenthread_web.config.clock import london


class Membership(models.Model):
    """A post that belongs to a body in a stretch of time, and the account that goes with it, if any."""

    class Role(models.TextChoices):
        """What a member does there."""

        CHAIR = "chair", "chair"
        DEPUTY = "deputy", "deputy chair"
        MEMBER = "member", "member"
        ADVISER = "adviser", "adviser"
        CLERK = "clerk", "clerk"

    body = models.ForeignKey("programme.Body", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.CharField(max_length=120)
    agency = models.CharField(max_length=120, blank=True)  # blank: the council itself
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    is_voting = models.BooleanField(default=True)
    is_councillor = models.BooleanField(default=False)  # elected: counts in the members' development
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        """The chair first; a post is there once at a time."""

        ordering = ("body", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(post=""), name="membership_names_a_post"),
            models.UniqueConstraint(
                fields=("body", "post", "agency"),
                condition=Q(ends_on__isnull=True),
                name="one_open_membership",
            ),
        )

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """The post, and the agency it comes from."""
        return f"{self.post}, {self.agency}" if self.agency else self.post


class MeetingSet(models.QuerySet["Meeting"]):
    """Meetings, and which of them somebody may read."""

    def visible_to(self, person: Any, on: date) -> "MeetingSet":
        """Those of public bodies and of bodies they belong to on a day; whoever keeps meetings: all."""
        from goldenthread_web.accounts.roles import Permission

        if person.may(Permission.KEEP_MEETINGS):
            return self
        own = Membership.objects.filter(person=person, starts_on__lte=on).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )
        return self.filter(Q(body__is_public=True) | Q(body__in=own.values("body")))


class Meeting(models.Model):
    """One meeting of a body. Its agenda makes itself; its pack is frozen once and never changes."""

    class Status(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", "planned"
        FROZEN = "frozen", "pack frozen"
        HELD = "held", "held"
        MINUTED = "minuted", "minuted"
        APPROVED = "approved", "minutes approved"
        CANCELLED = "cancelled", "cancelled"

    body = models.ForeignKey("programme.Body", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    minutes_allotted = models.PositiveSmallIntegerField(default=120)
    freezes_on = models.DateField()  # the day on which the pack is frozen, by itself if nobody does it
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    note = models.TextField(blank=True)  # why it was moved or cancelled, what its focus is
    version = models.PositiveIntegerField(default=1)
    objects = MeetingSet.as_manager()

    class Meta:
        """By day."""

        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("body", "starts_at"), name="meeting_once"),
            models.CheckConstraint(
                condition=Q(status__in=("planned", "frozen", "held", "minuted", "approved", "cancelled")),
                name="meeting_status_known",
            ),
        )
        indexes = (models.Index(fields=("status", "starts_at"), name="meetings_by_status"),)

    def __str__(self) -> str:
        return f"{self.body} {self.on:%Y-%m-%d}"

    @property
    def on(self) -> date:
        """Its day, by the clocks of England."""
        return london(self.starts_at).date()

    @property
    def is_open(self) -> bool:
        """Whether it can still be prepared or run: not yet minuted, not cancelled."""
        return self.status in (self.Status.PLANNED, self.Status.FROZEN, self.Status.HELD)


class AgendaItem(models.Model):
    """One item of an agenda. What must come back (asks, actions) is there even without a row here."""

    class Kind(models.TextChoices):
        """What prints under it."""

        ASKS = "asks", "unanswered asks"
        ACTIONS = "actions", "actions carried forward"
        SAFEGUARDING = "safeguarding", "safeguarding actions"
        ESCALATIONS = "escalations", "escalations from performance clinics"
        OPENING = "opening", "apologies, interests, minutes of the last meeting"
        UPDATE = "update", "report or update"
        VOICE = "voice", "what children, families and staff say"
        EXCEPTIONS = "exceptions", "exceptions of the plan"
        INDICATORS = "indicators", "indicators off target"
        RISKS = "risks", "escalated risks"
        FINDINGS = "findings", "findings without an answer"
        PRACTICE = "practice", "what case audits found"
        MONEY = "money", "money of the programme"
        WORKFORCE = "workforce", "workforce and posts"
        PARTNERS = "partners", "partners and what they promised"
        DECISION = "decision", "decision sought"
        PAPER = "paper", "paper"
        SPOTLIGHT = "spotlight", "questions to witnesses"
        FORWARD = "forward", "forward plan"
        OTHER = "other", "other business"

    class Exempt(models.TextChoices):
        """Paragraphs of part 1 of Schedule 12A to the Local Government Act 1972: what may be kept back."""

        INDIVIDUAL = "1", "information relating to any individual"
        IDENTITY = "2", "information likely to reveal the identity of an individual"
        AFFAIRS = "3", "financial or business affairs of any particular person, the council included"
        LABOUR = "4", "consultations or negotiations on a labour relations matter"
        PRIVILEGE = "5", "information under legal professional privilege"
        NOTICE = "6", "a notice, order or direction that the council proposes to make"
        CRIME = "7", "prevention, investigation or prosecution of crime"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()  # its place in the agenda
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=200)
    minutes_allotted = models.PositiveSmallIntegerField(default=0)
    presenter = models.CharField(max_length=120, blank=True)  # a post
    witnesses = models.TextField(blank=True)  # one post a line
    enquiry = models.TextField(blank=True)  # key lines of enquiry, one a line, agreed beforehand
    verb = models.CharField(max_length=60, blank=True)  # what the body is asked to do: endorse, note
    sought = models.TextField(blank=True)  # the decision sought, to be read after the verb
    paper = models.TextField(blank=True)
    reference = models.CharField(max_length=200, blank=True)  # of a paper or report kept elsewhere
    is_standing = models.BooleanField(default=False)  # from the body's standard agenda
    is_late = models.BooleanField(default=False)  # came after the pack was frozen
    late_because = models.CharField(max_length=200, blank=True)
    exempt_under = models.CharField(max_length=1, choices=Exempt, blank=True)  # blank: open to the public
    exempt_because = models.CharField(max_length=300, blank=True)  # why keeping it back is in their interest
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the agenda."""

        ordering = ("meeting", "number", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(late_because=""), name="late_paper_says_why"
            ),
            models.CheckConstraint(
                condition=Q(exempt_under="", exempt_because="")
                | (~Q(exempt_under="") & ~Q(exempt_because="")),
                name="exempt_item_says_why",
            ),
            models.UniqueConstraint(
                fields=("meeting", "kind"),
                condition=Q(kind__in=("asks", "actions", "safeguarding")),
                name="one_place_for_what_comes_back",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Pack(models.Model):
    """What was before a meeting, as it was when it was frozen. The database refuses to change it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="pack")
    frozen_at = models.DateTimeField()
    frozen_on = models.DateField()  # the day in England for which everything in it was worked out
    frozen_by = models.ForeignKey(  # none: it froze by itself on its day
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content

    def __str__(self) -> str:
        return f"{self.meeting} {self.digest[:8]}"


class Minute(models.Model):
    """What was said on one item, in brief."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="minute")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.item)


class ItemDecision(models.Model):
    """Which decision was made under which item of which meeting."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    decision = models.OneToOneField("programme.Decision", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.decision)


class Attendance(models.Model):
    """Whether a post came to a meeting, sent somebody or sent apologies."""

    class Presence(models.TextChoices):
        """How."""

        PRESENT = "present", "present"
        DEPUTY = "deputy", "sent a deputy"
        APOLOGIES = "apologies", "apologies"
        ABSENT = "absent", "absent without apologies"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    post = models.CharField(max_length=120)  # of the member, or of whoever else was there
    agency = models.CharField(max_length=120, blank=True)
    presence = models.CharField(max_length=10, choices=Presence)
    deputy = models.CharField(max_length=120, blank=True)  # the post that came instead
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Once per post."""

        ordering = ("meeting", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "post", "agency"), name="attendance_once"),
            models.CheckConstraint(condition=~Q(presence="deputy") | ~Q(deputy=""), name="deputy_is_named"),
        )

    def __str__(self) -> str:
        return f"{self.post}: {self.presence}"
