"""What may be shown of figures in public? Figures with every number that could tell of a child hidden."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from goldenthread.figures.disclosure import (
    FEWEST_FOR_PERCENTAGE,
    cells_of,
    place_of,
    systems,
    tells_of_people,
)
from goldenthread.figures.figure import FINAL, NO_CASES, Figure, per_10_000, rounded
from goldenthread.figures.sums import Cell
from goldenthread.figures.suppression import (
    DEFAULT_BELOW,
    SUPPRESSED,
    check_below,
    hidden_cells,
    is_small,
    rounded_to,
)
from goldenthread.figures.wording import is_rate
from goldenthread.indicators.catalogue import catalogue


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """A figure of which the hidden numbers are no longer there."""

    figure: Figure
    hidden: frozenset[str] = frozenset()

    def shown(self, name: str) -> object:
        """A number, `c` where it is hidden, or None where there is none."""
        return SUPPRESSED if name in self.hidden else getattr(self.figure, name)


@dataclass(frozen=True, kw_only=True)
class PublicTable:
    """Figures as they may be shown, and what an earlier publication would have told beside them."""

    figures: tuple[PublicFigure, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A publication that readers have already: its figures as they were, and what was shown of them."""

    name: str
    figures: tuple[Figure, ...]
    shown: tuple[PublicFigure, ...]


def public(
    figures: Iterable[Figure],
    *,
    suppress_below: int = DEFAULT_BELOW,
    round_to: int | None = None,
    earlier: Sequence[Earlier] = (),
) -> PublicTable:
    """Hide what may not be shown, beside earlier publications of the same council.

    With `round_to` (5), the numbers that remain are rounded, and percentages follow from them.
    """
    check_below(suppress_below)
    listed = list(figures)
    values, unseen, sensitive = cells_of(listed)
    warnings, changed = _told_by_change(values, earlier, suppress_below)
    known = {cell: number for one in earlier for line in one.shown for cell, number in _shown(line).items()}
    # What was hidden before stays hidden: its number follows from sums that a reader may have kept.
    past, past_unseen, _ = cells_of([figure for one in earlier for figure in one.figures])
    kept_hidden = set(past) - set(known) - set(values) - past_unseen
    everything = {**past, **known, **values}
    hidden: set[Cell] = set()
    for system in systems(everything):
        names = hidden_cells(
            system.values,
            system.sums,
            suppress_below=suppress_below,
            sensitive=system.holding(sensitive | changed | kept_hidden),
            unseen=system.within(unseen | past_unseen),
            known=system.holding({cell for cell in known if known[cell] == everything[cell]}),
        )
        hidden |= {cell for name in names for cell in system.members[name]}
    shown = tuple(_cleared(figure, hidden, round_to) for figure in listed)
    return PublicTable(
        figures=shown, warnings=(*warnings, *_told_by_new_places(listed, earlier, suppress_below))
    )


def _shown(line: PublicFigure) -> dict[Cell, Decimal]:
    if not tells_of_people(line.figure):
        return {}
    place = place_of(line.figure)
    names = ("numerator", "denominator", "unknown")
    found = {Cell(place, name): getattr(line.figure, name) for name in names if name not in line.hidden}
    return {cell: Decimal(value) for cell, value in found.items() if value is not None}


def _told_by_change(
    values: Mapping[Cell, Decimal], earlier: Sequence[Earlier], suppress_below: int
) -> tuple[list[str], set[Cell]]:
    """Numbers that differ by a few children from what was published for the same days, or for days that
    begin or end with them: the difference would tell of those few.
    """
    published: dict[tuple[object, ...], list[tuple[str, Cell, Decimal]]] = defaultdict(list)
    for one in earlier:
        for line in one.shown:
            for cell, number in _shown(line).items():
                published[_without_period(cell)].append((one.name, cell, number))
    warnings, changed = [], set()
    for cell, value in values.items():
        for name, other, number in published.get(_without_period(cell), ()):
            shares_a_day = any(a == b for a, b in zip(cell.place.period, other.place.period, strict=True))
            if shares_a_day and is_small(abs(value - number), suppress_below):
                changed.add(cell)
                warnings.append(
                    f"{_said(cell)} was published as {number:f} in {name}: the difference to the number "
                    "now would tell of a few children, so it is hidden."
                )
    return warnings, changed


def _without_period(cell: Cell) -> tuple[object, ...]:
    return cell.place.ref, cell.place.part, cell.place.breakdown, cell.what


def _said(cell: Cell) -> str:
    start, end = cell.place.period
    part = f" {cell.place.part}" if cell.place.part else ""
    where = "".join(f", {name} {value}" for name, value in cell.place.breakdown)
    return f"The {cell.what} of {cell.place.ref}{part}{where} ({start} to {end})"


def _told_by_new_places(
    figures: Sequence[Figure], earlier: Sequence[Earlier], suppress_below: int
) -> list[str]:
    """Where a team is new since a publication and a total moved by a few: that tells its number."""
    now = _places(figures)
    warnings = []
    for one in earlier:
        then = _places([line.figure for line in one.shown])
        for key, (values, total) in now.items():
            past, past_total = then.get(key, (set(), None))
            added = sorted(values - past)
            if not past or not added or total is None or past_total is None:
                continue
            if is_small(abs(total - past_total), suppress_below):
                warnings.append(
                    f"{key[0]}: {', '.join(added)} is new since {one.name} and the total moved by "
                    f"{abs(total - past_total):f}: check that the two together tell nothing."
                )
    return warnings


def _places(figures: Sequence[Figure]) -> dict[tuple[str, str, str], tuple[set[str], Decimal | None]]:
    """By indicator, part and breakdown: its values, and the last total of the whole."""
    found: dict[tuple[str, str, str], tuple[set[str], Decimal | None]] = {}
    totals = {
        (f.ref, f.part): f.numerator
        for f in sorted(figures, key=lambda f: f.period.ends_on)
        if not f.breakdown and f.numerator is not None
    }
    for figure in figures:
        for kind, value in figure.breakdown.items():
            key = (figure.ref, figure.part, kind)
            found.setdefault(key, (set(), totals.get(key[:2])))[0].add(value)
    return found


def _cleared(figure: Figure, hidden: set[Cell], round_to: int | None) -> PublicFigure:
    """The figure without its hidden numbers. Whatever tells of nobody is shown as it is."""
    if not tells_of_people(figure):
        return PublicFigure(figure=figure)
    place = place_of(figure)

    names = {what for what in ("numerator", "denominator", "unknown") if Cell(place, what) in hidden}
    has_few = figure.denominator is not None and 0 < figure.denominator < FEWEST_FOR_PERCENTAGE
    is_number = figure.value == figure.numerator
    follows = {"numerator"} if is_number else {"numerator", "denominator"}
    if figure.value is not None and (names & follows or (has_few and not is_number)):
        names.add("value")
    status = figure.status
    if status == NO_CASES and "denominator" in names:
        # That there are no cases would say the 0 that is hidden.
        names.add("value")
        status = FINAL
    cleared = replace(figure, status=status, **dict.fromkeys(names))
    if round_to is not None and is_rate(figure, catalogue().get(figure.ref)):
        cleared = _rounded_rate(cleared, round_to)
    elif round_to is not None:
        cleared = _rounded(cleared, is_number, round_to)
    return PublicFigure(figure=cleared, hidden=frozenset(names))


def _rounded(figure: Figure, is_number: bool, base: int) -> Figure:
    numerator, denominator = (
        None if value is None else rounded_to(value, base) for value in (figure.numerator, figure.denominator)
    )
    value = figure.value
    if is_number:
        value = numerator
    elif value is not None and _is_share(figure) and numerator is not None and denominator:
        value = rounded(numerator * 100 / denominator)
    return replace(figure, numerator=numerator, denominator=denominator, value=value)


def _rounded_rate(figure: Figure, base: int) -> Figure:
    """A rate of a rounded number: how many children live there is known and stays as it is."""
    if figure.numerator is None or figure.value is None or not figure.denominator:
        return figure
    numerator = rounded_to(figure.numerator, base)
    value = per_10_000(Decimal(numerator), figure.denominator, catalogue()[figure.ref], figure.period)
    return replace(figure, numerator=numerator, value=value)


def _is_share(figure: Figure) -> bool:
    """Whether the value is numerator over denominator as a percentage."""
    if figure.numerator is None or not figure.denominator or figure.value is None:
        return False
    return abs(figure.numerator * 100 / figure.denominator - figure.value) <= Decimal("0.05")
