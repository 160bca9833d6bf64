"""What is on the agenda of a meeting? What must come back, then the body's standard items: it builds itself.

Unanswered asks, actions carried forward and safeguarding actions are read from what is open, not from rows
of the agenda: nobody can leave them out, and no author is needed for a pack.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from goldenthread_web.config.clock import london
from goldenthread_web.governance import sources
from goldenthread_web.governance.models import AgendaItem, Meeting
from goldenthread_web.governance.sources import Entry
from goldenthread_web.ui.together import together

Kind = AgendaItem.Kind
# In this order, before everything else.
COMES_BACK = (Kind.ASKS, Kind.ACTIONS, Kind.SAFEGUARDING, Kind.ESCALATIONS)
OPERATIONAL = (Kind.SAFEGUARDING, Kind.ESCALATIONS)  # of the operational board, and where some are open
_TITLES = {
    Kind.ASKS: "Asks: those without an answer first",
    Kind.ACTIONS: "Actions carried forward",
    Kind.SAFEGUARDING: "Safeguarding actions that are open",
    Kind.ESCALATIONS: "What performance clinics cannot solve",
}
_MINUTES = {Kind.ASKS: 10, Kind.ACTIONS: 10, Kind.SAFEGUARDING: 15, Kind.ESCALATIONS: 5}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One item of an agenda as it is printed, with what comes under it."""

    number: int
    kind: str
    title: str
    minutes: int
    starts: str  # 14:05, if everything before it keeps to its time
    entries: tuple[Entry, ...] = ()
    empty: str = ""  # what is said where nothing comes under it
    presenter: str = ""
    witnesses: tuple[str, ...] = ()
    enquiry: tuple[str, ...] = ()
    verb: str = ""
    sought: str = ""
    paper: str = ""
    reference: str = ""
    is_standing: bool = False
    is_late: bool = False
    late_because: str = ""
    exempt_under: str = ""  # a paragraph of Schedule 12A; blank: open to the public
    exempt_because: str = ""
    kept_back: int = 0  # lines from exempt items that are left out here
    item: AgendaItem | None = field(default=None, compare=False)  # none: it is there by construction alone

    @property
    def exempt_said(self) -> str:
        """What is kept back, in the words of the law."""
        return AgendaItem.Exempt(self.exempt_under).label if self.exempt_under else ""

    @property
    def comes_back(self) -> bool:
        """Whether it is there by construction and cannot be taken off."""
        return self.kind in COMES_BACK


def must_come_back(meeting: Meeting) -> tuple[str, ...]:
    """The kinds that an agenda holds whatever its rows say, in their order."""
    if meeting.body.is_operational:
        return COMES_BACK
    waits = {Kind.SAFEGUARDING: sources.has_safeguarding, Kind.ESCALATIONS: sources.has_escalations}
    kept = [kind for kind, is_there in waits.items() if is_there(meeting)]
    return tuple(kind for kind in COMES_BACK if kind not in OPERATIONAL or kind in kept)


def lists(meeting: Meeting, rows: list[AgendaItem], *, on: date) -> "dict[str, QuerySet[Any]]":
    """What is read for the whole agenda of a meeting, for `together`."""
    return sources.lists([kind for kind, _ in _ordered(meeting, rows)], meeting, on)


def parts(
    meeting: Meeting,
    *,
    on: date,
    only: Iterable[str] | None = None,
    rows: list[AgendaItem] | None = None,
    read: sources.Rows | None = None,
) -> list[Part]:
    """The agenda of a meeting as it stands on a day.

    `only` names the kinds whose entries are read; the others are there without entries (None: all are read).
    Small numbers are hidden: whoever reads a pack reads the same pack. `rows`: its items, `read`: its
    `lists`, if they were read.
    """
    rows = list(meeting.items.all()) if rows is None else rows
    ordered = _ordered(meeting, rows)
    wanted = frozenset(kind for kind, _ in ordered) if only is None else frozenset(only)
    if read is None:
        read = together(**sources.lists(wanted, meeting, on))
    at = london(meeting.starts_at)
    found = []
    for number, (kind, row) in enumerate(ordered, 1):
        reads = kind in wanted
        entries = sources.entries(kind, meeting, on, read) if reads else ()
        part = _part(number, kind, row, f"{at:%H:%M}", entries, sources.EMPTY.get(kind, "") if reads else "")
        at += timedelta(minutes=part.minutes)
        found.append(part)
    return found


def _ordered(meeting: Meeting, rows: list[AgendaItem]) -> list[tuple[str, AgendaItem | None]]:
    """The kinds of an agenda in their order, each with its row, if it has one."""
    by_kind = {row.kind: row for row in rows if row.kind in COMES_BACK}
    first = [(kind, by_kind.get(kind)) for kind in must_come_back(meeting)]
    return [*first, *((row.kind, row) for row in rows if row.kind not in COMES_BACK)]


def titles(kind: str) -> tuple[str, int]:
    """How an item that must come back is called, and how many minutes it usually takes."""
    return _TITLES[Kind(kind)], _MINUTES[Kind(kind)]


def minutes_planned(found: Iterable[Part]) -> int:
    """How many minutes the items of an agenda take together."""
    return sum(part.minutes for part in found)


def late_parts(rows: Iterable[AgendaItem]) -> list[Part]:
    """What came after a pack was frozen, as items of an agenda."""
    return [_part(row.number, row.kind, row, "", (), "") for row in rows if row.is_late]


def _part(
    number: int, kind: str, row: AgendaItem | None, starts: str, entries: Iterable[Entry], empty: str
) -> Part:
    listed = tuple(entries)
    if row is None:
        return Part(
            number=number,
            kind=kind,
            title=_TITLES[Kind(kind)],
            minutes=_MINUTES[Kind(kind)] if listed else 0,
            starts=starts,
            entries=listed,
            empty=empty,
        )
    return Part(
        number=number,
        kind=kind,
        title=row.title,
        minutes=row.minutes_allotted,
        starts=starts,
        entries=listed,
        empty=empty,
        presenter=row.presenter,
        witnesses=_lines(row.witnesses),
        enquiry=_lines(row.enquiry),
        verb=row.verb,
        sought=row.sought,
        paper=row.paper,
        reference=row.reference,
        is_standing=row.is_standing,
        is_late=row.is_late,
        late_because=row.late_because,
        exempt_under=row.exempt_under,
        exempt_because=row.exempt_because,
        item=row,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
