"""Which concerns are open, whom may a person see, what is due next? Reads of immediate concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from goldenthread.populations.placing import NOT_KNOWN
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, child_scope
from goldenthread_web.concerns.clocks import Step, clocks, time_left
from goldenthread_web.concerns.models import Absence, Concern, Notice, NoticeMail
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.figures.asked_once import once

SOCIAL_WORKER = "social_worker"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What a concern waits for next: words, by when, how long that is from now."""

    waits_for: str  # blank: for nothing any more
    by: datetime | None
    left: str
    is_late: bool

    @property
    def tone(self) -> str:
        """How it is pointed out."""
        return "bad" if self.is_late else "attention" if self.by else "plain"


def concerns() -> "QuerySet[Concern]":
    """Every concern with who was told, the latest first."""
    told = Notice.objects.select_related("person", "instead_of")
    people = ("raised_by", "acknowledged_by", "safe_recorded_by", "resolved_by")
    return Concern.objects.select_related(*people).prefetch_related(Prefetch("notices", told))


def open_concerns_of(reference: str) -> list[Concern]:
    """The concerns about a child that are not resolved, the latest first. `reference` is keyed."""
    return list(Concern.objects.filter(reference=reference, resolved_at__isnull=True))


def has_open(reference: str) -> bool:
    """Whether a concern about the child is not resolved: until then its case audit stays inadequate."""
    return Concern.objects.filter(reference=reference, resolved_at__isnull=True).exists()


def with_open(references: Iterable[str]) -> frozenset[str]:
    """About which of these children a concern is not resolved."""
    found = Concern.objects.filter(reference__in=list(references), resolved_at__isnull=True)
    return frozenset(found.values_list("reference", flat=True))


def visible_to(person: User, rows: "QuerySet[Concern] | None" = None) -> list[Concern]:
    """The concerns a person may see: about children of their scope; until resolved, those they were told of.

    A child whom the scope bars is in none of them. Raises NoChildren for aggregate-only roles.
    """
    scope = scope_of(person)
    found = (concerns() if rows is None else rows).annotate(is_handed=_is_handed(person))
    return [one for one in found if _is_seen(one, scope, one.is_handed)]


def found(person: User, ref: str) -> Concern:
    """A concern the person may see; 404 where there is none."""
    seen = visible_to(person, concerns().filter(ref=ref))
    if not seen:
        raise Http404("There is no such concern on your list.")
    return seen[0]


def raised_by(person: User, ref: str) -> Concern:
    """A concern that the person raised; 404 where there is none."""
    one = concerns().filter(ref=ref, raised_by=person).first()
    if one is None:
        raise Http404("You raised no such concern.")
    return one


def may_answer(concern: Concern, person: User) -> bool:
    """Whether the person answers this concern: in their own right or because they were told, never through
    emergency access, which is for reading."""
    if not person.may(Permission.ANSWER_CONCERNS):
        return False
    told = concern.is_open and any(one.person_id == person.pk for one in concern.notices.all())
    return _is_seen(concern, scope_of(person), told, with_opened=False)


def scope_of(person: User) -> ChildScope:
    """Whose children the person may see; asked once for a page that is answered within `asked_once`."""
    return once(("child_scope", person.pk), lambda: child_scope(person))


def _is_handed(person: User) -> Exists:
    """Whether the person was told of a concern that is open."""
    told = Notice.objects.filter(person=person, concern=OuterRef("pk"), concern__resolved_at__isnull=True)
    return Exists(told)


def _is_seen(concern: Concern, scope: ChildScope, is_handed: bool, *, with_opened: bool = True) -> bool:
    if concern.reference in scope.barred:
        return False
    held = index().by_reference.get(concern.reference)
    teams = {concern.team} | (held.teams if held is not None else set())
    return (
        scope.everyone
        or is_handed
        or bool(scope.teams & teams)
        or (with_opened and concern.reference in scope.references)
    )


def team_of(child: Child) -> str:
    """The team that answers for a child: the one of the social worker, else the first that holds them."""
    known = [(role, team) for role, team, _ in child.holders if team and team != NOT_KNOWN]
    own = [team for role, team in known if role == SOCIAL_WORKER]
    return next(iter([*own, *(team for _, team in known)]), "")


def waiting(at: datetime) -> list[Concern]:
    """Concerns that nobody acknowledged, or of which nobody said whether the child is safe, by a moment."""
    unanswered = Q(acknowledged_at__isnull=True) | Q(safety_first_at__isnull=True)
    rows = Concern.objects.filter(unanswered, raised_at__lte=at, resolved_at__isnull=True)
    return list(rows.prefetch_related("notices").order_by("raised_at"))


def steps_due(concern: Concern, at: datetime) -> tuple[Step, ...]:
    """The steps of telling whose time has come and that were not taken, in their order."""
    done = {notice.step for notice in concern.notices.all()}
    steps = () if concern.acknowledged_at is not None else clocks().steps
    due = [one for one in steps if one.step not in done and at >= concern.raised_at + one.after]
    late = clocks().when_safety_is_late
    if concern.safety_first_at is None and late.step not in done and at >= concern.safe_by:
        due.append(late)
    return tuple(due)


def mails_to_try_again(at: datetime) -> list[int]:
    """Notices of unacknowledged concerns whose mail never went out and was not tried lately."""
    since = at - clocks().mail_again
    tried = NoticeMail.objects.filter(notice=OuterRef("pk"))
    rows = Notice.objects.filter(
        ~Exists(tried.filter(Q(is_sent=True) | Q(tried_at__gt=since))),
        person__isnull=False,
        told_at__lte=since,
        concern__acknowledged_at__isnull=True,
        concern__resolved_at__isnull=True,
    )
    return list(rows.values_list("pk", flat=True))


def clock_of(concern: Concern, at: datetime) -> Clock:
    """What a concern waits for next, by when, and how much of that time is left."""
    if concern.resolved_at is not None:
        return Clock(waits_for="", by=None, left="", is_late=False)
    if concern.acknowledged_at is None:
        return _until("somebody to acknowledge it", concern.acknowledge_by, at)
    if concern.safety_first_at is None:
        return _until("a record of whether the child is safe", concern.safe_by, at)
    if not concern.is_safe:
        return Clock(waits_for="the child to be made safe", by=None, left="now", is_late=True)
    return Clock(waits_for="somebody else than who raised it to resolve it", by=None, left="", is_late=False)


def _until(what: str, by: datetime, at: datetime) -> Clock:
    return Clock(waits_for=what, by=by, left=time_left(by, at), is_late=at > by)


def waiting_for(person: User) -> list[Concern]:
    """Concerns the person was told of that nobody acknowledged, or whose child is not recorded as safe."""
    rows = Concern.objects.filter(
        Exists(Notice.objects.filter(concern=OuterRef("pk"), person=person)),
        ~Q(is_safe=True),
        resolved_at__isnull=True,
    )
    return list(rows.order_by("acknowledge_by"))


def absences(*, from_on: date) -> "QuerySet[Absence]":
    """Who is away from a day on, the first to leave on top."""
    rows = Absence.objects.filter(ends_on__gte=from_on).select_related("person", "deputy", "entered_by")
    return rows.order_by("starts_on", "id")
