"""How many concerns were raised, and how many of them were answered in time? For results and boards.

No child is in these numbers by itself; whoever shows them hides small ones from a public view.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldenthread.calendar import add_months
from goldenthread_web.concerns.clocks import moment
from goldenthread_web.concerns.models import Concern
from goldenthread_web.config.clock import london


@dataclass(frozen=True)
class Share:
    """So many of those whose time was over, or that were answered before."""

    in_time: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Concerns raised between two days, and how they were answered."""

    since: date
    to: date
    raised: int
    acknowledged: Share
    safe: Share  # a record of whether the child is safe
    resolved: int
    is_open: int


def answered(since: date, to: date, *, at: datetime | None = None, source: str = "") -> Answered:
    """The concerns raised from one day to another, both included; of one source where it is named."""
    return _counted(_raised(since, to, source), since, to, at or moment())


def answered_of(source: str, source_refs: Iterable[str], *, at: datetime | None = None) -> Answered | None:
    """The concerns raised from these case audits, samples or activities; None: there were none."""
    rows = list(Concern.objects.filter(source=source, source_ref__in=list(source_refs)))
    if not rows:
        return None
    days = sorted(london(one.raised_at).date() for one in rows)
    return _counted(rows, days[0], days[-1], at or moment())


def by_month(first: date, months: int, *, at: datetime | None = None, source: str = "") -> list[Answered]:
    """Month by month, so many months from the first day of one on."""
    starts = [add_months(first.replace(day=1), number) for number in range(months + 1)]
    rows = _raised(starts[0], starts[-1] - timedelta(days=1), source)
    when = at or moment()
    return [
        _counted(
            [one for one in rows if start <= london(one.raised_at).date() < end],
            start,
            end - timedelta(days=1),
            when,
        )
        for start, end in zip(starts, starts[1:], strict=False)
    ]


def _raised(since: date, to: date, source: str) -> list[Concern]:
    """Those raised between two days by the calendar of England: read a day more at each end, then cut."""
    day = timedelta(days=1)
    rows = Concern.objects.filter(raised_at__date__gte=since - day, raised_at__date__lte=to + day)
    if source:
        rows = rows.filter(source=source)
    return [one for one in rows if since <= london(one.raised_at).date() <= to]


def _counted(rows: Sequence[Concern], since: date, to: date, at: datetime) -> Answered:
    return Answered(
        since=since,
        to=to,
        raised=len(rows),
        acknowledged=_share(rows, at, lambda one: (one.acknowledged_at, one.acknowledge_by)),
        safe=_share(rows, at, lambda one: (one.safety_first_at, one.safe_by)),
        resolved=sum(one.resolved_at is not None for one in rows),
        is_open=sum(one.is_open for one in rows),
    )


def _share(
    rows: Sequence[Concern], at: datetime, of: Callable[[Concern], tuple[datetime | None, datetime]]
) -> Share:
    """Met on equality; what still has time is not counted."""
    times = [of(one) for one in rows]
    due = [(done, by) for done, by in times if done is not None or by < at]
    return Share(sum(done is not None and done <= by for done, by in due), len(due))
