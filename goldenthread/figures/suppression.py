"""Which numbers of a public table must not be shown? (security notes, 4)

A number from 1 to 5 is replaced by `c`, and so is what would tell it: the rest of its group, the
percentage, and enough further cells that no row or column total gives it back. What was published
before counts as known. The cells and the sums between them are one linear system, and nothing
hidden may have a single solution in it.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

SUPPRESSED = "c"
DEFAULT_BELOW = 6  # 1 to 5 are hidden
LOWEST_BELOW = 3

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True)
class Sum:
    """A cell that is the sum of others: a row or column total, or a whole of its two parts."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def cells(self) -> tuple[Hashable, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def check_below(suppress_below: int) -> None:
    """Refuse a threshold under which single children would be shown."""
    if suppress_below < LOWEST_BELOW:
        raise ValueError(f"suppress_below is {suppress_below}: it must be {LOWEST_BELOW} or more.")


def is_small(value: Decimal, suppress_below: int) -> bool:
    """Whether a number is too small to show; 0 is not."""
    return 0 < value < suppress_below


def hidden_cells(
    values: Mapping[Cell, Decimal],
    sums: Sequence[Sum],
    *,
    suppress_below: int = DEFAULT_BELOW,
    sensitive: Set[Cell] = frozenset(),
    unseen: Set[Cell] = frozenset(),
    known: Set[Cell] = frozenset(),
) -> set[Cell]:
    """The cells to hide: small ones, those named sensitive, and as many more as protect them.

    `unseen` cells are never shown themselves (the rest of a group) but follow from others; `known`
    cells were published before, and hiding them now would not help.
    """
    check_below(suppress_below)
    primary = {cell for cell, value in values.items() if is_small(value, suppress_below)} | set(sensitive)
    hidden = set(primary)
    # What the sums alone determine, whatever is shown, cannot be hidden: a team without a line has 0.
    told = recoverable(set(values), sums)
    while True:
        concealed = (hidden | set(unseen)) - set(known)
        # An unseen cell that is not small may follow from what is shown; it was never a secret.
        protected = {cell for cell in hidden - set(known) - told if cell not in unseen or cell in primary}
        exposed = recoverable(concealed, sums) & protected
        exposed |= _small_leftovers(values, concealed, protected, sums, suppress_below)
        if not exposed:
            return hidden
        more = _next_to_hide(values, exposed, concealed | set(known), sums)
        zeros = {cell for cell in exposed if not values[cell]}
        if not more and zeros:
            # Not even hiding all protects them: they follow from other zeros. Begin again without them.
            told, hidden = told | zeros, set(primary)
        elif not more:
            return hidden
        hidden |= more


def _small_leftovers(
    values: Mapping[Cell, Decimal],
    concealed: Set[Cell],
    protected: Set[Cell],
    sums: Sequence[Sum],
    suppress_below: int,
) -> set[Cell]:
    """Hidden parts of a shown total that together are a small number: the total would tell it."""
    found: set[Cell] = set()
    for one in sums:
        parts = [part for part in one.parts if part in concealed]
        if one.total in concealed or not parts or not any(part in protected for part in parts):
            continue
        if sum(values[part] for part in parts) < suppress_below:  # type: ignore[index]
            found.update(part for part in parts if part in protected)  # type: ignore[misc]
    return found


def _next_to_hide(
    values: Mapping[Cell, Decimal], exposed: Set[Cell], concealed: Set[Cell], sums: Sequence[Sum]
) -> set[Cell]:
    """For each exposed cell, the cheapest shown one that shares a sum with it, else with any hidden one."""
    totals = {one.total for one in sums}
    beside: dict[Cell, set[Cell]] = {}
    for one in sums:
        for cell in one.cells:
            beside.setdefault(cell, set()).update(one.cells)  # type: ignore[arg-type]

    def cost(cell: Cell) -> tuple[object, ...]:
        return (
            cell in totals,
            values[cell],
            str(cell),
        )  # a part before a total, a small number before a large one

    chosen: set[Cell] = set()
    served: set[Cell] = set()  # what helps one may help those beside it: they are looked at again
    for cell in sorted(exposed, key=str):
        near = beside.get(cell, set())
        shown = {other for other in near - concealed if values[other]}  # hiding a 0 hides nothing
        if shown and not near & served:
            served.add(cell)
            chosen.add(min(shown, key=cost))
    if not chosen:
        reach = {other for cell in concealed for other in beside.get(cell, ())} - concealed
        chosen |= {min(shown, key=cost)} if (shown := {other for other in reach if values[other]}) else set()
    return chosen


def recoverable(concealed: Set[Cell], sums: Iterable[Sum]) -> set[Cell]:
    """The concealed cells that the shown cells and the sums between all of them determine."""
    rows: dict[Hashable, dict[Hashable, Fraction]] = {}  # pivot -> its row, in reduced form
    for one in sums:
        row: dict[Hashable, Fraction] = {}
        for cell, factor in (*((part, 1) for part in one.parts), (one.total, -1)):
            if cell in concealed:  # a part that stands twice counts twice
                row[cell] = row.get(cell, Fraction(0)) + factor
        _reduce_into(rows, {cell: factor for cell, factor in row.items() if factor})
    return {pivot for pivot, row in rows.items() if len(row) == 1}  # type: ignore[misc]


def _reduce_into(rows: dict[Hashable, dict[Hashable, Fraction]], row: dict[Hashable, Fraction]) -> None:
    """Add one equation to a reduced system (Gauss and Jordan), exactly."""
    for pivot in [cell for cell in row if cell in rows]:
        _subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = next(iter(row))
    factor = row[pivot]
    row = {cell: value / factor for cell, value in row.items()}
    for other in rows.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    rows[pivot] = row


def _subtract(row: dict[Hashable, Fraction], other: Mapping[Hashable, Fraction], factor: Fraction) -> None:
    for cell, value in other.items():
        left = row.get(cell, Fraction(0)) - factor * value
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def rounded_to(value: Decimal, base: int) -> Decimal:
    """To the nearest multiple of the base, halves up: for packs that round instead of counting."""
    return Decimal(int((value + Decimal(base) / 2) // base) * base)
