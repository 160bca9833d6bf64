"""What does improvement cost on a day: approved, planned, spent, expected? One value for each fact.

Reports take their money from here. Recurrent amounts are for the financial year that holds the day, one-off
amounts for the whole life of the line; totals are by kind and source, and never add the two kinds together.
Amounts are exact decimals in pounds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from goldenthread_web.config.clock import today
from goldenthread_web.programme.models import Decision
from goldenthread_web.resources.models import (
    Approval,
    BenefitEvidence,
    Forecast,
    InvestmentLine,
    Post,
    ProcessReview,
    Spend,
)
from goldenthread_web.resources.money import money_said, variance_said
from goldenthread_web.resources.quarters import Quarter, quarter_of, year_of, year_said
from goldenthread_web.resources.sources import sources

NOTHING = Decimal(0)
COST_OF_PROGRAMME = "money.cost_of_programme"
GROWTH = "money.growth"
BASE_BUDGET = "base_budget"  # of sources.toml


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One line of money as it stood at the end of a day."""

    line: InvestmentLine
    on: date
    approved: Decimal | None  # None: nobody has agreed to an amount yet
    decision: Decision | None
    profiled: Decimal  # planned to be spent by the end of the quarter that holds the day
    planned: Decimal  # by the end of the year, or in all
    spent: Decimal  # to the end of the day
    forecast: Decimal | None  # expected by the end of the year, or in all; None: nobody has said

    @property
    def variance(self) -> str:
        """What is expected against what was approved, in words."""
        return variance_said(self.forecast, self.approved)

    @property
    def is_over(self) -> bool:
        """Whether more is expected than was approved."""
        return self.approved is not None and self.forecast is not None and self.forecast > self.approved

    @property
    def source_said(self) -> str:
        """Where the money comes from, in words."""
        return sources()[self.line.source]

    @property
    def span_said(self) -> str:
        """What its amounts are about: 2017/18, or its whole life."""
        return year_said(year_of(self.on)) if self.line.is_recurrent else "in all"


@dataclass(frozen=True, kw_only=True)
class Total:
    """The lines of one kind and source, added up."""

    kind: str
    source: str  # blank: every source of that kind
    lines: int
    approved: Decimal
    profiled: Decimal
    spent: Decimal
    forecast: Decimal | None  # None: not every line has one
    said: str  # Recurrent, base budget

    @property
    def variance(self) -> str:
        """What is expected against what was approved, in words."""
        if self.forecast is None:
            return "not every line has a forecast"
        return variance_said(self.forecast, self.approved)


@dataclass(frozen=True, kw_only=True)
class MoneyFact:
    """One value for one fact on a day, for papers that name it."""

    code: str
    label: str
    amount: Decimal
    basis: str  # a year, in all
    on: date
    decision: Decision | None  # what it rests on, where it is one line's

    @property
    def said(self) -> str:
        """£5.2m a year."""
        return f"{money_said(self.amount)} {self.basis}"


def lines() -> "QuerySet[InvestmentLine]":
    """Every line of money with what belongs to it, in the order they were entered."""
    return InvestmentLine.objects.select_related("action", "person").prefetch_related(
        Prefetch("approvals", Approval.objects.select_related("decision__body", "recorded_by")),
        "profiles",
        Prefetch("spends", Spend.objects.select_related("entered_by")),
        Prefetch("forecasts", Forecast.objects.select_related("entered_by")),
        Prefetch("evidence", BenefitEvidence.objects.select_related("recorded_by")),
    )


def standing(on: date | None = None) -> list[Standing]:
    """Every line that had begun or been agreed to by a day, as it stood at its end."""
    day = on or today()
    found = [standing_of(line, day) for line in lines()]
    return [one for one in found if one.approved is not None or one.line.starts_on <= day]


def standing_of(line: InvestmentLine, on: date) -> Standing:
    """One line as it stood at the end of a day."""
    approval = approval_on(line, on)
    now, year = quarter_of(on), year_of(on)
    profiles = [one for one in line.profiles.all() if not line.is_recurrent or one.year == year]
    spends = [one for one in line.spends.all() if one.spent_on <= on]
    if line.is_recurrent:
        spends = [one for one in spends if year_of(one.spent_on) == year]
    forecasts = (
        one
        for one in line.forecasts.all()
        if one.made_on <= on and one.year == (year if line.is_recurrent else None)
    )
    forecast = next(forecasts, None)
    return Standing(
        line=line,
        on=on,
        approved=None if approval is None else approval.amount,
        decision=None if approval is None else approval.decision,
        profiled=added_up(one.amount for one in profiles if Quarter(one.year, one.quarter) <= now),
        planned=added_up(one.amount for one in profiles),
        spent=added_up(one.amount for one in spends),
        forecast=None if forecast is None else forecast.amount,
    )


def approval_on(line: InvestmentLine, on: date) -> Approval | None:
    """The agreement in force on a day: that of the latest decision made by then."""
    made = [one for one in line.approvals.all() if one.decision.decided_on <= on]
    return max(made, key=lambda one: (one.decision.decided_on, one.pk), default=None)


def totals(on: date | None = None, *, of: Sequence[Standing] | None = None) -> list[Total]:
    """Approved, planned, spent and expected by kind and source; then each kind as a whole."""
    found = standing(on) if of is None else of
    made = []
    for kind in InvestmentLine.Kind:
        of_kind = [one for one in found if one.line.kind == kind]
        for source, words in sources().items():
            part = [one for one in of_kind if one.line.source == source]
            if part:
                made.append(_total(kind, source, f"{kind.label.capitalize()}, {words.lower()}", part))
        if of_kind:
            made.append(_total(kind, "", f"All {kind.label} money", of_kind))
    return made


def cost_of_programme(on: date | None = None) -> MoneyFact | None:
    """What the improvement programme costs in all: approved for the one-off lines that count to it.

    None: nothing was approved by that day.
    """
    return facts(on).get(COST_OF_PROGRAMME)


def growth(on: date | None = None) -> MoneyFact | None:
    """What was added to the budget a year: approved for its recurrent lines. None: nothing was."""
    return facts(on).get(GROWTH)


def facts(on: date | None = None) -> dict[str, MoneyFact]:
    """Every sum that a paper may name on a day, by its code: one value each."""
    day = on or today()
    return facts_of(standing(day), day)


def facts_of(found: Sequence[Standing], day: date) -> dict[str, MoneyFact]:
    """The same of lines that were read already."""
    told = [fact for one in found for fact in _facts_of(one, day)]
    cost = [one for one in found if one.line.is_programme_cost and not one.line.is_recurrent]
    told += _whole(COST_OF_PROGRAMME, "Cost of the improvement programme", cost, "in all", day)
    added = [one for one in found if one.line.is_recurrent and one.line.source == BASE_BUDGET]
    told += _whole(GROWTH, "Growth of the budget", added, "a year", day)
    return {fact.code: fact for fact in told}


def for_action(action_id: int, on: date | None = None) -> list[Standing]:
    """The money that an action of the plan rests on."""
    return [one for one in standing(on) if one.line.action_id == action_id]


def posts() -> "QuerySet[Post]":
    """The posts the programme depends on, with who is in them."""
    return Post.objects.select_related("theme")


def reviews() -> "QuerySet[ProcessReview]":
    """Reviews of how the service works, by the day the new way is due."""
    return ProcessReview.objects.select_related("line")


def benefits_to_test(on: date | None = None) -> list[InvestmentLine]:
    """Lines whose benefit should have been looked at by a day, and about which nothing was said since."""
    day = on or today()
    return [line for line in lines() if is_benefit_overdue(line, day)]


def is_benefit_overdue(line: InvestmentLine, on: date) -> bool:
    """Whether its benefit should have been looked at by a day, and nothing was said about it since."""
    return line.benefit_test_on <= on and not any(
        one.about_on >= line.benefit_test_on for one in line.evidence.all()
    )


def added_up(amounts: Iterable[Decimal]) -> Decimal:
    """Exactly; nothing is nothing."""
    return sum(amounts, NOTHING)


def _facts_of(one: Standing, day: date) -> Iterable[MoneyFact]:
    """What was approved for a line, and what was spent on it."""
    line = one.line
    if one.approved is not None:
        yield MoneyFact(
            code=f"money.{line.ref}.approved",
            label=f"Approved for {line.title}",
            amount=one.approved,
            basis=line.basis,
            on=day,
            decision=one.decision,
        )
    yield MoneyFact(
        code=f"money.{line.ref}.spent",
        label=f"Spent on {line.title}",
        amount=one.spent,
        basis=f"in {one.span_said} so far" if line.is_recurrent else "so far",
        on=day,
        decision=None,
    )


def _whole(code: str, label: str, of: Sequence[Standing], basis: str, day: date) -> list[MoneyFact]:
    """What was approved for several lines together; nothing where nothing was."""
    agreed = [one for one in of if one.approved is not None]
    if not agreed:
        return []
    amount = added_up(one.approved or NOTHING for one in agreed)
    decision = agreed[0].decision if len(agreed) == 1 else None
    return [MoneyFact(code=code, label=label, amount=amount, basis=basis, on=day, decision=decision)]


def _total(kind: str, source: str, said: str, part: Sequence[Standing]) -> Total:
    expected = [one.forecast for one in part if one.forecast is not None]
    return Total(
        kind=kind,
        source=source,
        lines=len(part),
        approved=added_up(one.approved or NOTHING for one in part),
        profiled=added_up(one.profiled for one in part),
        spent=added_up(one.spent for one in part),
        forecast=added_up(expected) if len(expected) == len(part) else None,
        said=said,
    )
