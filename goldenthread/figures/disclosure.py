"""What follows from what in a table of figures: its numbers, and the sums that tie them together."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.figures.figure import Figure
from goldenthread.figures.sums import Cell, Place, sums_between
from goldenthread.figures.suppression import Sum
from goldenthread.figures.wording import is_rate
from goldenthread.indicators.catalogue import catalogue

FEWEST_FOR_PERCENTAGE = 10

LARGE = 50  # equal numbers below it may well be equal by chance


def place_of(figure: Figure) -> Place:
    """Which line of the table a figure is."""
    period = (figure.period.starts_on, figure.period.ends_on)
    return Place(figure.ref, figure.part, period, tuple(sorted(figure.breakdown.items())))


def tells_of_people(figure: Figure) -> bool:
    """Whether its numbers could tell of somebody: they count people, or may be of people."""
    definition = catalogue().get(figure.ref)
    return definition is None or definition.counts_people


def cells_of(figures: Sequence[Figure]) -> tuple[dict[Cell, Decimal], set[Cell], set[Cell]]:
    """The numbers of people; those never shown; and those that tell something of a whole small group."""
    values: dict[Cell, Decimal] = {}
    unseen: set[Cell] = set()
    sensitive: set[Cell] = set()
    for figure in filter(tells_of_people, figures):
        place = place_of(figure)
        # How many children live in an area is known to everybody, and no number of any case.
        out_of = None if is_rate(figure, catalogue().get(figure.ref)) else figure.denominator
        counts = {"numerator": figure.numerator, "denominator": out_of}
        values |= {Cell(place, what): value for what, value in counts.items() if value is not None}
        if figure.unknown:
            values[Cell(place, "unknown")] = Decimal(figure.unknown)
        if figure.numerator is None or out_of is None or figure.numerator > out_of:
            continue
        rest = Cell(place, "rest")
        values[rest] = out_of - figure.numerator
        unseen.add(rest)
        if 0 < out_of < FEWEST_FOR_PERCENTAGE:
            # None or all of a small group: a reader who knows the group knows it of each child.
            sensitive |= {cell for cell in (Cell(place, "numerator"), rest) if not values[cell]}
    # Where the whole is 0, so is each of its groups: that cannot be hidden, and the whole is no small group.
    told = {cell for cell in sensitive if _whole_is_zero(cell, values) and cell.place.breakdown}
    return values, unseen, sensitive - told


def _whole_is_zero(cell: Cell, values: Mapping[Cell, Decimal]) -> bool:
    whole = cell._replace(place=cell.place._replace(breakdown=()))
    size = values.get(whole._replace(what="denominator"), Decimal(0))
    return values.get(whole) == 0 and size >= FEWEST_FOR_PERCENTAGE


Column = tuple[str, str, str]  # an indicator, a part of it, and which of its numbers


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
    for one in sums_between(values):
        total, parts = first[one.total], tuple(first[part] for part in one.parts)  # type: ignore[index]
        if total in parts:
            continue
        # Of two sums that differ by zeros the longer is kept: a team that has no line is not shown as 0.
        key = total, frozenset(part for part in parts if values[part])
        if key not in found or len(found[key].parts) < len(parts):
            found[key] = Sum(total, parts)
    return _apart({cell: values[cell] for cell in members}, list(found.values()), members)


def _first_of_equal_columns(values: Mapping[Cell, Decimal]) -> dict[Cell, Cell]:
    """Columns that are equal in every line are the same numbers: contacts received are what the share
    decided in time is out of. Each cell with the one that stands for it.
    """
    columns: dict[Column, dict[tuple[object, ...], Cell]] = defaultdict(dict)
    for cell in values:
        column = cell.place.ref, cell.place.part, cell.what
        columns[column][cell.place.period, cell.place.breakdown] = cell
    first: dict[Cell, Cell] = {cell: cell for cell in values}
    known: dict[object, tuple[dict[tuple[object, ...], Cell], set[object]]] = {}
    for column, cells in columns.items():
        content = frozenset((line, values[cell]) for line, cell in cells.items() if values[cell])
        same, owners = known.setdefault((_compared(column, columns, content), content), (cells, set()))
        # Numerator and denominator of one figure stay two numbers: that they are equal is what 100% tells.
        if column[:2] in owners:
            continue
        owners.add(column[:2])
        first |= {cell: same[line] for line, cell in cells.items() if line in same}
    return first


def _compared(column: Column, columns: Collection[Column], content: Set[tuple[object, Decimal]]) -> object:
    """Among which columns equality is no chance: all, where there are lines enough; with a line or two
    only what a subject's indicators are out of; a few small numbers are equal to nothing.
    """
    ref, part, what = column
    if sum(value for _, value in content) < LARGE:
        return column
    if len(content) > 2:
        return "any"
    is_whole = what == "denominator" or (what == "numerator" and (ref, part, "denominator") not in columns)
    return ref.split("-")[0] if is_whole else column


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
