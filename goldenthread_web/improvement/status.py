"""How does an action stand, and why? Delivery in one letter, worked out from plain values, with every reason.

W not started, G on track, A at risk, R off track, C done, B embedded. Whether children are better off is
another rating. Somebody may say another letter, but never done or embedded, which have to be shown; a better
one needs a reason and counts only while things are no worse than when it was said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SLIPPAGE_AT_RISK = 28  # days past the day promised: up to here A, beyond it R
OVERDUE_AT_RISK = 14  # days a milestone is overdue: up to here A, beyond it R
MISSED_OFF_TRACK = 2  # updates of the owner in a row: one is A, two are R

WORDS = {
    "W": "Not started",
    "G": "On track",
    "A": "At risk",
    "R": "Off track",
    "C": "Done",
    "B": "Embedded",
}
KEY = {
    "W": "Its day to start has not come.",
    "G": "The forecast is no later than the day promised, and no milestone is overdue.",
    "A": "The forecast is 1 to 28 days late, or a milestone, or a decision of somebody else that it "
    "waits for, up to 14 days overdue, or one update was missed.",
    "R": "The forecast is more than 28 days late, or a milestone or such a decision more than 14 days "
    "overdue, or two updates were missed, or it is blocked.",
    "C": "Every milestone is done and there is evidence. Whether it helps children is still to be tested.",
    "B": "Done, and two kinds of evidence say that it helps; somebody other than its owner confirmed it, "
    "and it will be tested again.",
}
BY_HAND = ("G", "A", "R")
_BAD = {"R": 3, "A": 2, "G": 1, "W": 0, "C": 0, "B": 0}


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone: what it is, and its three days."""

    text: str
    baseline_on: date
    forecast_on: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the status of an action rests on."""

    today: date
    starts_on: date
    baseline_due_on: date
    forecast_due_on: date
    done_on: date | None = None
    steps: tuple[Step, ...] = ()
    evidence: int = 0  # pieces of it
    missed_updates: int = 0  # in a row, the latest first
    blocked_because: str = ""
    waits_for: Step | None = None  # the decision somebody else must make first
    has_recovery: bool = False
    has_escalation: bool = False
    has_new_plan: bool = False  # agreed by a body
    embedded_on: date | None = None
    fell_back: str = ""  # the sentence that says why it is no longer embedded
    override: str = ""
    override_of: str = ""
    override_because: str = ""


@dataclass(frozen=True, kw_only=True)
class Status:
    """The letter, its word, every reason, and what the letter calls for that is not there yet."""

    letter: str
    reasons: tuple[str, ...]
    needs: tuple[str, ...] = ()
    worked_out: str = ""  # the letter without anybody's word
    is_by_hand: bool = False

    @property
    def word(self) -> str:
        """The letter in words."""
        return WORDS[self.letter]


def status(facts: Facts) -> Status:
    """How the action stands that day."""
    worked_out = _worked_out(facts)
    if not _override_counts(facts, worked_out.letter):
        return worked_out
    said = f"Said by hand; worked out it would be {worked_out.letter}, {WORDS[worked_out.letter].lower()}."
    reasons = (facts.override_because,) if facts.override_because else ()
    return Status(
        letter=facts.override,
        reasons=(*reasons, said, *worked_out.reasons),
        needs=_needs(facts, facts.override),
        worked_out=worked_out.letter,
        is_by_hand=True,
    )


def is_better(letter: str, than: str) -> bool:
    """Whether a letter says that less is wrong than another does."""
    return _BAD[letter] < _BAD[than]


def _override_counts(facts: Facts, worked_out: str) -> bool:
    if facts.override not in BY_HAND or worked_out not in BY_HAND or facts.override == worked_out:
        return False
    if not is_better(facts.override, worked_out):
        return True
    # A better one was said with a reason about how things stood then: worse news since then undoes it.
    is_as_then = bool(facts.override_of) and not is_better(facts.override_of, worked_out)
    return bool(facts.override_because) and is_as_then


def _worked_out(facts: Facts) -> Status:
    if _is_done(facts):
        return _done(facts)
    if facts.today < facts.starts_on:
        return Status(letter="W", reasons=(f"It starts on {_day(facts.starts_on)}.",), worked_out="W")
    off_track, at_risk = _what_is_wrong(facts)
    letter = "R" if off_track else "A" if at_risk else "G"
    reasons = (*off_track, *at_risk) or (f"It is expected by {_day(_expected(facts))}, as promised.",)
    if facts.done_on is not None:
        reasons = (*reasons, _why_not_done(facts))
    return Status(letter=letter, reasons=reasons, needs=_needs(facts, letter), worked_out=letter)


def _is_done(facts: Facts) -> bool:
    is_shown = facts.evidence > 0 and all(step.done_on is not None for step in facts.steps)
    return facts.done_on is not None and facts.done_on <= facts.today and is_shown


def _done(facts: Facts) -> Status:
    if facts.embedded_on is not None:
        said = f"Embedded since {_day(facts.embedded_on)}."
        return Status(letter="B", reasons=(said,), worked_out="B")
    done = f"Done on {_day(facts.done_on or facts.today)}."
    if facts.fell_back:
        needs = () if facts.has_recovery else ("A recovery note is needed.",)
        return Status(
            letter="A", reasons=(f"Fell back: {facts.fell_back}", done), needs=needs, worked_out="A"
        )
    return Status(letter="C", reasons=(f"{done} Its impact is still to be tested.",), worked_out="C")


def _what_is_wrong(facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every reason for off track, and every reason for at risk."""
    off_track: list[str] = []
    at_risk: list[str] = []
    if facts.blocked_because:
        off_track.append(f"It is blocked: {facts.blocked_because}")
    slips = (_expected(facts) - facts.baseline_due_on).days
    if slips > 0:
        said = _slippage_said(facts, slips)
        (off_track if slips > SLIPPAGE_AT_RISK else at_risk).append(said)
    for step in facts.steps:
        late = _overdue(step, facts.today)
        if late > 0:
            said = f"The milestone “{step.text}” is {_days(late)} overdue."
            (off_track if late > OVERDUE_AT_RISK else at_risk).append(said)
    if facts.waits_for is not None and (late := _overdue(facts.waits_for, facts.today)) > 0:
        said = f"It waits for a decision, {_days(late)} overdue: {facts.waits_for.text}"
        (off_track if late > OVERDUE_AT_RISK else at_risk).append(said)
    if facts.missed_updates >= MISSED_OFF_TRACK:
        off_track.append(f"The owner missed {facts.missed_updates} updates in a row.")
    elif facts.missed_updates:
        at_risk.append("The owner missed one update.")
    return tuple(off_track), tuple(at_risk)


def _expected(facts: Facts) -> date:
    """When it can be done at the earliest, by what is known; not before today."""
    steps = facts.steps if facts.waits_for is None else (*facts.steps, facts.waits_for)
    open_steps = [step.forecast_on for step in steps if step.done_on is None]
    return max([facts.forecast_due_on, facts.today, *open_steps])


def _overdue(step: Step, today: date) -> int:
    """Days past the day promised; moving the forecast does not move this."""
    return 0 if step.done_on is not None else max(0, (today - step.baseline_on).days)


def _slippage_said(facts: Facts, slips: int) -> str:
    if facts.forecast_due_on < _expected(facts) == facts.today:
        return f"It was promised for {_day(facts.baseline_due_on)} and is not done: {_days(slips)} late."
    whose = "forecast"
    if facts.forecast_due_on < _expected(facts):
        waits = facts.waits_for is not None and facts.waits_for.forecast_on == _expected(facts)
        whose = "decision that it waits for" if waits else "forecast of a milestone"
    return f"The {whose} slips {_days(slips)} past the day promised."


def _why_not_done(facts: Facts) -> str:
    still_open = sum(step.done_on is None for step in facts.steps)
    if still_open:
        return f"It was said to be done, but {still_open} of its milestones are open."
    return "It was said to be done, but no evidence is attached."


def _needs(facts: Facts, letter: str) -> tuple[str, ...]:
    found = []
    if letter == "A" and not facts.has_recovery:
        found.append("A recovery note is needed.")
    if letter == "R" and not facts.has_escalation:
        found.append("It must be escalated: say to whom.")
    if letter == "R" and not facts.has_new_plan:
        found.append("A body must agree a new plan for it.")
    return tuple(found)


def missed_in_a_row(due: Iterable[tuple[date, bool]], today: date) -> int:
    """How many updates were missed in a row. `due`: the latest first, each day due and whether it came."""
    missed = 0
    for due_on, has_come in due:
        if has_come:
            return missed
        missed += due_on + timedelta(days=1) <= today
    return missed


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
