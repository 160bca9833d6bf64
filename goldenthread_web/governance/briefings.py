"""What do leaders read before their short regular meeting, and who comes to every other one?"""

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread_web.governance import forward, queries, sources
from goldenthread_web.governance.models import Attendance, Meeting
from goldenthread_web.governance.sources import Entry
from goldenthread_web.governance.standards import standard

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


def sheet(meeting: Meeting, on: date) -> Sheet:
    """The sheet of a meeting as known on a day; small numbers are hidden."""
    kinds = sources.Kind
    day = max(on, meeting.on)
    post = standard(meeting.body.code).alternates
    unanswered = queries.asks().filter(state="unanswered", due_on__lte=day + AHEAD)
    return Sheet(
        on=on,
        alternates=post,
        comes=bool(post) and comes(meeting, post),
        exceptions=sources.entries(kinds.EXCEPTIONS, meeting, on),
        indicators=sources.entries(kinds.INDICATORS, meeting, on),
        risks=sources.entries(kinds.RISKS, meeting, on),
        asks=tuple(sources.ask_said(ask, meeting) for ask in unanswered),
        actions=sources.entries(kinds.ACTIONS, meeting, on),
        ahead=tuple(forward.planned(meeting.on, meeting.on + AHEAD, (*forward.USUAL, "milestone"))),
    )


def comes(meeting: Meeting, post: str) -> bool:
    """Whether a post that comes to every other meeting comes to this one.

    Whoever came last time stays away, and whoever could not come comes next time: two meetings in a row are
    never without them.
    """
    before = queries.meetings(of=meeting.body).exclude(status=Meeting.Status.CANCELLED)
    before = before.filter(starts_at__lt=meeting.starts_at).order_by("starts_at")
    there = Attendance.Presence.PRESENT
    told = dict(
        Attendance.objects.filter(meeting__in=before, post=post).values_list("meeting_id", "presence")
    )
    expected = True
    for earlier in before:
        came = told[earlier.pk] == there if earlier.pk in told else expected
        expected = not came
    return expected
