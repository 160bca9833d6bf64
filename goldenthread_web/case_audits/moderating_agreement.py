"""How well do two looks at one case agree? Exact agreement, weighted kappa, and who grades gently or hard.

Worked out with whole numbers and fractions: nothing is rounded before it is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Pair = tuple[str, str]  # the grade of the auditor, the grade of the moderator


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What a number of pairs of grades say. `kappa` None: it cannot be said, and `why` says why."""

    pairs: int
    agreed: int
    kappa: Fraction | None
    why: str
    table: tuple[tuple[int, ...], ...]  # rows: the auditor's grade, columns: the moderator's; best first

    @property
    def share(self) -> Fraction | None:
        """The share of pairs that are the same; None where there is none."""
        return Fraction(self.agreed, self.pairs) if self.pairs else None


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """By how many grades an auditor stands above (gentler) or below (harder) those who looked again."""

    auditor: int
    pairs: int
    mean: Fraction | None  # None: too few to say


def agreement(pairs: Iterable[Pair], grades: Sequence[str]) -> Agreement:
    """Exact agreement and kappa with quadratic weights. `grades` in order, the best first."""
    place = {grade: at for at, grade in enumerate(grades)}
    table = [[0] * len(grades) for _ in grades]
    for auditor, moderator in pairs:
        table[place[auditor]][place[moderator]] += 1
    number = sum(map(sum, table))
    kappa, why = _kappa(table, number)
    return Agreement(
        pairs=number,
        agreed=sum(table[at][at] for at in range(len(grades))),
        kappa=kappa,
        why=why,
        table=tuple(map(tuple, table)),
    )


def leanings(
    pairs: Iterable[tuple[int, str, str]], grades: Sequence[str], *, least: int
) -> tuple[Leaning, ...]:
    """Each auditor's mean difference in grades, the gentlest first. Below `least` pairs none is said."""
    place = {grade: at for at, grade in enumerate(grades)}
    steps: dict[int, list[int]] = {}
    for auditor, first, again in pairs:
        # The best grade has the lowest place: who grades better than the moderator is above nought.
        steps.setdefault(auditor, []).append(place[again] - place[first])
    found = [
        Leaning(
            auditor=auditor,
            pairs=len(these),
            mean=Fraction(sum(these), len(these)) if len(these) >= least else None,
        )
        for auditor, these in steps.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.mean is None, -(one.mean or 0), one.auditor)))


def _kappa(table: Sequence[Sequence[int]], number: int) -> tuple[Fraction | None, str]:
    """Cohen's kappa with weights 1 - (i - j)^2 / (k - 1)^2.

    Of disagreement: 1 - seen / expected, where both are weighted by (i - j)^2; the weights' divisor and one
    of the two divisors by the number of pairs fall out.
    """
    if not number:
        return None, "No case audit was looked at again."
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    places = range(len(table))
    seen = sum((i - j) ** 2 * table[i][j] for i in places for j in places)
    expected = sum((i - j) ** 2 * rows[i] * columns[j] for i in places for j in places)
    if not expected:
        return None, "Both gave every case audit the same grade: chance alone would have done so too."
    return 1 - Fraction(seen * number, expected), ""
