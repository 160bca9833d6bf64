"""Is it a real change, or the usual variation? (statistical process control, XmR chart)

Limits are the mean plus and minus 2.66 times the mean moving range. A signal is a point beyond a
limit, seven points in a row on one side of the mean, or six in a row that rise or fall (practice
notes, 4.2). A gap, or a point exactly on the mean, ends a run: a claim is never stretched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FACTOR = Decimal("2.66")
RUN = 7
TREND = 6


class Kind(StrEnum):
    """What makes a signal."""

    BEYOND = "beyond"
    TREND = "trend"
    RUN = "run"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The centre line and the limits of the usual variation."""

    centre: Decimal
    lower: Decimal
    upper: Decimal

    def within(self, lowest: Decimal | None, highest: Decimal | None) -> "Limits":
        """The same, cut to what the values can be (a percentage is 0 to 100)."""
        lower = self.lower if lowest is None else max(self.lower, lowest)
        upper = self.upper if highest is None else min(self.upper, highest)
        return Limits(centre=self.centre, lower=lower, upper=upper)


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Points that the usual variation does not explain, by position in the series, both included."""

    kind: Kind
    is_up: bool
    first: int
    last: int

    @property
    def points(self) -> int:
        """How many points it rests on."""
        return self.last - self.first + 1


Values = Sequence[Decimal | None]


def limits(values: Values) -> Limits | None:
    """The centre and limits of a series; None where no two neighbours have a value."""
    known = [value for value in values if value is not None]
    moves = [abs(b - a) for a, b in zip(values, values[1:], strict=False) if a is not None and b is not None]
    if not moves:
        return None
    centre = sum(known, Decimal()) / len(known)
    reach = FACTOR * sum(moves, Decimal()) / len(moves)
    return Limits(centre=centre, lower=centre - reach, upper=centre + reach)


def signals(values: Values, found: Limits) -> list[Signal]:
    """Every signal of a series against its limits, in order of the last point."""
    result = [*_beyond(values, found), *_runs(values, found.centre), *_trends(values)]
    return sorted(result, key=lambda signal: (signal.last, signal.first))


def _beyond(values: Values, found: Limits) -> Iterator[Signal]:
    for at, value in enumerate(values):
        if value is not None and not found.lower <= value <= found.upper:
            yield Signal(kind=Kind.BEYOND, is_up=value > found.upper, first=at, last=at)


def _runs(values: Values, centre: Decimal) -> Iterator[Signal]:
    sides = [0 if value is None else _sign(value - centre) for value in values]
    for first, last in _stretches(sides):
        if last - first + 1 >= RUN:
            yield Signal(kind=Kind.RUN, is_up=sides[first] > 0, first=first, last=last)


def _trends(values: Values) -> Iterator[Signal]:
    pairs = zip(values, values[1:], strict=False)
    moves = [0 if a is None or b is None else _sign(b - a) for a, b in pairs]
    for first, last in _stretches(moves):
        # n moves in one direction join n + 1 points.
        if last - first + 2 >= TREND:
            yield Signal(kind=Kind.TREND, is_up=moves[first] > 0, first=first, last=last + 1)


def _stretches(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last position of each longest stretch of one sign; 0 belongs to none."""
    first = 0
    for at, sign in enumerate(signs):
        if at == 0 or sign != signs[at - 1]:
            first = at
        is_last = at + 1 == len(signs) or signs[at + 1] != sign
        if sign and is_last:
            yield first, at


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)
