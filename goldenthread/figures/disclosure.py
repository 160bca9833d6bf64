"""What follows from what in a table of figures: its numbers, and the sums that tie them together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from goldenthread.figures.figure import Figure
from goldenthread.figures.suppression import Sum

FEWEST_FOR_PERCENTAGE = 10


class Place(NamedTuple):
    """One line of a table of figures."""

    ref: str
    part: str
    period: tuple[object, object]
    breakdown: tuple[tuple[str, str], ...]


class Cell(NamedTuple):
    """One number of a line: numerator, denominator, the rest of the group, or unknown."""

    place: Place
    what: str


def place_of(figure: Figure) -> Place:
    """Which line of the table a figure is."""
    period = (figure.period.starts_on, figure.period.ends_on)
    return Place(figure.ref, figure.part, period, tuple(sorted(figure.breakdown.items())))


def cells_of(figures: Sequence[Figure]) -> tuple[dict[Cell, Decimal], set[Cell], set[Cell]]:
    """The numbers of figures; those never shown; and those that tell something of a whole small group."""
    values: dict[Cell, Decimal] = {}
    unseen: set[Cell] = set()
    sensitive: set[Cell] = set()
    for figure in figures:
        place = place_of(figure)
        counts = {"numerator": figure.numerator, "denominator": figure.denominator}
        values |= {Cell(place, what): value for what, value in counts.items() if value is not None}
        if figure.unknown:
            values[Cell(place, "unknown")] = Decimal(figure.unknown)
        if figure.numerator is None or not figure.denominator or figure.numerator > figure.denominator:
            continue
        rest = Cell(place, "rest")
        values[rest] = figure.denominator - figure.numerator
        unseen.add(rest)
        if figure.denominator < FEWEST_FOR_PERCENTAGE:
            # None or all of a small group: a reader who knows the group knows it of each child.
            sensitive |= {cell for cell in (Cell(place, "numerator"), rest) if not values[cell]}
    return values, unseen, sensitive


def systems(values: Mapping[Cell, Decimal]) -> Iterable[tuple[dict[Cell, Decimal], list[Sum]]]:
    """The numbers of each indicator, which sums tie together, each with those sums."""
    by_ref: dict[str, dict[Cell, Decimal]] = defaultdict(dict)
    for cell, value in values.items():
        by_ref[cell.place.ref][cell] = value
    for cells in by_ref.values():
        sums = [
            *_wholes(cells),
            *_totals_of_breakdowns(cells),
            *_totals_of_parts(cells),
            *_totals_of_periods(cells),
        ]
        yield from _apart(cells, sums)


def _wholes(cells: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    for cell in cells:
        parts = (cell._replace(what="numerator"), cell)
        whole = cell._replace(what="denominator")
        if cell.what == "rest" and parts[0] in cells and whole in cells:
            yield Sum(whole, parts)


def _totals_of_breakdowns(cells: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    """A line is the sum of the lines that divide it further, where they add up to it."""
    lines: dict[tuple[object, ...], dict[tuple[tuple[str, str], ...], Cell]] = defaultdict(dict)
    for cell in cells:
        kinds = tuple(name for name, _ in cell.place.breakdown)
        lines[(cell.place.part, cell.place.period, cell.what, kinds)][cell.place.breakdown] = cell
    for (*same, kinds), finer in lines.items():
        for size in range(len(kinds)):
            for fewer in combinations(kinds, size):
                for breakdown, total in lines.get((*same, fewer), {}).items():
                    parts = [cell for values, cell in finer.items() if set(breakdown) <= set(values)]
                    yield from _sum_if_equal(cells, total, parts)


def _totals_of_parts(cells: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    """A headline is the sum of its parts, where those without a dot add up to it."""
    lines: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.place.part and "." not in cell.place.part:
            lines[(cell.place._replace(part=""), cell.what)].append(cell)
    for (place, what), parts in lines.items():
        total = Cell(place, what)  # type: ignore[arg-type]
        if total in cells:
            yield from _sum_if_equal(cells, total, parts)


def _totals_of_periods(cells: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    """A period is the sum of shorter ones that fill it (a quarter, of its months), where they add up."""
    lines: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        lines[(cell.place.part, cell.place.breakdown, cell.what)].append(cell)
    for same in lines.values():
        if len({_length(cell) for cell in same}) < 2:
            continue
        for total in same:
            yield from _sum_if_equal(cells, total, _filling(total, same))


def _length(cell: Cell) -> int:
    start, end = cell.place.period
    return (end - start).days  # type: ignore[operator]


def _filling(total: Cell, cells: Sequence[Cell]) -> list[Cell]:
    """Shorter periods, the longest first, that fill the period without gap or overlap; else nothing."""
    start, end = total.place.period
    shorter = [cell for cell in cells if _length(cell) < _length(total)]
    found: list[Cell] = []
    while start <= end:  # type: ignore[operator]
        fitting = [c for c in shorter if c.place.period[0] == start and c.place.period[1] <= end]  # type: ignore[operator]
        if not fitting:
            return []
        longest = max(fitting, key=_length)
        found.append(longest)
        start = longest.place.period[1] + timedelta(1)  # type: ignore[operator]
    return found


def _sum_if_equal(cells: Mapping[Cell, Decimal], total: Cell, parts: Sequence[Cell]) -> Iterable[Sum]:
    """Counts of different children need not add up; where they do, a reader may rely on it."""
    if parts and sum(cells[part] for part in parts) == cells[total]:
        yield Sum(total, tuple(parts))


def _apart(
    cells: Mapping[Cell, Decimal], sums: Sequence[Sum]
) -> Iterable[tuple[dict[Cell, Decimal], list[Sum]]]:
    """Cells that no sum ties together are systems of their own: small ones are quick to solve."""
    leader = {cell: cell for cell in cells}

    def find(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for one in sums:
        for part in one.parts:
            leader[find(part)] = find(one.total)  # type: ignore[index, arg-type]
    systems: dict[Cell, tuple[dict[Cell, Decimal], list[Sum]]] = {}
    for cell, value in cells.items():
        systems.setdefault(find(cell), ({}, []))[0][cell] = value
    for one in sums:
        systems[find(one.total)][1].append(one)  # type: ignore[arg-type]
    return systems.values()
