"""What belongs to the focus of a visit? Figures, risks, findings, actions, chosen by areas of practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.improvement.ledger_queries import Entry, ledger
from goldenthread_web.improvement.models import Action
from goldenthread_web.improvement.queries import actions, dispositions
from goldenthread_web.inspections.frames import practice_areas
from goldenthread_web.inspections.models import Visit
from goldenthread_web.risks.models import Risk


@dataclass(frozen=True, kw_only=True)
class Focus:
    """What to know before a visit."""

    refs: tuple[str, ...]
    figures: tuple[Quoted, ...]
    entries: tuple[Entry, ...]
    risks: tuple[Risk, ...]

    @property
    def off_target(self) -> int:
        """How many figures are red."""
        return sum(one.letter == "R" for one in self.figures)

    @property
    def open_weaknesses(self) -> int:
        """How many weaknesses of earlier letters nobody answered."""
        return sum(one.is_open and one.finding.is_weakness for one in self.entries)


def refs_of(visit: Visit) -> tuple[str, ...]:
    """The indicators that tell of a visit's areas, each once, in their order."""
    known = practice_areas()
    return tuple(
        dict.fromkeys(ref for code in visit.areas if code in known for ref in known[code].indicators)
    )


def focus_of(visit: Visit, *, on: date, is_public_view: bool, with_risks: bool) -> Focus:
    """Figures, earlier findings and risks of a visit's focus, as they stand on a day: six queries at most."""
    refs = refs_of(visit)
    figures = quoted(refs, on=on, is_public_view=is_public_view)
    earlier = ledger(to=visit.starts_on, on=on).entries
    risks: Sequence[Risk] = ()
    if with_risks and refs:
        risks = Risk.objects.filter(warnings__ref__in=refs, closed_on__isnull=True).distinct()
    return Focus(
        refs=refs,
        figures=tuple(figures[ref] for ref in refs if ref in figures),
        entries=tuple(one for one in earlier if one.finding.practice_area in visit.areas),
        risks=tuple(risks),
    )


def actions_of(visit: Visit) -> list[Action]:
    """Live actions that answer an earlier finding of the focus, or are tested by one of its indicators."""
    answering = dispositions().filter(
        finding__practice_area__in=visit.areas,
        finding__withdrawn_at__isnull=True,
        action__isnull=False,
    )
    wanted = Q(pk__in=answering.values("action")) | Q(indicators__ref__in=refs_of(visit))
    return list(actions().filter(wanted).distinct())
