"""When is the next round of a programme due, and how many of it come from each cohort?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.calendar import add_months
from goldenthread_web.case_audits.models import AuditProgramme

_MONTHS = {AuditProgramme.Cycle.MONTHLY: 1, AuditProgramme.Cycle.QUARTERLY: 3}


@dataclass(frozen=True, kw_only=True)
class NextRound:
    """The next round of a programme: its number, and the day from which it is due."""

    number: int
    due_on: date

    def is_due(self, on: date) -> bool:
        """Whether the day has come."""
        return self.due_on <= on


def shares(size: int, cohorts: Sequence[str]) -> dict[str, int]:
    """How many of a round come from each cohort: evenly, the first ones get what is left over."""
    whole, over = divmod(size, len(cohorts))
    return {cohort: whole + (place < over) for place, cohort in enumerate(cohorts)}


def next_round(programme: AuditProgramme, begun: int) -> NextRound | None:
    """The round after so many; None where there is none any more.

    Rounds are counted from the first day of the programme: one that begins late does not move the others.
    """
    months = _MONTHS.get(AuditProgramme.Cycle(programme.cycle), 0)
    if begun and not months:
        return None
    due_on = add_months(programme.starts_on, begun * months)
    if programme.ends_on is not None and due_on > programme.ends_on:
        return None
    return NextRound(number=begun + 1, due_on=due_on)
