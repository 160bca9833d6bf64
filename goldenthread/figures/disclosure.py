"""What follows from what in a table of figures: its numbers, and the sums that tie them together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from goldenthread.figures.figure import Figure
from goldenthread.figures.suppression import Sum

FEWEST_FOR_PERCENTAGE = 10
MOST_PARTS_COMBINED = 12  # with more, pairs and triples that add up by chance hide all


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


@dataclass(frozen=True, eq=False)
class System:
    """Numbers that sums tie together. A number that stands in several places is one cell of it."""

    values: dict[Cell, Decimal]
    sums: list[Sum]
    members: dict[Cell, set[Cell]]  # every place in which the number of a cell stands

    def holding(self, some: Set[Cell]) -> set[Cell]:
        """The cells of which at least one place is among some."""
        return {cell for cell, places in self.members.items() if places & some}

    def within(self, some: Set[Cell]) -> set[Cell]:
        """The cells all places of which are among some."""
        return {cell for cell, places in self.members.items() if places <= some}


def systems(values: Mapping[Cell, Decimal]) -> list[System]:
    """All numbers, apart where no sum and no equality lets a reader get from one to the other."""
    first = _first_of_equal_columns(values)
    members: dict[Cell, set[Cell]] = defaultdict(set)
    for cell, leader in first.items():
        members[leader].add(cell)
    found: dict[tuple[Cell, frozenset[Cell]], Sum] = {}
    for one in _sums(values):
        total, parts = first[one.total], tuple(first[part] for part in one.parts)  # type: ignore[index]
        if total not in parts:
            found.setdefault((total, frozenset(parts)), Sum(total, parts))
    return _apart({cell: values[cell] for cell in members}, list(found.values()), members)


def _first_of_equal_columns(values: Mapping[Cell, Decimal]) -> dict[Cell, Cell]:
    """Columns that are equal in every line are the same numbers: contacts received are what the share
    decided in time is out of. Each cell with the one that stands for it.
    """
    columns: dict[tuple[str, str, str], dict[tuple[object, ...], Cell]] = defaultdict(dict)
    for cell in values:
        column = cell.place.ref, cell.place.part, cell.what
        columns[column][cell.place.period, cell.place.breakdown] = cell
    first: dict[Cell, Cell] = {cell: cell for cell in values}
    known: dict[frozenset[tuple[object, Decimal]], tuple[dict[tuple[object, ...], Cell], set[object]]] = {}
    for (ref, part, _), cells in columns.items():
        content = frozenset((line, values[cell]) for line, cell in cells.items() if values[cell])
        same, owners = known.setdefault(content, (cells, set()))
        # Numerator and denominator of one figure stay two numbers: that they are equal is what 100% tells.
        if (ref, part) in owners:
            continue
        owners.add((ref, part))
        first |= {cell: same[line] for line, cell in cells.items() if values[cell]}
    return first


def _sums(values: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    by_ref: dict[str, dict[Cell, Decimal]] = defaultdict(dict)
    for cell, value in values.items():
        by_ref[cell.place.ref][cell] = value
    for cells in by_ref.values():
        yield from _wholes(cells)
        yield from _totals_of_breakdowns(cells)
        yield from _sums_of_parts(cells)
        yield from _totals_of_periods(cells)


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


def _sums_of_parts(cells: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    """How the parts of an indicator make up one another and its headline, read from the numbers: bands
    that fill the whole, bands that make up the headline, groups within groups. Numbers that add up by
    chance are taken for a rule: that hides more, never less.
    """
    lines: dict[Place, list[Cell]] = defaultdict(list)
    for cell, value in cells.items():
        if value and cell.what != "unknown":
            lines[cell.place._replace(part="")].append(cell)
    for line in lines.values():
        counts = [cell for cell in line if cell.what == "numerator"]
        for group in _groups(counts):
            value = sum(cells[part] for part in group)
            for total in line:
                if cells[total] == value and total not in group and _may_total(total, group):
                    yield Sum(total, group)


def _groups(counts: Sequence[Cell]) -> Iterable[tuple[Cell, ...]]:
    """Numbers of one line that may make up another: all parts, those of one prefix, and pairs and triples."""
    parts = [cell for cell in counts if cell.place.part and "." not in cell.place.part]
    yield tuple(parts)
    by_prefix: dict[str, list[Cell]] = defaultdict(list)
    for cell in counts:
        if "." in cell.place.part:
            by_prefix[cell.place.part.split(".")[0]].append(cell)
    for group in by_prefix.values():
        yield tuple(group)
    if len(parts) <= MOST_PARTS_COMBINED:
        for size in (2, 3):
            yield from combinations([cell for cell in counts if "." not in cell.place.part], size)


def _may_total(total: Cell, group: Sequence[Cell]) -> bool:
    """The whole of a dotted part is the total of its own prefix only."""
    if "." not in total.place.part:
        return bool(group)
    prefix = total.place.part.split(".")[0]
    return total.what == "denominator" and all(cell.place.part.split(".")[0] == prefix for cell in group)


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


def _apart(values: dict[Cell, Decimal], sums: list[Sum], members: Mapping[Cell, set[Cell]]) -> list[System]:
    """Cells that no sum ties together are systems of their own: small ones are quick to solve."""
    leader = {cell: cell for cell in values}

    def find(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for one in sums:
        for part in one.parts:
            leader[find(part)] = find(one.total)  # type: ignore[index, arg-type]
    found: dict[Cell, System] = {}
    for cell, value in values.items():
        system = found.setdefault(find(cell), System({}, [], {}))
        system.values[cell] = value
        system.members[cell] = members[cell]
    for one in sums:
        found[find(one.total)].sums.append(one)  # type: ignore[arg-type]
    return list(found.values())
