"""Does supervision take place, and is what was agreed followed up? By team, as at a day and month by month.

No child and no word of a session is in it: whoever may see it reads no file by it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from goldenthread.calendar import add_months
from goldenthread_web.config.clock import LONDON
from goldenthread_web.supervision.due import Due, due
from goldenthread_web.supervision.models import Action, Agreement, Session
from goldenthread_web.supervision.queries import actions, agreements, sessions, supervisor_of
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
    supervisor: str  # the post
    due: Due


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is known of supervision within some teams: read once, judged for many days."""

    agreements: Sequence[Agreement]
    sessions: dict[int, list[Session]]  # by agreement, completed ones
    actions: Sequence[Action]

    @cached_property
    def following(self) -> dict[int, Session]:
        """By action, the worker's first one-to-one session after the one that set it."""
        found = {}
        for action in self.actions:
            for one in self.sessions[action.session.agreement_id]:
                if one.kind == Session.Kind.ONE_TO_ONE and one.held_on > action.session.held_on:
                    found[action.pk] = one
                    break
        return found


@dataclass(frozen=True, kw_only=True)
class Row:
    """A team, or a month: the three shares."""

    name: str
    held: int
    in_time: Ratio
    reviewed: Ratio
    done: Ratio


def kept(teams: Collection[str] | None) -> Kept:
    """Everything within these teams; None: within all. Five queries, however much there is."""
    found = agreements() if teams is None else agreements().filter(team__in=teams)
    numbers = found.values("pk")
    held = sessions().filter(agreement__in=numbers, state=Session.State.COMPLETED).order_by("held_on", "id")
    by_agreement: dict[int, list[Session]] = defaultdict(list)
    for one in held:
        by_agreement[one.agreement_id].append(one)
    return Kept(
        agreements=list(found),
        sessions=by_agreement,
        actions=list(actions().filter(session__agreement__in=numbers)),
    )


def supervised(of: Kept, on: date) -> list[Supervised]:
    """Who is supervised on a day and how that stands, the longest overdue first."""
    found = [
        Supervised(
            agreement=one,
            supervisor=supervisor.title if (supervisor := supervisor_of(one, on)) else "Nobody",
            due=due(one, of.sessions.get(one.pk, ()), on),
        )
        for one in of.agreements
        if _is_in_force(one, on)
    ]
    last = date.max
    return sorted(found, key=lambda one: (one.due.next_on or last, one.agreement.team, one.agreement.pk))


def row(of: Kept, name: str, since: date, on: date, team: str = "") -> Row:
    """The shares of a stretch of days; in time is asked of its last day."""
    mine = [one for one in of.agreements if team in ("", one.team)]
    numbers = {one.pk for one in mine}
    judged = [
        found
        for one in mine
        if _is_in_force(one, on) and (found := due(one, of.sessions[one.pk], on)).is_judged
    ]
    held = [one for pk in numbers for one in of.sessions[pk] if since <= one.held_on <= on]
    to_judge = [one for one in of.actions if one.session.agreement_id in numbers]
    return Row(
        name=name,
        held=len(held),
        in_time=Ratio(met=sum(not one.is_late for one in judged), of=len(judged)),
        reviewed=reviewed(to_judge, of, since, on),
        done=done(to_judge, since, on),
    )


def reviewed(found: Iterable[Action], of: Kept, since: date, on: date) -> Ratio:
    """Of the actions whose next one-to-one session fell in these days: how many did it look at?"""
    nexts = [(one, of.following.get(one.pk)) for one in found]
    due_then = [(one, after) for one, after in nexts if after is not None and since <= after.held_on <= on]
    looked_at = sum(any(said.session_id == after.pk for said in one.reviews.all()) for one, after in due_then)
    return Ratio(met=looked_at, of=len(due_then))


def done(found: Iterable[Action], since: date, on: date) -> Ratio:
    """Of the actions due in these days, not those replaced or stopped: how many were done by then?"""
    closed = (Action.State.SUPERSEDED, Action.State.STOPPED)
    mine = [one for one in found if since <= one.due_on <= on and one.state not in closed]
    judged = [one for one in mine if one.done_on is not None or one.due_on < on]
    return Ratio(
        met=sum(one.done_on is not None and one.done_on <= one.due_on for one in judged), of=len(judged)
    )


def by_team(of: Kept, since: date, on: date) -> list[Row]:
    """A row for each team with somebody supervised."""
    teams = sorted({one.team for one in of.agreements if _is_in_force(one, on)})
    return [row(of, team, since, on, team) for team in teams]


def by_month(of: Kept, on: date) -> list[Row]:
    """A row for each of the last months, the latest first, the present one up to the day."""
    found = []
    for back in range(MONTHS):
        first = add_months(on.replace(day=1), -back)
        last = min(on, add_months(first, 1) - timedelta(days=1))
        found.append(row(of, f"{first:%B %Y}", first, last))
    return [one for one in found if one.held or one.in_time.of]


def entered_late(of: Kept, on: date) -> int:
    """How many sessions were entered in the last day before the figures, if they are many; else 0.

    What is entered on the day of the session, or soon after, is not meant.
    """
    rule = rules()["entered_late"]
    end = datetime.combine(on + timedelta(days=1), time.min, LONDON).astimezone(UTC)
    begin = end - timedelta(hours=rule["hours"])
    lately = [
        one
        for held in of.sessions.values()
        for one in held
        if on - timedelta(days=rule["of_days"]) <= one.held_on <= on
    ]
    late = [
        one
        for one in lately
        if one.completed_at is not None
        and begin <= one.completed_at < end
        and (on - one.held_on).days >= rule["held_before"]
    ]
    is_many = len(late) >= rule["at_least"] and len(late) >= rule["share"] * len(lately)
    return len(late) if is_many else 0


def _is_in_force(agreement: Agreement, on: date) -> bool:
    return agreement.starts_on <= on and (agreement.ends_on is None or agreement.ends_on >= on)
