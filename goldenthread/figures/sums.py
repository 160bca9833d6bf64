"""Which numbers of a table of figures are sums of others, so that one tells another?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from goldenthread.figures.suppression import Sum

MOST_PARTS_COMBINED = 12  # with more, pairs and triples that add up by chance hide all
Kind = tuple[str, str]  # a part of an indicator, and which of its numbers


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


def sums_between(values: Mapping[Cell, Decimal]) -> Iterable[Sum]:
    """Every sum that ties numbers of one indicator together, as far as the numbers bear it out."""
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
    that fill the whole, bands that make up the headline, groups within groups.

    A sum counts where it holds in every line there is; with a single line, which chance could make
    right, only where it is of all parts, of neighbouring ones, or of the headline.
    """
    lines: dict[Place, dict[Kind, Cell]] = defaultdict(dict)
    for cell in cells:
        if cell.what != "unknown":
            lines[cell.place._replace(part="")][cell.place.part, cell.what] = cell
    for line in lines.values():
        yield from _total_of_prefixes(cells, line)
    for total, group in _that_hold(cells, list(lines.values())):
        for line in lines.values():
            parts = tuple(line[kind] for kind in group if kind in line)
            if total in line and line[total] not in parts:
                yield Sum(line[total], parts)


def _total_of_prefixes(cells: Mapping[Cell, Decimal], line: Mapping[Kind, Cell]) -> Iterable[Sum]:
    """A headline is the sum of the wholes of its dotted parts, one for each prefix."""
    wholes: dict[str, Cell] = {}
    for (part, what), cell in line.items():
        if "." in part and what == "denominator":
            first = wholes.setdefault(part.split(".")[0], cell)
            if first != cell:
                yield from _sum_if_equal(cells, first, [cell])
    if ("", "numerator") in line:
        yield from _sum_if_equal(cells, line["", "numerator"], list(wholes.values()))


def _that_hold(
    cells: Mapping[Cell, Decimal], lines: Sequence[Mapping[Kind, Cell]]
) -> Iterable[tuple[Kind, tuple[Kind, ...]]]:
    kinds = list(dict.fromkeys(kind for line in lines for kind in line))
    values = [{kind: cells[cell] for kind, cell in line.items()} for line in lines]
    never = {kind for kind in kinds if not any(line.get(kind) for line in values)}
    longest: dict[tuple[Kind, frozenset[Kind]], tuple[Kind, ...]] = {}
    for group in _groups([kind for kind in kinds if kind[1] == "numerator"]):
        sums = [sum((line.get(kind, Decimal(0)) for kind in group), Decimal(0)) for line in values]
        telling = sum(len([kind for kind in group if line.get(kind)]) > 1 for line in values)
        for total in kinds:
            if total in group or not _may_total(total, group):
                continue
            holds = all(
                line.get(total, Decimal(0)) == found for line, found in zip(values, sums, strict=True)
            )
            if holds and (telling > 1 or (telling and _is_plain(total, group, kinds))):
                # With a band that is 0 everywhere and without it: the longer is meant.
                key = total, frozenset(group) - never
                longest[key] = max(longest.get(key, ()), group, key=len)
    for (total, _), group in longest.items():
        yield total, group


def _groups(kinds: Sequence[Kind]) -> Iterable[tuple[Kind, ...]]:
    """Numbers that may make up another: all parts, those of one prefix, neighbours, pairs and triples."""
    parts = [kind for kind in kinds if kind[0] and "." not in kind[0]]
    found: dict[frozenset[Kind], tuple[Kind, ...]] = {frozenset(parts): tuple(parts)}
    by_prefix: dict[str, list[Kind]] = defaultdict(list)
    for kind in kinds:
        if "." in kind[0]:
            by_prefix[kind[0].split(".")[0]].append(kind)
    if len(parts) <= MOST_PARTS_COMBINED:
        plain = [kind for kind in kinds if "." not in kind[0]]
        groups = [*_neighbours(parts), *combinations(plain, 2), *combinations(plain, 3)]
        found |= {frozenset(group): tuple(group) for group in groups}
    yield from found.values()
    yield from (tuple(group) for group in by_prefix.values())


def _neighbours(parts: Sequence[Kind]) -> Iterable[tuple[Kind, ...]]:
    for first in range(len(parts)):
        for last in range(first + 2, len(parts) + 1):
            yield tuple(parts[first:last])


def _is_plain(total: Kind, group: Sequence[Kind], kinds: Sequence[Kind]) -> bool:
    """Whether a sum that holds in a single line is no chance: of neighbours, or of the headline."""
    parts = [kind for kind in kinds if kind[1] == "numerator" and kind[0]]
    at = sorted(parts.index(kind) for kind in group if kind in parts)
    return len(at) == len(group) and (at[-1] - at[0] == len(at) - 1) and not total[0]


def _may_total(total: Kind, group: Sequence[Kind]) -> bool:
    """The whole of a dotted part is the total of its own prefix only."""
    if "." not in total[0]:
        return bool(group)
    prefix = total[0].split(".")[0]
    return total[1] == "denominator" and all(kind[0].split(".")[0] == prefix for kind in group)


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
