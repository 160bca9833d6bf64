"""Which children meet a standard on a day, so that the figure comes out? Chosen, then made true.

What happened by itself stands wherever it can. Where too many children meet the standard, some lose the
entries that put them in time; where too few do, some gain one entry. Days that are settled lie further
apart than the window of the standard, so that settling one leaves the others as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from goldenthread.synthetic import days, quotas
from goldenthread.synthetic.area import Area
from goldenthread.synthetic.people import Child, Event


def open_children(area: Area, day: int) -> list[Child]:
    """Children with an episode, a plan or a period of care open on the day."""
    return [
        child
        for child in area.cases
        if any(e.received <= day < e.closed and not e.is_nfa for e in child.episodes)
        or any(p.start <= day < p.end for p in child.cp_plans)
        or any(p.start <= day < p.end for p in child.cin_plans)
        or any(p.start <= day < p.end for p in child.care)
    ]


@dataclass(slots=True)
class Candidate:
    """One child who is counted on the day."""

    child: Child
    is_met: bool
    counted: list[Event]  # the entries that put the child in time
    can_fail: bool
    earliest: int  # from when a new entry would count
    kind: str = ""


@dataclass
class Settlement:
    """The children counted on one day, and how many of them are to meet the standard."""

    area: Area
    day: int
    before: int  # the last day settled: nothing up to it changes
    candidates: list[Candidate] = field(default_factory=list)

    def offer(
        self, child: Child, is_met: bool, counted: list[Event], can_fail: bool, earliest: int, kind: str = ""
    ) -> None:
        """Count a child in, as things stand."""
        self.candidates.append(Candidate(child, is_met, counted, can_fail, earliest, kind))

    def settle(self, percent: float, entries: Callable[[Child], list[Event]], kind: str) -> None:
        """Change as few children as needed for that percentage to be printed."""
        wanted = quotas.share(percent, len(self.candidates))
        met = [c for c in self.candidates if c.is_met]
        if len(met) > wanted:
            failing = [c for c in met if c.can_fail and all(e.day > self.before for e in c.counted)]
            for candidate in self._some(failing, len(met) - wanted):
                drop(entries(candidate.child), candidate.counted)
        else:
            gaining = [c for c in self.candidates if not c.is_met]
            for candidate in self._some(gaining, wanted - len(met)):
                day = self.new_day(max(candidate.earliest, self.before + 1))
                entries(candidate.child).append(Event(day, candidate.kind or kind, True, True))

    def _some(self, candidates: list[Candidate], number: int) -> list[Candidate]:
        return self.area.rng.sample(candidates, min(number, len(candidates)))

    def new_day(self, earliest: int) -> int:
        """A working day from `earliest` to the settled day, if there is one."""
        working = days.working_in(min(earliest, self.day), self.day)
        return self.area.rng.choice(working) if working else self.day


def drop(entries: list[Event], unwanted: list[Event]) -> None:
    """Take those very entries out."""
    gone = set(map(id, unwanted))
    entries[:] = [entry for entry in entries if id(entry) not in gone]
