"""Where does everything stand on a day? Visits, letters and findings put together for pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread_web.inspections.dates import VisitStatus, Window, reinspection_window, visit_status
from goldenthread_web.inspections.models import Finding, Inspection, Letter, ReadinessItem, Visit
from goldenthread_web.inspections.queries import letters, visits


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter with how many findings stand in it, and how many are weaknesses, repeats, answered."""

    letter: Letter
    findings: tuple[Finding, ...]

    @property
    def weaknesses(self) -> int:
        """How many say that something is not good enough."""
        return sum(one.is_weakness for one in self.findings)

    @property
    def repeats(self) -> int:
        """How many say it again."""
        return sum(one.is_repeat for one in self.findings)

    @property
    def answered(self) -> int:
        """How many the ledger answers."""
        return sum(one.answered_on is not None for one in self.findings)

    @property
    def is_superseded(self) -> bool:
        """Whether another letter took its place."""
        return hasattr(self.letter, "superseded_by")


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """A visit with where it stands and its letter."""

    visit: Visit
    status: VisitStatus
    letter: LetterLine | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything the first page says, as it stands on a day."""

    visits: tuple[VisitLine, ...]
    letters: tuple[LetterLine, ...]
    next_visit: Visit | None
    window: Window | None


def letter_lines() -> list[LetterLine]:
    """Every letter, the latest first, with its findings that stand: two queries."""
    held: defaultdict[int, list[Finding]] = defaultdict(list)
    standing = Finding.objects.filter(withdrawn_at__isnull=True).select_related("paragraph")
    for one in standing.order_by("paragraph__position", "start"):
        held[one.paragraph.letter_id].append(one)
    return [LetterLine(letter=one, findings=tuple(held[one.pk])) for one in letters()]


def overview(inspections: Sequence[Inspection], on: date) -> Overview:
    """What the first page says: four queries."""
    lines = letter_lines()
    every = list(visits())
    preparing = set(ReadinessItem.objects.values_list("visit_id", flat=True))
    found = []
    for visit in every:
        line = next((one for one in lines if one.letter.visit_id == visit.pk and not one.is_superseded), None)
        status = visit_status(
            visit,
            on=on,
            letter=line.letter if line else None,
            findings=line.findings if line else (),
            is_preparing=visit.pk in preparing,
        )
        found.append(VisitLine(visit=visit, status=status, letter=line))
    latest = next((one for one in inspections if one.published_on and one.published_on <= on), None)
    return Overview(
        visits=tuple(found),
        letters=tuple(lines),
        next_visit=next((one for one in every if one.ends_on >= on), None),
        window=reinspection_window(latest, every, on) if latest else None,
    )
