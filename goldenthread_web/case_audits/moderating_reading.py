"""What waits to be looked at again, and how well do auditors and moderators agree? Reads of moderation."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from goldenthread.calendar import working_days_between
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.restrictions import restricted
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.models import CaseAudit, Moderation
from goldenthread_web.case_audits.moderating_agreement import Agreement, Leaning, agreement, leanings

DONE_SHOWN = timedelta(days=92)
Why = Moderation.Why


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A second look that is not settled. `working_days` until it is due; negative: overdue."""

    moderation: Moderation
    working_days: int


@dataclass(frozen=True, kw_only=True)
class Panel:
    """How well two looks agree: at all of them, and at those drawn at random, which speak for all."""

    everything: Agreement
    at_random: Agreement
    leaning: tuple[tuple[User, Leaning], ...]


def moderations() -> "QuerySet[Moderation]":
    """Every moderation of a case audit that counts, with both people."""
    found = Moderation.objects.exclude(case_audit__state=CaseAudit.State.WITHDRAWN)
    return found.select_related("case_audit__auditor", "case_audit__concern", "moderator", "assigned_by")


def waiting(on: date, *, of: User | None = None) -> list[Waiting]:
    """What is not settled, what is due first; of one person, or of everybody."""
    found = moderations().filter(settled_at__isnull=True)
    if of is not None:
        found = found.filter(moderator=of)
    return [
        Waiting(moderation=one, working_days=working_days_between(on, one.due_on))
        for one in found.order_by("due_on", "pk")
    ]


def settled_lately(on: date, *, of: User) -> "QuerySet[Moderation]":
    """What a person settled lately, or had settled of what they audited; the latest first."""
    found = moderations().filter(settled_on__gte=on - DONE_SHOWN)
    mine = found.filter(Q(moderator=of) | Q(case_audit__auditor=of))
    return mine.order_by("-settled_on", "-pk")


def panel(from_on: date, to_on: date, *, with_people: bool) -> Panel:
    """Agreement of the second looks settled between two days. Two queries, three with people.

    Compared is what both judged, each before any limit held it down and the second without the first.
    Leaning is said of nobody with too few second looks, and read for whoever leads case audits alone.
    """
    found = moderations().filter(settled_on__gte=from_on, settled_on__lte=to_on)
    rows = list(
        found.exclude(case_audit__reference__in=restricted()).values_list(
            "case_audit__auditor", "case_audit__judged_grade", "case_audit__grade", "blind_grade", "why"
        )
    )
    pairs = [(auditor, judged or grade, blind, why) for auditor, judged, grade, blind, why in rows]
    leaning: tuple[Leaning, ...] = ()
    people: dict[int, User] = {}
    if with_people:
        leaning = leanings(
            ((auditor, first, again) for auditor, first, again, _ in pairs),
            grades(),
            least=rules().least_for_auditor,
        )
        people = User.objects.in_bulk([one.auditor for one in leaning])
    return Panel(
        everything=agreement(((first, again) for _, first, again, _ in pairs), grades()),
        at_random=agreement(((first, again) for _, first, again, why in pairs if why == Why.DRAWN), grades()),
        leaning=tuple((people[one.auditor], one) for one in leaning),
    )
