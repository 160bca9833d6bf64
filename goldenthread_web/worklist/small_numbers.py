"""What may be shown to whoever may see no small numbers? Those are hidden, the others rounded."""

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from decimal import Decimal

from goldenthread.figures.suppression import Sum, hidden_cells, rounded_to

ROUND_TO = 5


def shown_numbers(
    cells: Mapping[tuple[str, ...], int],
    sums: Sequence[tuple[tuple[str, ...], Sequence[tuple[str, ...]]]],
    *,
    sensitive: Set[tuple[str, ...]] = frozenset(),
) -> Callable[[tuple[str, ...]], int | None]:
    """A way to look up each number as it may be shown: rounded, None where it is hidden.

    `sums` say which number is the sum of which others, so that none follows from those that are shown.
    `sensitive` are hidden though they are not small: none or all of a small group.
    """
    values: dict[Hashable, Decimal] = {cell: Decimal(number) for cell, number in cells.items()}
    hidden = hidden_cells(values, [Sum(total, tuple(parts)) for total, parts in sums], sensitive=sensitive)

    def number(cell: tuple[str, ...]) -> int | None:
        return None if cell in hidden else int(rounded_to(values[cell], ROUND_TO))

    return number
