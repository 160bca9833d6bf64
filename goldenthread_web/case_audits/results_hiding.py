"""Which numbers of case audits may a person see? Members of the public view see no small ones.

Nobody sees a figure of a worker, and nobody a share of too few case audits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goldenthread.figures.disclosure import FEWEST_FOR_PERCENTAGE
from goldenthread.figures.suppression import DEFAULT_BELOW
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.grading import grades
from goldenthread_web.case_audits.how_far import HIDDEN
from goldenthread_web.case_audits.results_intervals import Share
from goldenthread_web.case_audits.results_reading import GOOD, Mix
from goldenthread_web.worklist.small_numbers import shown_numbers

TOO_FEW = "too few to say"
NOT_SHOWN = "hidden: a small number"
_GOOD, _WEAK = "good or better", "not yet good"  # beside the four grades, one of which is good
Cell = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as it may be shown: words, never a number that is hidden."""

    label: str
    number: str
    counts: tuple[str, ...]  # in the order of grades
    share: str  # 58.1%; why there is none
    interval: str
    percent: float | None  # to draw; None where nothing is shown


def rows_of(mixes: Mapping[str, Mix], *, is_public_view: bool) -> list[Row]:
    """Each mix as a row, in the order given."""
    if not is_public_view:
        return [_row(label, one) for label, one in mixes.items()]
    look_up = _public(mixes)
    return [_public_row(label, one, look_up) for label, one in mixes.items()]


def _row(label: str, one: Mix) -> Row:
    good = one.good
    return Row(
        label=label,
        number=str(one.number),
        counts=tuple(str(count) for count in one.counts),
        share=f"{good.percent:.1f}%" if one.is_enough else TOO_FEW if one.number else "none",
        interval=good.interval.said if one.is_enough and good.interval else "",
        percent=good.percent if one.is_enough else None,
    )


def _public(mixes: Mapping[str, Mix]) -> Callable[[Cell], int | None]:
    """Numbers as the public may see them, none of which follows from the others."""
    cells: dict[Cell, int] = {}
    sums: list[tuple[Cell, list[Cell]]] = []
    for label, one in mixes.items():
        parts: dict[str, list[Cell]] = {_GOOD: [], _WEAK: []}
        for grade, count in zip(grades(), one.counts, strict=True):
            cells[label, grade] = count
            parts[_GOOD if grade in GOOD else _WEAK].append((label, grade))
        for name, these in parts.items():
            cells[label, name] = sum(cells[cell] for cell in these)
            sums.append(((label, name), these))
        cells[label, ""] = one.number
        sums.append(((label, ""), [(label, _GOOD), (label, _WEAK)]))
    for name in (*grades(), _GOOD, _WEAK, ""):
        cells["", name] = sum(cells[label, name] for label in mixes)
        sums.append((("", name), [(label, name) for label in mixes]))
    # Who knows the children of a small group would know it of each of them.
    whole = {label: cells[label, ""] for label in ("", *mixes)}
    sensitive = {
        (label, name)
        for label, name in cells
        if name and 0 < whole[label] < FEWEST_FOR_PERCENTAGE and cells[label, name] in (0, whole[label])
    }
    return shown_numbers(cells, sums, sensitive=sensitive)


def _public_row(label: str, one: Mix, look_up: Callable[[Cell], int | None]) -> Row:
    number = look_up((label, ""))
    may_say = one.is_enough and one.number >= FEWEST_FOR_PERCENTAGE
    may_say = may_say and None not in (number, look_up((label, _GOOD)), look_up((label, _WEAK)))
    good = one.good
    return Row(
        label=label,
        number=_said(number),
        counts=tuple(_said(look_up((label, grade))) for grade in grades()),
        # Whole percent: a share to a tenth would give back the numbers that were rounded.
        share=f"{good.percent:.0f}%" if may_say else NOT_SHOWN if one.number else "none",
        interval=good.interval.said if may_say and good.interval else "",
        percent=float(f"{good.percent:.0f}") if may_say else None,
    )


def table_of(cells: Mapping[tuple[str, str], int], *, is_public_view: bool) -> dict[tuple[str, str], str]:
    """The numbers of a table with rows and columns as they may be shown, by row and column."""
    if not is_public_view:
        return {cell: str(number) for cell, number in cells.items()}
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    sums: list[tuple[Cell, list[Cell]]] = [
        ((row, "all"), [cell for cell in cells if cell[0] == row]) for row in sorted(rows)
    ]
    sums += [(("all", column), [cell for cell in cells if cell[1] == column]) for column in sorted(columns)]
    whole: dict[Cell, int] = dict(cells)
    for total, parts in sums:
        whole[total] = sum(cells[part] for part in parts)  # type: ignore[index]
    look_up = shown_numbers(whole, sums)
    return {cell: _said(look_up(cell)) for cell in cells}


def so_many(part: int, whole: int, *, is_public_view: bool) -> str:
    """12 of 40, where that may be shown."""
    if not whole:
        return "none"
    return NOT_SHOWN if is_public_view and _tells_of_few(part, whole) else f"{part} of {whole}"


def share_said(one: Share, *, is_public_view: bool) -> tuple[str, str]:
    """A share and its interval, where there are enough to say it and it may be shown."""
    if not one.whole:
        return "none", ""
    if one.percent is None or one.interval is None or one.whole < rules().least_for_share:
        return TOO_FEW, ""
    if is_public_view and _tells_of_few(one.part, one.whole):
        return NOT_SHOWN, ""
    decimals = 0 if is_public_view else 1
    return f"{one.percent:.{decimals}f}%", one.interval.said


def _tells_of_few(part: int, whole: int) -> bool:
    """Whether a share is of so few that it tells of them, or either side of it is small."""
    is_small = any(0 < side < DEFAULT_BELOW for side in (part, whole - part))
    return is_small or whole < FEWEST_FOR_PERCENTAGE


def _said(number: int | None) -> str:
    return HIDDEN if number is None else str(number)
