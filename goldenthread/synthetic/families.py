"""Who comes to notice together? Families of brothers and sisters, and the numbers by which records go."""

from itertools import count
from random import Random

from goldenthread.synthetic.arcs import Arc
from goldenthread.synthetic.people import Child, Family
from goldenthread.synthetic.quotas import weighted


class Ids:
    """Running numbers, one sequence per kind of record."""

    def __init__(self) -> None:
        self._counters: dict[str, count[int]] = {}

    def next(self, prefix: str, width: int = 7) -> str:
        """The next identifier of that kind."""
        if prefix not in self._counters:
            self._counters[prefix] = count(1)
        return f"{prefix}{next(self._counters[prefix]):0{width}d}"


SIZES = {1: 0.58, 2: 0.24, 3: 0.12, 4: 0.06}


def new_family(
    rng: Random, arc: Arc, ids: Ids, size: int, on: int, ages: tuple[float, float] = (-0.4, 16.9)
) -> Family:
    """A family of that many children, all of those ages (in years) on the day; below 0 is unborn."""
    family = Family(ids.next("F", 6), weighted(rng, arc.localities), weighted(rng, arc.ethnicity))
    low, high = ages
    eldest = rng.triangular(low, high, low + (high - low) * 0.45) if low < 0 else rng.uniform(low, high)
    eldest = min(max(eldest, low + 1.2 * (size - 1)), max(high, eldest))
    for left in range(size, 0, -1):
        born = on - int(eldest * 365.25)
        sex = "M" if rng.random() < 0.53 else "F"
        family.children.append(Child(ids.next("", 7), family, born, sex, rng.random() < 0.05))
        eldest -= rng.uniform(1.0, max(1.01, min(3.6, (eldest - low) / left)))
    return family
