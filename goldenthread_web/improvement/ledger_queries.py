"""Is every finding of every letter answered? The ledger: line by line, and in numbers for a report."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goldenthread.calendar import working_days_between
from goldenthread_web.improvement.models import Disposition, DispositionStep
from goldenthread_web.inspections.dates import answer_due_on
from goldenthread_web.inspections.models import Finding
from goldenthread_web.inspections.queries import findings


class Standing(StrEnum):
    """How a finding stands in the ledger."""

    ANSWERED = "answered"
    WAITING = "waiting"
    OVERDUE = "overdue"
    REOPENED = "reopened"  # the action that answered it was withdrawn


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One finding with what is done about it. `working_days` until an answer is due; negative: overdue."""

    finding: Finding
    disposition: DispositionStep | None
    standing: Standing
    due_on: date
    working_days: int

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.standing is not Standing.ANSWERED

    @property
    def was_late(self) -> bool:
        """Whether it was answered after the day it was due."""
        return self.disposition is not None and self.disposition.decided_on > self.due_on


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The findings of letters dated within some days, as they stand on a day."""

    entries: tuple[Entry, ...]
    on: date

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return len(self.entries)

    @property
    def weaknesses(self) -> int:
        """How many of them say that something is not good enough."""
        return sum(one.finding.is_weakness for one in self.entries)

    @property
    def dispositioned(self) -> int:
        """How many are answered."""
        return sum(not one.is_open for one in self.entries)

    @property
    def weaknesses_dispositioned(self) -> int:
        """How many of the weaknesses are answered."""
        return sum(one.finding.is_weakness and not one.is_open for one in self.entries)

    @property
    def overdue(self) -> int:
        """How many are open after the day an answer was due."""
        return sum(one.is_open and one.working_days < 0 for one in self.entries)

    @property
    def repeats(self) -> int:
        """How many repeat an earlier finding."""
        return sum(one.finding.is_repeat for one in self.entries)

    @property
    def open_weaknesses(self) -> tuple[Entry, ...]:
        """Weaknesses that nobody answered: with one of these a report is not released without a word."""
        return tuple(one for one in self.entries if one.is_open and one.finding.is_weakness)

    @property
    def sentence(self) -> str:
        """The ledger in one sentence, as a report prints it."""
        return (
            f"{_count(self.findings, 'finding')}, of them "
            f"{_count(self.weaknesses, 'weakness', 'weaknesses')}; "
            f"answered: {self.dispositioned} of {self.findings}, "
            f"{self.weaknesses_dispositioned} of {self.weaknesses} weaknesses; "
            f"overdue: {self.overdue}; repeated: {self.repeats}."
        )

    def not_named(self, refs: Collection[str]) -> tuple[Entry, ...]:
        """Weaknesses whose references are not among those that a text names."""
        return tuple(one for one in self.entries if one.finding.is_weakness and one.finding.ref not in refs)


def ledger(from_on: date | None = None, to: date | None = None, *, on: date) -> Ledger:
    """Every finding of the letters dated from one day to another, as it stands on `on`: two queries.

    What was said after `on` does not count: what a report froze is found again later.
    """
    found = list(findings(from_on=from_on, to=min(to, on) if to else on))
    answers = _said([one.pk for one in found], on)
    return Ledger(entries=tuple(_entry(one, answers.get(one.pk), on) for one in found), on=on)


def entry_of(finding: Finding, *, on: date) -> Entry:
    """One finding as it stands in the ledger."""
    return _entry(finding, _said([finding.pk], on).get(finding.pk), on)


def history(finding: Finding) -> list[DispositionStep]:
    """Everything that was ever said about a finding, the latest first."""
    return list(DispositionStep.objects.filter(finding=finding).select_related("action", "decided_by"))


def of_action(action_ids: Iterable[int]) -> dict[int, list[Disposition]]:
    """Which findings each action answers, by the action's number."""
    found: dict[int, list[Disposition]] = {}
    for one in Disposition.objects.filter(action__in=list(action_ids)).select_related(
        "finding__paragraph__letter"
    ):
        found.setdefault(one.action_id, []).append(one)
    return found


def _said(findings: Collection[int], on: date) -> dict[int, DispositionStep]:
    """The last word about each finding up to the end of a day."""
    steps = DispositionStep.objects.filter(finding__in=findings, decided_on__lte=on)
    # The latest comes last, and takes the place of those before.
    return {
        one.finding_id: one
        for one in steps.select_related("action", "decided_by").order_by("decided_on", "decided_at", "id")
    }


def _entry(finding: Finding, said: DispositionStep | None, on: date) -> Entry:
    due_on = answer_due_on(finding.paragraph.letter)
    days = _until(due_on, on)
    if said is not None and said.action and said.action.withdrawn_on and said.action.withdrawn_on <= on:
        standing = Standing.REOPENED
    elif said is not None:
        standing = Standing.ANSWERED
    else:
        standing = Standing.OVERDUE if days < 0 else Standing.WAITING
    return Entry(finding=finding, disposition=said, standing=standing, due_on=due_on, working_days=days)


def _until(due_on: date, on: date) -> int:
    """Working days from a day until another; negative where it has passed."""
    if on <= due_on:
        return working_days_between(on, due_on)
    # The day after a due day is late, also where it is no working day.
    return min(-working_days_between(due_on, on), -1)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
