"""Who came, who has learned what, which team was visited, which partner was met? Reads, counted for pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from goldenthread_web.governance import queries
from goldenthread_web.governance.models import (
    Attendance,
    Election,
    GovernanceVisit,
    Meeting,
    MemberDevelopment,
    Membership,
    PartnerEngagement,
    PlannedEvent,
)
from goldenthread_web.governance.standards import Topic
from goldenthread_web.governance.standards import topics as all_topics
from goldenthread_web.programme.models import Body

_THERE = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)


@dataclass(frozen=True, kw_only=True)
class Came:
    """One post at the meetings of a body: what was noted at each (none: nothing was)."""

    post: str
    agency: str
    noted: tuple[Attendance | None, ...]

    @property
    def held(self) -> int:
        """At how many meetings anything was noted of it."""
        return sum(one is not None for one in self.noted)

    @property
    def there(self) -> int:
        """At how many it was there, or a deputy was."""
        return sum(one is not None and one.presence in _THERE for one in self.noted)

    @property
    def own(self) -> int:
        """At how many the post itself was there."""
        return sum(one is not None and one.presence == Attendance.Presence.PRESENT for one in self.noted)

    @property
    def share(self) -> int | None:
        """Of a hundred meetings, at how many it was there or a deputy was; none: nothing was noted."""
        return round(100 * self.there / self.held) if self.held else None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Attendance of a body, meeting by meeting."""

    meetings: tuple[Meeting, ...]
    rows: tuple[Came, ...]
    agencies: tuple[tuple[str, int, int], ...]  # agency, meetings with somebody there, of how many


@dataclass(frozen=True, kw_only=True)
class Knows:
    """One councillor and the last day of each topic; none where they never had it."""

    post: str
    since: date
    last: Mapping[str, date | None]
    is_new: bool  # elected at the last election

    @property
    def lacks(self) -> tuple[Topic, ...]:
        """The topics they have not had since they were elected or chosen."""
        return tuple(topic for code, topic in all_topics().items() if self.last[code] is None)

    @property
    def lacks_induction(self) -> tuple[Topic, ...]:
        """What of the induction they have not had."""
        return tuple(topic for topic in self.lacks if topic.is_induction)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Which councillor has had what, and since when it counts."""

    rows: tuple[Knows, ...]
    election: date | None

    def without(self, code: str) -> list[Knows]:
        """The councillors who have not had a topic."""
        return [row for row in self.rows if row.last[code] is None]

    @property
    def new(self) -> list[Knows]:
        """Those elected at the last election."""
        return [row for row in self.rows if row.is_new]


def topics() -> Mapping[str, Topic]:
    """What councillors should know."""
    return all_topics()


def attendance_grid(body: Body, since: date, to: date) -> Grid:
    """Who came to the meetings of a body between two days; whoever came least is first. Two queries."""
    meetings = list(held_meetings(body, since, to))
    return grid_of(meetings, Attendance.objects.filter(meeting__in=meetings))


def held_meetings(body: Body, since: date, to: date) -> "QuerySet[Meeting]":
    """The meetings of a body that were held between two days."""
    held = (Meeting.Status.HELD, Meeting.Status.MINUTED, Meeting.Status.APPROVED)
    return queries.meetings(of=body, since=since, to=to).filter(status__in=held)


def grid_of(meetings: Sequence[Meeting], attended: Iterable[Attendance]) -> Grid:
    """The same of meetings and what was noted of them, if they were read."""
    noted: dict[tuple[str, str], dict[int, Attendance]] = {}
    for one in attended:
        noted.setdefault((one.post, one.agency), {})[one.meeting_id] = one
    rows = [
        Came(post=post, agency=agency, noted=tuple(found.get(meeting.pk) for meeting in meetings))
        for (post, agency), found in noted.items()
    ]
    rows.sort(key=lambda row: (row.share if row.share is not None else 101, row.agency, row.post))
    return Grid(meetings=tuple(meetings), rows=tuple(rows), agencies=_of_agencies(rows, len(meetings)))


def coverage(on: date) -> Coverage:
    """Which of today's councillors has had which topic since they were elected. Three queries."""
    election = Election.objects.filter(held_on__lte=on).values_list("held_on", flat=True).first()
    since: dict[str, date] = {}
    for member in Membership.objects.filter(is_councillor=True, starts_on__lte=on):
        if member.ends_on is None or member.ends_on >= on:
            since[member.post] = min(member.starts_on, since.get(member.post, member.starts_on))
    had: dict[tuple[str, str], date] = {}
    for one in MemberDevelopment.objects.filter(held_on__lte=on).order_by("held_on"):
        had[one.post, one.topic] = one.held_on
    rows = []
    for post in sorted(since):
        is_new = election is not None and since[post] >= election
        # Whoever was elected anew starts again: what their post heard before is no induction of theirs.
        first = since[post] if is_new else date.min
        last = {code: _since(had.get((post, code)), first) for code in all_topics()}
        rows.append(Knows(post=post, since=since[post], last=last, is_new=is_new))
    return Coverage(rows=tuple(rows), election=election)


def sessions(most: int = 60) -> list[tuple[MemberDevelopment, list[str]]]:
    """The latest sessions, each with who took part. One query."""
    found: dict[tuple[date, str, str], tuple[MemberDevelopment, list[str]]] = {}
    for one in MemberDevelopment.objects.all()[: most * 20]:
        found.setdefault((one.held_on, one.kind, one.topic), (one, []))[1].append(one.post)
    return list(found.values())[:most]


def planned_events(on: date) -> list[PlannedEvent]:
    """Events that were planned and not held: those of the last year and those ahead, the latest first."""
    since = on - timedelta(days=365)
    return list(PlannedEvent.objects.filter(held_on__isnull=True, planned_on__gte=since))


def visited_teams(found: Iterable[GovernanceVisit]) -> list[tuple[str, int, date]]:
    """Each team with how often it was visited and when last, the one longest ago first."""
    teams: dict[str, list[date]] = {}
    for one in found:
        teams.setdefault(one.team, []).append(one.visited_on)
    return sorted(((team, len(days), max(days)) for team, days in teams.items()), key=lambda row: row[2])


def agencies(found: Iterable[PartnerEngagement], on: date) -> list[tuple[str, int, date, date | None]]:
    """Each school or agency: how often, when last, and the next step that lies ahead."""
    grouped: dict[str, list[PartnerEngagement]] = {}
    for one in found:
        grouped.setdefault(one.agency, []).append(one)
    rows = []
    for agency, listed in grouped.items():
        ahead = [one.next_on for one in listed if one.next_on is not None and one.next_on >= on]
        last = max(one.held_on for one in listed)
        rows.append((agency, len(listed), last, min(ahead) if ahead else None))
    return sorted(rows, key=lambda row: row[0])


def _of_agencies(rows: Iterable[Came], meetings: int) -> tuple[tuple[str, int, int], ...]:
    there: dict[str, set[int]] = {}
    for row in rows:
        if row.agency:
            places = there.setdefault(row.agency, set())
            places |= {n for n, one in enumerate(row.noted) if one is not None and one.presence in _THERE}
    return tuple(sorted(((name, len(at), meetings) for name, at in there.items()), key=lambda row: row[1]))


def _since(day: date | None, first: date) -> date | None:
    return day if day is not None and day >= first else None
