"""Which supervision may a person read? The only place that answers it: every page asks here.

A supervision file is confidential to the supervisor, the supervisee and the supervisor's manager. Whoever
supervised before reads it no longer. A session opened for a case audit is read by that person, until its day.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.supervision.managing import in_force, managed_people
from goldenthread_web.supervision.models import (
    Action,
    Agreement,
    Discussion,
    Draft,
    Opening,
    Session,
    Supervising,
)


def with_standing(person: User) -> "QuerySet[Agreement]":
    """Every agreement, marked with what the person is to it: is_own, is_supervised, is_managed."""
    on, no = today(), Value(False)
    supervising = Supervising.objects.filter(in_force(on), agreement=OuterRef("pk"))
    managed = supervising.filter(person__in=managed_people(person, on).values("pk"))
    may = person.may(Permission.SUPERVISE)
    return Agreement.objects.annotate(
        is_own=Case(When(_own(person), then=Value(True)), default=no, output_field=BooleanField()),
        is_supervised=Exists(supervising.filter(person=person)) if may else no,
        is_managed=Exists(managed) if may else no,
    )


def _own(person: User) -> Q:
    """The person's own file: by their account, or by their key where the agreement knows no account."""
    if not person.may(Permission.SEE_OWN_SUPERVISION):
        return Q(pk__in=[])
    own = Q(supervisee=person)
    return own | Q(supervisee=None, worker_id=person.worker_id) if person.worker_id else own


def files_visible_to(person: User) -> "QuerySet[Agreement]":
    """The supervision files that a person may open, marked with what they are to each."""
    return with_standing(person).filter(Q(is_own=True) | Q(is_supervised=True) | Q(is_managed=True))


def visible_to(person: User) -> "QuerySet[Session]":
    """The sessions that a person may read."""
    files = Q(agreement__in=files_visible_to(person).values("pk"))
    return sessions().filter(files | Q(pk__in=opened_to(person).values("session")))


def opened_to(person: User) -> "QuerySet[Opening]":
    """What is opened to a person today for a case audit."""
    found = openings().filter(in_force(today()), person=person, withdrawn_at=None)
    return found if person.may(Permission.AUDIT_CASES) else found.none()


def openings() -> "QuerySet[Opening]":
    """Every opening, the latest first."""
    return Opening.objects.select_related("session__agreement", "person", "opened_by")


def sessions() -> "QuerySet[Session]":
    """Every session that took place or is under way. Who may read which, `visible_to` says."""
    found = Session.objects.exclude(state=Session.State.DROPPED)
    return found.select_related("agreement", "supervisor", "completed_by")


def supervised_by(person: User) -> "QuerySet[Agreement]":
    """Whom a person supervises today."""
    return with_standing(person).filter(in_force(today()), is_supervised=True)


def under_way(person: User) -> "QuerySet[Session]":
    """The sessions that a person is writing."""
    mine = supervised_by(person).values("pk")
    return sessions().filter(agreement__in=mine, state=Session.State.UNDER_WAY)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a person is to a supervision file."""

    is_supervisor: bool
    is_supervisee: bool
    is_manager: bool

    @property
    def may_read(self) -> bool:
        """Whether the file is theirs to open."""
        return self.is_supervisor or self.is_supervisee or self.is_manager


def standing_of(person: User, agreement: Agreement) -> Standing:
    """Whether the person is the supervisor, the supervisee or the supervisor's manager."""
    return marked(with_standing(person).get(pk=agreement.pk))


def marked(agreement: Agreement | None) -> Standing:
    """What the person is for whom the agreement was marked; nothing to none."""
    told = (getattr(agreement, name, False) for name in ("is_supervised", "is_own", "is_managed"))
    is_supervisor, is_supervisee, is_manager = map(bool, told)
    return Standing(is_supervisor=is_supervisor, is_supervisee=is_supervisee, is_manager=is_manager)


def draft_of(session: Session, person: User) -> Draft | None:
    """What the person has written of a session and not completed."""
    return Draft.objects.filter(session=session, kept_by=person).first()


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One place in a supervision file that is about a child."""

    what: str  # discussion, action
    session: int
    held_on: date
    text: str


def mentions(reference: str) -> list[Mention]:
    """Every place that is about a child, for whoever answers a request for access to what is held."""
    about = Discussion.objects.filter(reference=reference).select_related("session")
    to_do = Action.objects.filter(reference=reference).select_related("session")
    found = [("discussion", one.session, one.direction) for one in about]
    found += [("action", one.session, one.text) for one in to_do]
    said = [
        Mention(what=what, session=session.pk, held_on=session.held_on, text=text)
        for what, session, text in found
    ]
    return sorted(said, key=lambda one: (one.held_on, one.session, one.what))
