"""Who saw this child, what did this person see, what happened? Reads of the trail, for its pages."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet

from goldenthread_web.config.clock import LONDON
from goldenthread_web.trail.models import Event, Seen

_DAY = timedelta(days=1)
# Of an indexed column this finds each value once, without reading a million rows between two of them.
_KINDS = """
    WITH RECURSIVE kinds(what) AS (
        SELECT min(what) FROM trail_event
        UNION ALL
        SELECT (SELECT min(what) FROM trail_event WHERE trail_event.what > kinds.what)
        FROM kinds WHERE kinds.what IS NOT NULL
    ) SELECT what FROM kinds WHERE what IS NOT NULL
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for; blank: everything. Days are days in England, both of them included."""

    child: str = ""  # a keyed reference
    person: int | None = None
    what: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing in particular is looked for."""
        return self == Asked()


def events(asked: Asked) -> QuerySet[Event]:
    """The Events looked for, the newest first."""
    found = Event.objects.order_by("-id")
    if asked.child:
        shown = Seen.objects.filter(reference=asked.child).values("event_id")
        about = Event.objects.filter(about_kind="child", about_key=asked.child).order_by().values("id")
        # A union, not "or": PostgreSQL would read the whole trail for that.
        found = found.filter(id__in=shown.union(about))
    if asked.person is not None:
        found = found.filter(by_id=asked.person)
    if asked.what:
        found = found.filter(what=asked.what)
    if asked.since is not None:
        found = found.filter(at__gte=_begins(asked.since))
    if asked.until is not None:
        found = found.filter(at__lt=_begins(asked.until + _DAY))
    return found


def kinds() -> list[str]:
    """Which Events there are at all."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [what for (what,) in cursor.fetchall()]


def children_of(found: list[Event]) -> dict[int, list[str]]:
    """The children that each of these Events showed, as keyed references."""
    shown: dict[int, list[str]] = {}
    rows = Seen.objects.filter(event_id__in=[event.pk for event in found]).order_by("reference")
    for number, child in rows.values_list("event_id", "reference"):
        shown.setdefault(number, []).append(child)
    return shown


def length() -> int:
    """How many Events there are: nothing is removed, so the last number tells."""
    last = Event.objects.order_by("-id").values_list("id", flat=True).first()
    return last or 0


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON)
