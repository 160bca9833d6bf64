"""How sure is a share of a few cases? The interval in which it may lie for all of them."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # of 95 percent


@dataclass(frozen=True)
class Interval:
    """From so many percent to so many."""

    low: float
    high: float

    @property
    def said(self) -> str:
        """56% to 81%."""
        return f"{self.low:.0f}% to {self.high:.0f}%"


def interval(number: int, of: int) -> Interval | None:
    """The 95% interval of Wilson of a share, in percent; None where there is nothing to judge."""
    if of <= 0:
        return None
    share, square = number / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return Interval(max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half)))
