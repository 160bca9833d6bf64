"""Does supervision take place, and is what was agreed followed up? By team, as at a day and month by month.

No child and no word of a session is in it: whoever may see it reads no file by it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from goldenthread.calendar import add_months
from goldenthread_web.config.clock import LONDON
from goldenthread_web.supervision.due import Due, due
from goldenthread_web.supervision.models import Action, Agreement, Session
from goldenthread_web.supervision.reading import File, Followed, read
from goldenthread_web.supervision.rules import rules

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """So many of so many."""

    met: int
    of: int

    @property
    def percent(self) -> float | None:
        """None of none is no percentage."""
        return 100 * self.met / self.of if self.of else None


@dataclass(frozen=True, kw_only=True)
class Supervised:
    """One worker, and how their supervision stands."""

    agreement: Agreement
    supervisor: str  # the post; blank: nobody supervises
    due: Due


@dataclass(frozen=True, kw_only=True)
class Row:
    """A team, or a month: the three shares."""

    name: str
    held: int
    in_time: Ratio
    reviewed: Ratio
    done: Ratio


def kept(teams: Collection[str] | None) -> tuple[File, ...]:
    """Every file within these teams; None: within all. One query, however much there is."""
    found = Agreement.objects.all()
    return read(found if teams is None else found.filter(team__in=teams)).files


def supervised(files: Iterable[File], on: date) -> list[Supervised]:
    """Who is supervised on a day and how that stands, the longest overdue first."""
    found = []
    for one in files:
        if one.is_in_force(on):
            by = one.supervisor_on(on)
            title = by.title if by else ""  # type: ignore[attr-defined]
            found.append(Supervised(agreement=one.agreement, supervisor=title, due=due(one, on)))
    last = date.max
    return sorted(found, key=lambda one: (one.due.next_on or last, one.agreement.team, one.agreement.pk))


def row(name: str, files: Sequence[File], since: date, on: date) -> Row:
    """The shares of a stretch of days; in time is asked of its last day."""
    judged = [found for one in files if one.is_in_force(on) and (found := due(one, on)).is_judged]
    return Row(
        name=name,
        held=sum(since <= one.held_on <= on for file in files for one in file.completed),
        in_time=Ratio(met=sum(not one.is_late for one in judged), of=len(judged)),
        reviewed=reviewed(files, since, on),
        done=done(files, since, on),
    )


def reviewed(files: Iterable[File], since: date, on: date) -> Ratio:
    """Of the actions whose next one-to-one session fell in these days: how many did it look at?"""
    met = of = 0
    for file in files:
        for one in file.actions:
            after = following(one, file)
            if after is not None and since <= after.held_on <= on:
                of += 1
                met += any(said.session_id == after.pk for said in one.reviews)
    return Ratio(met=met, of=of)


def following(one: Followed, file: File) -> Session | None:
    """The worker's first one-to-one session after the one that set the action."""
    for session in file.completed:
        if session.kind == Session.Kind.ONE_TO_ONE and session.held_on > one.action.session.held_on:
            return session
    return None


def done(files: Iterable[File], since: date, on: date) -> Ratio:
    """Of the actions due in these days, not those replaced or stopped: how many were done by then?"""
    closed = (Action.State.SUPERSEDED, Action.State.STOPPED)
    due_then = [
        one.action
        for file in files
        for one in file.actions
        if since <= one.action.due_on <= on and one.action.state not in closed
    ]
    judged = [one for one in due_then if one.done_on is not None or one.due_on < on]
    met = sum(one.done_on is not None and one.done_on <= one.due_on for one in judged)
    return Ratio(met=met, of=len(judged))


def by_team(files: Iterable[File], since: date, on: date) -> list[Row]:
    """A row for each team with somebody supervised."""
    teams: dict[str, list[File]] = {}
    for one in files:
        teams.setdefault(one.agreement.team, []).append(one)
    return [
        row(team, found, since, on)
        for team, found in sorted(teams.items())
        if any(one.is_in_force(on) for one in found)
    ]


def by_month(files: Sequence[File], on: date) -> list[Row]:
    """A row for each of the last months, the latest first, the present one up to the day."""
    found = []
    for back in range(MONTHS):
        first = add_months(on.replace(day=1), -back)
        last = min(on, add_months(first, 1) - timedelta(days=1))
        found.append(row(f"{first:%B %Y}", files, first, last))
    return [one for one in found if one.held or one.in_time.of]


def entered_late(files: Iterable[File], on: date) -> int:
    """How many sessions were entered in the last day before the figures, if they are many; else 0.

    What is entered on the day of the session, or soon after, is not meant.
    """
    rule = rules()["entered_late"]
    end = datetime.combine(on + timedelta(days=1), time.min, LONDON).astimezone(UTC)
    begin = end - timedelta(hours=rule["hours"])
    since = on - timedelta(days=rule["of_days"])
    lately = [one for file in files for one in file.completed if since <= one.held_on <= on]
    late = [
        one
        for one in lately
        if one.completed_at is not None
        and begin <= one.completed_at < end
        and (on - one.held_on).days >= rule["held_before"]
    ]
    is_many = len(late) >= rule["at_least"] and len(late) >= rule["share"] * len(lately)
    return len(late) if is_many else 0
