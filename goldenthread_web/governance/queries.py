"""Reads of meetings: which there are, who belongs to a body, what is open."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.clinics.queries import open_escalations
from goldenthread_web.config.clock import LONDON
from goldenthread_web.governance.models import (
    AgendaItem,
    Ask,
    AskAnswer,
    Attendance,
    Challenge,
    ItemDecision,
    Meeting,
    MeetingAction,
    Membership,
    Pack,
    SafeguardingAction,
    SafeguardingReview,
)
from goldenthread_web.programme.models import Body
from goldenthread_web.programme.queries import bodies


def day_starts(day: date) -> datetime:
    """The first moment of a day in England."""
    return datetime.combine(day, time(), LONDON)


def meetings(*, of: Body | None = None, since: date | None = None, to: date | None = None) -> Any:
    """Meetings by day, of one body and between two days (both included) where they are named."""
    found = Meeting.objects.select_related("body", "pack").defer("pack__content")
    if of is not None:
        found = found.filter(body=of)
    if since is not None:
        found = found.filter(starts_at__gte=day_starts(since))
    if to is not None:
        found = found.filter(starts_at__lt=day_starts(to + timedelta(days=1)))
    return found


def upcoming(of: Body, on: date) -> Any:
    """The meetings of a body from a day on that are still to be held."""
    return meetings(of=of, since=on).exclude(status=Meeting.Status.CANCELLED)


def next_meeting(of: Body, on: date) -> Meeting | None:
    """The next meeting of a body on or after a day; None: none is planned."""
    return upcoming(of, on).first()


def last_minuted(of: Body, on: date) -> Meeting | None:
    """The latest meeting of a body up to a day whose minutes are written; None: there is none."""
    written = (Meeting.Status.MINUTED, Meeting.Status.APPROVED)
    return meetings(of=of, to=on).filter(status__in=written).last()


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before one; None: it is the first."""
    found = meetings(of=meeting.body).filter(starts_at__lt=meeting.starts_at)
    return found.exclude(status=Meeting.Status.CANCELLED).last()


def key_of_previous(meeting: Meeting) -> Subquery:
    """The key of the meeting of the same body before one, as part of the query that reads more of it."""
    earlier = Meeting.objects.filter(body=meeting.body_id, starts_at__lt=meeting.starts_at)
    earlier = earlier.exclude(status=Meeting.Status.CANCELLED)
    return Subquery(earlier.order_by("-starts_at", "-id").values("pk")[:1])


def members(of: Body, on: date) -> "QuerySet[Membership]":
    """Who belongs to a body on a day."""
    found = Membership.objects.filter(body=of, starts_on__lte=on)
    return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).select_related("person")


def memberships_of(person: User, on: date) -> "QuerySet[Membership]":
    """Which bodies a person belongs to on a day."""
    found = Membership.objects.filter(person=person, starts_on__lte=on).select_related("body")
    return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def may_read(person: User, body: Body, on: date) -> bool:
    """Whether somebody may read the papers of a body."""
    if body.is_public or person.may(Permission.KEEP_MEETINGS):
        return True
    return memberships_of(person, on).filter(body=body).exists()


def readable_bodies(person: User, on: date) -> "QuerySet[Body]":
    """The bodies whose papers somebody may read."""
    if person.may(Permission.KEEP_MEETINGS):
        return bodies()
    own = memberships_of(person, on).values("body")
    return bodies().filter(Q(is_public=True) | Q(pk__in=own))


def open_actions(of: Body, on: date | None = None) -> "QuerySet[MeetingAction]":
    """Actions of a body's meetings before a day (all where none is named) that nobody closed."""
    found = MeetingAction.objects.filter(body=of, closed_on__isnull=True).select_related("meeting")
    return found if on is None else found.filter(meeting__starts_at__lt=day_starts(on))


def all_open_actions(of: Iterable[Body]) -> "QuerySet[MeetingAction]":
    """Open actions of the meetings of some bodies, the first due first."""
    found = MeetingAction.objects.filter(body__in=of, closed_on__isnull=True)
    return found.select_related("body", "meeting")


def telling_safeguarding(found: Any) -> Any:
    """Meetings, each with whether a safeguarding action or a clinic's question may be before it.

    As `has_safeguarding` and `has_escalations`.
    """
    waits = SafeguardingAction.objects.filter(body=OuterRef("body")).exclude(opened_at=OuterRef("pk"))
    asked = open_escalations().order_by().filter(body=OuterRef("body"))
    return found.annotate(has_safeguarding=Exists(waits), has_escalations=Exists(asked))


def safeguarding_actions(meeting: Meeting) -> "QuerySet[SafeguardingAction]":
    """The safeguarding actions that a meeting must look at: opened before it, and not closed before it.

    Of a body that stopped being operational too: what was opened is followed to its end.
    """
    day = meeting.on
    found = SafeguardingAction.objects.filter(body_id=meeting.body_id, opened_on__lte=day)
    found = found.exclude(opened_at=meeting).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day))
    return found.select_related("opened_at").prefetch_related(
        Prefetch("reviews", SafeguardingReview.objects.select_related("meeting"))
    )


def without_outcome(meeting: Meeting) -> "QuerySet[SafeguardingAction]":
    """The safeguarding actions that a meeting must look at and has not yet."""
    return safeguarding_actions(meeting).exclude(reviews__meeting=meeting)


def open_safeguarding(of: Iterable[Body] | None = None) -> "QuerySet[SafeguardingAction]":
    """Safeguarding actions that no meeting has closed; of some bodies where they are named."""
    found = SafeguardingAction.objects.filter(closed_on__isnull=True).select_related("body", "opened_at")
    return found if of is None else found.filter(body__in=of)


def stranded_safeguarding(of: Iterable[Body], on: date) -> "QuerySet[SafeguardingAction]":
    """Open safeguarding actions of bodies that have no meeting ahead: nobody would look at them."""
    return open_safeguarding(of).exclude(Exists(_to_come(on)))


def followed_safeguarding(of: Iterable[Body], on: date) -> "QuerySet[SafeguardingAction]":
    """Every safeguarding action of some bodies with what each meeting made of it; open ones first.

    Each with `comes_back_at`: when the next meeting of its body begins; None: none is planned.
    """
    reviews = SafeguardingReview.objects.select_related("meeting")
    found = SafeguardingAction.objects.filter(body__in=of).select_related("body", "opened_at")
    found = found.annotate(comes_back_at=Subquery(_to_come(on).values("starts_at")[:1]))
    return found.prefetch_related(Prefetch("reviews", reviews)).order_by(
        F("closed_on").desc(nulls_first=True), "opened_on", "id"
    )


def _to_come(on: date) -> "QuerySet[Meeting]":
    """The meetings of the body of some rows that are still to begin, as part of their query."""
    found = Meeting.objects.filter(body=OuterRef("body"), starts_at__gte=day_starts(on))
    ahead = (Meeting.Status.PLANNED, Meeting.Status.FROZEN)
    return found.filter(status__in=ahead).order_by("starts_at", "id")


def asks(*, of: Iterable[Body] | None = None) -> "QuerySet[Ask]":
    """Asks, the first due first, each with its answers; of some bodies where they are named."""
    found = Ask.objects.select_related("body", "meeting", "due_at").prefetch_related(
        Prefetch("answers", AskAnswer.objects.order_by("-answered_on", "-id"))
    )
    return found if of is None else found.filter(body__in=of)


def unanswered_asks(of: Body) -> "QuerySet[Ask]":
    """What a body asked and nobody has answered, or answered so that it was sent back.

    For papers that leave the body: what it asked under an exempt item is no part of it.
    """
    return in_the_open(asks(of=[of]).filter(state=Ask.State.UNANSWERED))


def in_the_open(found: "QuerySet[Ask]") -> "QuerySet[Ask]":
    """Asks without those under exempt items."""
    return found.filter(Q(item__isnull=True) | Q(item__exempt_under=""))


def open_asks(of: Body | None = None) -> "QuerySet[Ask]":
    """Asks whose answer was not accepted yet; of every body where none is named."""
    found = asks().exclude(state=Ask.State.ACCEPTED)
    return found if of is None else found.filter(body=of)


def decisions_at(meeting: Meeting) -> "QuerySet[ItemDecision]":
    """What a meeting decided, under which item."""
    return ItemDecision.objects.filter(item__meeting=meeting).select_related("item", "decision")


def public_decisions_at(meeting: Meeting) -> "QuerySet[ItemDecision]":
    """The same without what was decided under an item that is not for the public."""
    return decisions_at(meeting).filter(item__exempt_under="")


def challenges(*, of: Iterable[Body] | None = None) -> "QuerySet[Challenge]":
    """Who challenged what, the latest first; of some bodies where they are named."""
    found = Challenge.objects.select_related("meeting__body", "item")
    return found if of is None else found.filter(meeting__body__in=of)


def decisions_sought(*, since: date, to: date) -> "QuerySet[AgendaItem]":
    """Items of meetings between two days that ask a body to decide in the open, by day."""
    found = (
        AgendaItem.objects.exclude(sought="")
        .filter(exempt_under="")
        .exclude(meeting__status=Meeting.Status.CANCELLED)
    )
    found = found.filter(
        meeting__starts_at__gte=day_starts(since),
        meeting__starts_at__lt=day_starts(to + timedelta(days=1)),
    )
    return found.select_related("meeting__body").order_by("meeting__starts_at", "number")


def voting_present(meeting: Meeting) -> int:
    """How many voting members came, or sent a deputy."""
    came = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
    return meeting.attendances.filter(membership__is_voting=True, presence__in=came).count()


def is_quorate(meeting: Meeting) -> bool:
    """Whether enough voting members came for the body to decide."""
    return voting_present(meeting) >= meeting.body.quorum


def pack_of(meeting: Meeting) -> Pack | None:
    """The frozen pack of a meeting; None: it is not frozen yet."""
    return Pack.objects.filter(meeting=meeting).first()
