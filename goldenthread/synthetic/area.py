"""What is one area of the authority? The children told together, from one seed, over the same days.

A large authority is several areas, one after the other, so that memory stays bounded. Every area meets
the figures of the story by itself, so the whole authority does too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from goldenthread.synthetic import days
from goldenthread.synthetic.arcs import Arc
from goldenthread.synthetic.families import Ids
from goldenthread.synthetic.people import Child, Family

HISTORY_MONTHS = 36
WARM_UP_MONTHS = 18  # told but not written, so that cases are already open when the history begins
AHEAD_DAYS = 130  # assessments under way on the as-at date end after it


@dataclass
class Area:
    """One area: its story, its size, its days and its families."""

    arc: Arc
    number: int  # 0 for the first
    size: int  # open children at the as-at date, about
    as_at: int
    rng: Random
    ids: Ids
    families: list[Family] = field(default_factory=list)
    _cases: list[Child] = field(default_factory=list)
    _counted: int = -1

    @property
    def first(self) -> int:
        """The first day of the history."""
        return days.add_months(self.as_at, -HISTORY_MONTHS) + 1

    @property
    def warm(self) -> int:
        """The day from which journeys are told."""
        return days.add_months(self.first, -WARM_UP_MONTHS)

    @property
    def recorded_from(self) -> int:
        """The day from which posts and allocations are on record."""
        return self.first - 400

    @property
    def ahead(self) -> int:
        """The day to which journeys are told; what lies after the as-at date is not written."""
        return self.as_at + AHEAD_DAYS

    @property
    def children(self) -> Iterator[Child]:
        """Every child of the area."""
        return (child for family in self.families for child in family.children)

    @property
    def cases(self) -> list[Child]:
        """The children who were ever referred: those who can be an open case."""
        if self._counted != len(self.families):
            self._counted = len(self.families)
            self._cases = [child for child in self.children if child.episodes]
        return self._cases

    def scaled(self, per_thousand: float) -> float:
        """A number given per 1,000 open children, for this area."""
        return per_thousand * self.size / 1000

    def chance(self, strand: str, day: int) -> bool:
        """Whether one more case meets that strand on that day, drawn at its rate."""
        return self.rng.random() < self.arc.strands[strand].chance(day)


def area_of(arc: Arc, number: int, size: int, as_at_on: date, seed: int, ids: Ids) -> Area:
    """An area without families yet."""
    rng = Random(f"{seed}/{arc.code}/{as_at_on}/{number}")  # noqa: S311 (invented data, not secrecy)
    return Area(arc, number, size, as_at_on.toordinal(), rng, ids)
