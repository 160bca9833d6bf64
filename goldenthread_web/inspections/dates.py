"""When is the plan due, when may inspectors come back, and where does a visit stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from goldenthread.calendar import add_months, add_working_days
from goldenthread_web.inspections.frames import clocks
from goldenthread_web.inspections.models import Finding, Inspection, Letter, Visit


class VisitStatus(StrEnum):
    """Where a monitoring visit stands, in the words of the page."""

    PLANNED = "Planned"
    ANNOUNCED = "Announced"
    PREPARING = "Preparing"
    ON_SITE = "On site"
    LETTER_DRAFT = "Letter awaited or in draft"
    LETTER_PUBLISHED = "Letter published"
    LETTER_RECEIVED = "Letter received, not to be published"
    DISPOSITIONED = "Findings answered"


@dataclass(frozen=True, kw_only=True)
class PlanDates:
    """What follows from the day a report was published."""

    published_on: date
    plan_due_on: date
    submitted_on: date | None
    first_visit_by: date


@dataclass(frozen=True, kw_only=True)
class Window:
    """When inspectors are likely to inspect again. `from_on`: from when they usually may."""

    submitted_on: date
    latest_on: date
    visits_done: int
    visits_wanted: int
    from_on: date | None
    is_projected: bool  # `from_on` rests on visits that are not fixed yet

    def is_open(self, on: date) -> bool:
        """Whether an inspection may come any day."""
        return self.visits_done >= self.visits_wanted and on <= self.latest_on


def plan_dates(inspection: Inspection) -> PlanDates | None:
    """When the plan is due and the first visit to be expected; None before the report is published."""
    if inspection.published_on is None:
        return None
    due = add_working_days(inspection.published_on, clocks().plan_working_days)
    return PlanDates(
        published_on=inspection.published_on,
        plan_due_on=due,
        submitted_on=inspection.plan_submitted_on,
        first_visit_by=due + timedelta(days=clocks().first_visit_days),
    )


def reinspection_window(inspection: Inspection, visits: Sequence[Visit], on: date) -> Window | None:
    """When the council may be inspected again, seen from a day; None before its plan was handed in."""
    if inspection.plan_submitted_on is None:
        return None
    rules = clocks()
    since = sorted(
        (one for one in visits if one.starts_on >= (inspection.published_on or inspection.ends_on)),
        key=lambda one: one.starts_on,
    )
    done = sum(1 for one in since if one.ends_on < on)
    wanted = rules.visits_before_reinspection
    if len(since) >= wanted:
        from_on, projected = since[wanted - 1].ends_on, False
    elif since:
        missing = wanted - len(since)
        from_on, projected = add_months(since[-1].ends_on, missing * rules.visit_every_months), True
    else:
        from_on, projected = None, True
    return Window(
        submitted_on=inspection.plan_submitted_on,
        latest_on=add_months(inspection.plan_submitted_on, rules.reinspection_months),
        visits_done=done,
        visits_wanted=wanted,
        from_on=from_on,
        is_projected=projected,
    )


def visit_status(
    visit: Visit, *, on: date, letter: Letter | None, findings: Sequence[Finding], is_preparing: bool
) -> VisitStatus:
    """Where a visit stands on a day, from its days, its letter in force and the findings in it."""
    if on < visit.starts_on:
        if visit.announced_on is None or visit.announced_on > on:
            return VisitStatus.PLANNED
        return VisitStatus.PREPARING if is_preparing else VisitStatus.ANNOUNCED
    if on <= visit.ends_on:
        return VisitStatus.ON_SITE
    is_out = letter is not None and letter.published_on is not None and letter.published_on <= on
    is_kept = letter is not None and not letter.is_public
    if letter is None or not (is_out or is_kept):
        return VisitStatus.LETTER_DRAFT
    if findings and all(one.answered_on is not None and one.answered_on <= on for one in findings):
        return VisitStatus.DISPOSITIONED
    return VisitStatus.LETTER_PUBLISHED if is_out else VisitStatus.LETTER_RECEIVED


def answer_due_on(letter: Letter) -> date:
    """The day by which every finding of a letter is to be answered."""
    return add_working_days(letter.received_on, clocks().disposition_working_days)
