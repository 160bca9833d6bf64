"""What does a service cost for each child, quarter by quarter? Worked out, never typed in.

The money is what was entered from the ledger; the children are those of the library's figure for the last
day of the quarter. Where that figure is hidden or lacking there is no cost for each child either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from goldenthread_web.figures.quoting import Point, quoted
from goldenthread_web.resources.models import ServiceSpend
from goldenthread_web.resources.money import money_exact
from goldenthread_web.resources.quarters import Quarter
from goldenthread_web.resources.queries import NOTHING, Standing, added_up
from goldenthread_web.resources.sources import ServiceOfChildren, services_of_children


@dataclass(frozen=True, kw_only=True)
class QuarterCost:
    """One quarter of a service: what it cost, how many children there were at its end."""

    quarter: Quarter
    spend: ServiceSpend
    children: int | None
    why: str  # there is no number of children; blank: there is

    @property
    def per_child(self) -> Decimal | None:
        """Pounds for each child in the quarter, to the pound, the half up."""
        if not self.children:
            return None
        return (self.spend.amount / self.children).quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class ServiceCost:
    """A service with its quarters, oldest first."""

    code: str
    service: ServiceOfChildren
    quarters: tuple[QuarterCost, ...]

    @property
    def known(self) -> tuple[QuarterCost, ...]:
        """The quarters whose cost for each child is known."""
        return tuple(one for one in self.quarters if one.per_child is not None)

    @property
    def sentence(self) -> str:
        """What the chart shows, in a sentence."""
        if not self.known:
            return "No quarter has both what was spent and how many children there were."
        first, last = self.known[0], self.known[-1]
        said = f"{money_exact(last.per_child or NOTHING)} for each {self.service.child} in {_lower(last)}"
        if first is last:
            return f"{said}."
        moved = (last.per_child or NOTHING) - (first.per_child or NOTHING)
        if not moved:
            return f"{said}, as in {_lower(first)}."
        return f"{said}, {money_exact(abs(moved))} {'more' if moved > 0 else 'less'} than in {_lower(first)}."


@dataclass(frozen=True, kw_only=True)
class OneOff:
    """One-off money on a day: how much is left, when it ends, and what happens then."""

    standing: Standing
    left: Decimal  # approved and not spent yet

    @property
    def exit_plan(self) -> str:
        """What happens when it ends: the database keeps no one-off line without it."""
        return self.standing.line.exit_plan


def service_costs(on: date, *, is_public_view: bool) -> list[ServiceCost]:
    """Each service with what it cost for each child as known on a day. Four queries."""
    latest: dict[tuple[str, Quarter], ServiceSpend] = {}
    for one in ServiceSpend.objects.select_related("entered_by"):  # the latest entry first
        latest.setdefault((one.service, Quarter(one.year, one.quarter)), one)
    known = services_of_children()
    figures = quoted({one.indicator for one in known.values()}, on=on, is_public_view=is_public_view)
    found = []
    for code, service in known.items():
        figure = figures.get(service.indicator)
        quarters = sorted(quarter for of, quarter in latest if of == code)
        told = [
            _cost(latest[code, quarter], quarter, figure and figure.at(quarter.ends_on), service.counts)
            for quarter in quarters
            if quarter.ends_on <= on
        ]
        found.append(ServiceCost(code=code, service=service, quarters=tuple(told)))
    return found


def one_off_money(standing: Sequence[Standing]) -> list[OneOff]:
    """Every one-off line with what is left of it, the first to end first."""
    lines = [one for one in standing if not one.line.is_recurrent]
    told = [OneOff(standing=one, left=max((one.approved or NOTHING) - one.spent, NOTHING)) for one in lines]
    return sorted(told, key=lambda one: (one.standing.line.ends_on or date.max, one.standing.line.pk))


def left_in_all(of: Sequence[OneOff]) -> Decimal:
    """How much one-off money is still to be spent."""
    return added_up(one.left for one in of)


def _cost(spend: ServiceSpend, quarter: Quarter, point: Point | None, counts: str) -> QuarterCost:
    number = None if point is None else getattr(point, counts)
    why = ""
    if point is None:
        why = "no figure for the quarter’s last day"
    elif number is None:
        why = "hidden: a small number"
    elif not number:
        why = "no child"
    return QuarterCost(
        quarter=quarter, spend=spend, children=None if number is None else int(number), why=why
    )


def _lower(one: QuarterCost) -> str:
    return f"{one.quarter.said[0].lower()}{one.quarter.said[1:]}"
