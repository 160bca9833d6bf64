"""What do leaders read before their short regular meeting, and who comes to every other one?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from goldenthread_web.figures.asked_once import asked_once
from goldenthread_web.governance import forward, queries, sources
from goldenthread_web.governance.models import Attendance, Meeting
from goldenthread_web.governance.sources import Entry, Kind
from goldenthread_web.governance.standards import standard
from goldenthread_web.ui.together import together

AHEAD = timedelta(weeks=4)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One page for one meeting."""

    on: date
    alternates: str  # the post that comes to every other meeting; blank: none does
    comes: bool  # this time
    exceptions: tuple[Entry, ...]
    indicators: tuple[Entry, ...]
    risks: tuple[Entry, ...]
    asks: tuple[Entry, ...]
    actions: tuple[Entry, ...]
    ahead: tuple[forward.Planned, ...]


_KINDS = (Kind.EXCEPTIONS, Kind.INDICATORS, Kind.RISKS, Kind.ACTIONS)


@asked_once()
def sheet(meeting: Meeting, on: date) -> Sheet:
    """The sheet of a meeting as known on a day; small numbers are hidden."""
    day = max(on, meeting.on)
    post = standard(meeting.body.code).alternates
    # Of every body: what one asked under an exempt item is not for the others.
    unanswered = queries.in_the_open(queries.asks()).filter(state="unanswered", due_on__lte=day + AHEAD)
    until, ahead = meeting.on + AHEAD, (*forward.USUAL, "milestone")
    read = together(
        **sources.lists(_KINDS, meeting, on),
        **sources.asked(unanswered),
        **forward.lists(meeting.on, until, ahead),
        **_came(meeting, post),
    )
    told = {kind: sources.entries(kind, meeting, on, read) for kind in _KINDS}
    return Sheet(
        on=on,
        alternates=post,
        comes=bool(post) and _comes(read),
        exceptions=_once(told[Kind.EXCEPTIONS]),
        indicators=told[Kind.INDICATORS],
        risks=told[Kind.RISKS],
        asks=tuple(sources.asks_said(meeting, read)),
        actions=told[Kind.ACTIONS],
        ahead=tuple(forward.planned(meeting.on, until, ahead, read=read)),
    )


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each action once, with the gravest of what is to be said of it: it is one sheet."""
    found: dict[str, Entry] = {}
    for one in entries:
        found.setdefault(one.ref, one)
    return tuple(found.values())


def comes(meeting: Meeting, post: str) -> bool:
    """Whether a post that comes to every other meeting comes to this one.

    Whoever came last time stays away, and whoever could not come comes next time: two meetings in a row are
    never without them.
    """
    return _comes(together(**_came(meeting, post)))


def _came(meeting: Meeting, post: str) -> "dict[str, QuerySet[Any]]":
    """The earlier meetings, and at which of them a post was said to be there or not; for `together`."""
    before = queries.meetings(of=meeting.body).exclude(status=Meeting.Status.CANCELLED)
    before = before.filter(starts_at__lt=meeting.starts_at)
    attended = Attendance.objects.filter(meeting__in=before.order_by().values("pk"), post=post)
    return {"before": before, "attended": attended}


def _comes(read: Mapping[str, list[Any]]) -> bool:
    there = Attendance.Presence.PRESENT
    told = {one.meeting_id: one.presence for one in read["attended"]}
    expected = True
    for earlier in read["before"]:
        came = told[earlier.pk] == there if earlier.pk in told else expected
        expected = not came
    return expected
