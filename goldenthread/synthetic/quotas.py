"""How many of these must meet the standard for the figure to be printed so?

A figure is printed to one decimal place, half away from zero. Most targets are met by construction:
the number who meet a standard is worked out first, then that many are chosen.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def share(percent: float, total: int) -> int:
    """The whole number of `total` that is nearest to the percentage."""
    return int(Fraction(str(percent)) * total / 100 + Fraction(1, 2))


def comes_out(count: int, total: int, percent: float) -> bool:
    """Whether count / total is printed as that percentage; one given to two places is met exactly."""
    if total == 0:
        return False
    wanted = Fraction(str(percent))
    if (wanted * 10).denominator > 1:
        return Fraction(100 * count, total) == wanted
    return int(Fraction(1000 * count, total) + Fraction(1, 2)) == wanted * 10


def can_come_out(total: int, percent: float) -> bool:
    """Whether some whole number of `total` is printed as that percentage."""
    return comes_out(share(percent, total), total, percent)


def enough_for(total: int, percent: float) -> int:
    """The smallest total from `total` upwards of which a whole number is printed as the percentage."""
    total = max(total, 1)
    while not can_come_out(total, percent):
        total += 1
    return total


def regularity(share: float, regular: float, within: float, late: float) -> float:
    """How often a step must be regular for that share of days to lie within `within` days of the last one.

    Steps follow one another after `regular` days (all of them in time) or after `late` ones, on average.
    """
    wanted = share * late - within
    return min(1.0, max(0.0, wanted / (wanted - share * regular + regular)))


def weighted(rng: Random, weights: Mapping[Item, float]) -> Item:
    """One of the keys, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def groups_of(rng: Random, groups: Sequence[Item], sizes: Sequence[int], wanted: int) -> set[int]:
    """Positions of groups, chosen at random, whose sizes add up to `wanted` as nearly as they can."""
    order = list(range(len(groups)))
    rng.shuffle(order)
    chosen: set[int] = set()
    left = wanted
    for position in order:
        if sizes[position] <= left:
            chosen.add(position)
            left -= sizes[position]
        if not left:
            break
    return chosen
