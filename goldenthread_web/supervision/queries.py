"""Which supervision may a person read? The only place that answers it: every page asks here.

A supervision file is confidential to the supervisor, the supervisee and the supervisor's manager. Whoever
supervised before reads it no longer. A session opened for a case audit is read by that person, until its day.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import today
from goldenthread_web.supervision.managing import in_force, is_manager_of, managed_by
from goldenthread_web.supervision.models import (
    Action,
    Agreement,
    CarriedAnswer,
    Discussion,
    Draft,
    Opening,
    OtherFrequency,
    Review,
    Session,
    Supervising,
)
from goldenthread_web.supervision.rules import rules


def _own(person: User) -> Q:
    """The person's own file: by their account, or by their key where the agreement knows no account."""
    if not person.may(Permission.SEE_OWN_SUPERVISION):
        return Q(pk__in=[])
    own = Q(supervisee=person)
    return own | Q(supervisee=None, worker_id=person.worker_id) if person.worker_id else own


def _supervised(person: User, on: date) -> Q:
    if not person.may(Permission.SUPERVISE):
        return Q(pk__in=[])
    rows = Supervising.objects.filter(in_force(on), person=person)
    return Q(pk__in=rows.values("agreement"))


def _managed(person: User, on: date) -> Q:
    if not person.may(Permission.SUPERVISE):
        return Q(pk__in=[])
    rows = Supervising.objects.filter(in_force(on), person__in=managed_by(person, on))
    return Q(pk__in=rows.values("agreement"))


def files_visible_to(person: User) -> "QuerySet[Agreement]":
    """The supervision files that a person may open."""
    on = today()
    return agreements().filter(_own(person) | _supervised(person, on) | _managed(person, on))


def visible_to(person: User) -> "QuerySet[Session]":
    """The sessions that a person may read."""
    on = today()
    opened = Q(pk__in=_openings(person, on).values("session"))
    return sessions().filter(Q(agreement__in=files_visible_to(person).values("pk")) | opened)


def _openings(person: User, on: date) -> "QuerySet[Opening]":
    found = Opening.objects.filter(in_force(on), person=person, withdrawn_at=None)
    return found if person.may(Permission.AUDIT_CASES) else found.none()


def opened_to(person: User) -> "QuerySet[Opening]":
    """What is opened to a person today for a case audit."""
    return _openings(person, today()).select_related("session__agreement", "opened_by")


def openings() -> "QuerySet[Opening]":
    """Every opening, the latest first."""
    return Opening.objects.select_related("session__agreement", "person", "opened_by")


def agreements() -> "QuerySet[Agreement]":
    """Every agreement with what belongs to it. Who may open which, `files_visible_to` says."""
    return Agreement.objects.select_related("supervisee").prefetch_related(
        Prefetch("supervisors", Supervising.objects.select_related("person__unit")),
        Prefetch("other_frequencies", OtherFrequency.objects.select_related("recorded_by")),
    )


def sessions() -> "QuerySet[Session]":
    """Every session that took place or is under way. Who may read which, `visible_to` says."""
    found = Session.objects.exclude(state=Session.State.DROPPED)
    return found.select_related("agreement__supervisee", "supervisor", "completed_by")


def supervised_by(person: User) -> "QuerySet[Agreement]":
    """Whom a person supervises today."""
    on = today()
    return agreements().filter(_supervised(person, on)).filter(in_force(on))


def own(person: User) -> "QuerySet[Agreement]":
    """Under which agreements a person is supervised, ended ones too."""
    return agreements().filter(_own(person))


def managed(person: User) -> "QuerySet[Agreement]":
    """Whom the supervisors supervise whose manager the person is."""
    on = today()
    return agreements().filter(_managed(person, on)).filter(in_force(on))


def supervisor_of(agreement: Agreement, on: date | None = None) -> User | None:
    """Who supervises on a day, today unless said; from what was read with the agreement."""
    day = on or today()
    for one in agreement.supervisors.all():
        if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day):
            return one.person
    return None


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
    supervisor = supervisor_of(agreement)
    may = person.may(Permission.SUPERVISE)
    is_own = (
        agreement.supervisee_id == person.pk
        if agreement.supervisee_id
        else bool(person.worker_id) and agreement.worker_id == person.worker_id
    )
    return Standing(
        is_supervisor=may and supervisor is not None and supervisor.pk == person.pk,
        is_supervisee=is_own and person.may(Permission.SEE_OWN_SUPERVISION),
        is_manager=may and supervisor is not None and is_manager_of(person, supervisor, today()),
    )


def actions() -> "QuerySet[Action]":
    """Actions with the sessions they come from and what was said of them since."""
    return Action.objects.select_related("session__agreement", "superseded_by").prefetch_related(
        Prefetch("reviews", Review.objects.select_related("session")),
        Prefetch("answers", CarriedAnswer.objects.select_related("answered_by")),
    )


def open_actions(agreement: Agreement) -> list[Action]:
    """What is still to be done under an agreement, what is due first on top."""
    return list(actions().filter(session__agreement=agreement, state=Action.State.OPEN))


def prior_actions(agreement: Agreement, session: Session | None = None) -> list[Action]:
    """What a session opens with: actions of earlier ones whose outcome none of them has told.

    An action that was reported as done between two sessions is among them until a session has looked at it.
    """
    found = actions().filter(
        Q(state=Action.State.OPEN) | Q(state=Action.State.DONE) & ~Q(reviews__outcome=Review.Outcome.DONE),
        session__agreement=agreement,
    )
    return list(found if session is None else found.exclude(session=session))


def times_carried(action: Action) -> int:
    """How many sessions said that it is not done."""
    return sum(one.outcome == Review.Outcome.NOT_DONE for one in action.reviews.all())


def is_with_manager(action: Action) -> bool:
    """Whether it was carried so often, since the manager last spoke, that it is theirs to answer."""
    answered = max((one.carried for one in action.answers.all()), default=0)
    again: int = rules()["carried_to_manager"]
    return action.state == Action.State.OPEN and times_carried(action) - answered >= again


def carried_twice(person: User) -> list[Action]:
    """The actions that wait for a word of this person as the supervisor's manager."""
    theirs = managed(person).values("pk")
    found = actions().filter(session__agreement__in=theirs, state=Action.State.OPEN)
    return [one for one in found if is_with_manager(one)]


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
