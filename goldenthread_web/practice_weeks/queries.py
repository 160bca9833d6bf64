"""Which Practice Weeks are there, what may a person open of them, and what was published? Reads only.

What opens a child's record is never among what an aggregate-only role can open: no query asks for it.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, Reach
from goldenthread_web.accounts.units import teams_of
from goldenthread_web.concerns.clocks import moment
from goldenthread_web.practice_weeks.models import (
    Coding,
    Observation,
    OwnTheme,
    PracticeWeek,
    RosterEntry,
    WeekReport,
    YouSaid,
)
from goldenthread_web.practice_weeks.numbers import Numbers, counted, from_kept
from goldenthread_web.practice_weeks.wording import Access, may_open_records, shipped_themes


@dataclass(frozen=True, kw_only=True)
class Told:
    """A report as it was written, with its numbers, and those of the week before."""

    week: PracticeWeek
    report: WeekReport | None  # None: the numbers are those of now
    numbers: Numbers
    before: PracticeWeek | None
    numbers_before: Numbers | None


def weeks() -> "QuerySet[PracticeWeek]":
    """Every Practice Week, the latest first, with its reports."""
    planned = Count("roster", distinct=True)
    held = Count("roster__observation", distinct=True)
    found = PracticeWeek.objects.select_related("planned_by").annotate(planned=planned, held=held)
    found = found.order_by("-starts_on", "-pk")  # the order of the model goes where rows are counted
    return found.prefetch_related(Prefetch("reports", WeekReport.objects.select_related("written_by")))


def week(ref: str) -> PracticeWeek:
    """The Practice Week of a reference; 404 where there is none."""
    found = weeks().filter(ref=ref).first()
    if found is None:
        raise Http404("There is no such Practice Week.")
    return found


def week_before(of: PracticeWeek) -> PracticeWeek | None:
    """The Practice Week before this one; None: it was the first."""
    return weeks().filter(starts_on__lt=of.starts_on).first()


def entries() -> "QuerySet[RosterEntry]":
    """Every entry of every roster with what was seen there, in the order of the days."""
    seen = Prefetch("observation__codings", Coding.objects.all())
    rows = RosterEntry.objects.select_related(
        "week", "person", "observation__concern", "observation__written_by"
    )
    return rows.prefetch_related(seen)


def openable_by(person: User) -> "QuerySet[RosterEntry]":
    """The entries whose page a person may open.

    Their own; those with the teams they answer for; every one where they plan Practice Weeks or see every
    child. Never one that opens a child's record where the role sees no child.
    """
    found = entries()
    if not may_open_records(person):
        found = found.exclude(access=Access.CASE_RECORD)
    if person.may(Permission.KEEP_PRACTICE_WEEKS) or person.held_role.reach is Reach.AUTHORITY:
        return found
    return found.filter(Q(person=person) | Q(team__in=teams_of(person, moment().date())))


def roster_for(person: User, of: PracticeWeek) -> "QuerySet[RosterEntry]":
    """The roster of a week as a person sees it: who is where when. Whoever plans it sees all of it."""
    if person.may(Permission.KEEP_PRACTICE_WEEKS):
        return entries().filter(week=of)
    return openable_by(person).filter(week=of)


def own_entries(person: User, *, from_on: date) -> "QuerySet[RosterEntry]":
    """A person's own entries from a day on, and older ones that nothing is written of."""
    mine = openable_by(person).filter(person=person, cancelled_on__isnull=True)
    return mine.filter(Q(on__gte=from_on) | Q(observation__isnull=True))


def entry(person: User, number: int) -> RosterEntry:
    """An entry the person may open; 404 where there is none."""
    found = openable_by(person).filter(pk=number).first()
    if found is None:
        raise Http404("There is no such entry on a roster that you see.")
    return found


def planned_entry(number: int) -> RosterEntry:
    """An entry as whoever plans the week moves it: who is where when, which opens nothing of it."""
    found = entries().filter(pk=number).first()
    if found is None:
        raise Http404("There is no such entry.")
    return found


def opens(one: RosterEntry, person: User) -> bool:
    """Whether a person who sees an entry on a roster may open its page."""
    return one.access != Access.CASE_RECORD or may_open_records(person)


def may_write(one: RosterEntry, person: User) -> bool:
    """Whether a person writes what was seen: the leader, or who plans for a leader without an account."""
    if one.access == Access.CASE_RECORD and not may_open_records(person):
        return False
    return one.person_id == person.pk or (
        one.person_id is None and person.may(Permission.KEEP_PRACTICE_WEEKS)
    )


def may_read(one: RosterEntry, person: User) -> bool:
    """Whether a person reads what was seen: what they wrote or saw themselves; else where no family and no
    record is in it, those who plan and managers; with a family or a record, whoever sees those children."""
    seen = getattr(one, "observation", None)
    if one.person_id == person.pk or (seen is not None and seen.written_by_id == person.pk):
        return one.access != Access.CASE_RECORD or may_open_records(person)
    if person.held_role.is_public_view:
        return False
    if one.access == Access.NO_CASE_RECORD:
        return person.may(Permission.SEE_PRACTICE)
    return person.may(Permission.SEE_PRACTICE) and may_open_records(person)


def themes() -> dict[str, str]:
    """Every theme by its code: those of the service, then the council's own."""
    own = OwnTheme.objects.values_list("code", "words")
    return shipped_themes() | dict(own)


def own_themes() -> "QuerySet[OwnTheme]":
    """The themes the council added."""
    return OwnTheme.objects.select_related("added_by")


def you_said(of: PracticeWeek | None = None) -> "QuerySet[YouSaid]":
    """You said, we did: of a week, or of all, the latest week first."""
    rows = YouSaid.objects.select_related("week", "action").order_by("-week__starts_on", "number")
    return rows if of is None else rows.filter(week=of)


def published() -> "QuerySet[YouSaid]":
    """What staff read."""
    return you_said().filter(published_on__isnull=False)


def said(number: int) -> YouSaid:
    """One of them; 404 where there is none."""
    found = you_said().filter(pk=number).first()
    if found is None:
        raise Http404("Nobody said that.")
    return found


def report_of(of: PracticeWeek) -> WeekReport | None:
    """The report that counts; None: there is none yet."""
    found = list(of.reports.all())
    return found[0] if found else None


def numbers_of(of: PracticeWeek) -> Numbers:
    """As they were reported; until then, as they stand now."""
    report = report_of(of)
    return from_kept(report.numbers) if report is not None else numbers_now(of)


def numbers_now(of: PracticeWeek) -> Numbers:
    """As they stand now."""
    return counted(of, list(entries().filter(week=of)), list(you_said(of)), moment())


def told(of: PracticeWeek) -> Told:
    """Everything a report says of a week, beside the week before."""
    before = week_before(of)
    return Told(
        week=of,
        report=report_of(of),
        numbers=numbers_of(of),
        before=before,
        numbers_before=None if before is None else numbers_of(before),
    )


def is_report_late(of: PracticeWeek, on: date) -> bool:
    """Whether its report should have been written before the day."""
    return report_of(of) is None and of.report_due_on < on


def observations(of: PracticeWeek) -> "QuerySet[Observation]":
    """What was seen in a week."""
    return Observation.objects.filter(entry__week=of).select_related("entry__week", "written_by")
