"""Sums as figures: which lines there are, and the value, status and note of each.

A request for all teams of six years is half a million lines: what is the same for many of them is
worked out once, and values are divided by column, in whole numbers, so that rounding stays exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import numpy as np
import pyarrow as pa

from goldenthread.figures.aggregate import AMOUNT, Wanted, aggregated
from goldenthread.figures.availability import caveats
from goldenthread.figures.figure import (
    FINAL,
    NO_CASES,
    PARTIAL,
    PROVISIONAL,
    Figure,
    is_percentage,
    value_of,
)
from goldenthread.figures.run import Run
from goldenthread.indicators.catalogue import Definition, Route
from goldenthread.indicators.part import Kind, Part


@dataclass(frozen=True, eq=False)
class Request:
    """One part that can be worked out from one load for some periods."""

    definition: Definition
    part: Part
    route: Route
    position: int  # among the parts of its indicator


# The lines of one part and one breakdown value, in the order of their periods.
Series = tuple[Request, tuple[str, ...], list[Figure]]

_NOTHING = {"numerator": Decimal(0), "denominator": Decimal(0), "unknown": 0, "statistic": None}


def worked_out(run: Run, wanted: Sequence[tuple[Request, list[int]]], by: Sequence[str]) -> Iterator[Series]:
    """The figures of all requests of one load, each for the periods (by position) it serves."""
    asked = [Wanted(request.definition, request.part) for request, _ in wanted]
    sums = _Sums(aggregated(run, asked, by).combine_chunks(), asked, by, len(run.periods))
    told = _Notes(run)
    for number, (request, numbers) in enumerate(wanted):
        series = sums.series(number)
        if not by and not series:
            series = [((), np.full(len(run.periods), -1))]
        for value, rows in series:
            if by and not sums.is_relevant(rows, numbers):
                continue
            breakdown = dict(zip(by, value, strict=True))
            lines = [_figure(run, told, request, n, breakdown, sums.row(int(rows[n]))) for n in numbers]
            yield request, value, lines


class _Sums:
    """The rows of the aggregate, found by part, breakdown value and period."""

    def __init__(self, tall: pa.Table, asked: Sequence[Wanted], by: Sequence[str], periods: int):
        self._columns = {name: tall[name].to_pylist() for name in ("unknown", "partial")}
        for name in ("numerator", "denominator", "statistic"):
            self._columns[name] = _decimals(tall[name])
        self._columns["value"] = _values(tall, asked)
        self._relevant = tall["relevant"].to_numpy()
        self._series = _series(tall, by, periods)

    def series(self, number: int) -> list[tuple[tuple[str, ...], np.ndarray]]:
        """The breakdown values of one part, each with its row for every period; -1 where it has none."""
        return self._series.get(number, [])

    def is_relevant(self, rows: np.ndarray, numbers: Sequence[int]) -> bool:
        """Whether anybody is counted, in the numerator or unknown in one of these periods."""
        found = rows[numbers]
        return bool(self._relevant[found[found >= 0]].any())

    def row(self, place: int) -> dict[str, object] | None:
        """One row; None where there is none."""
        return None if place < 0 else {name: column[place] for name, column in self._columns.items()}


def _series(
    tall: pa.Table, by: Sequence[str], periods: int
) -> dict[int, list[tuple[tuple[str, ...], np.ndarray]]]:
    group = tall["wanted"].to_numpy().astype("int64")
    for name in by:
        codes = tall[name].combine_chunks().dictionary_encode(null_encoding="encode")
        group = group * max(len(codes.dictionary), 1) + codes.indices.to_numpy()
    _, first, member = np.unique(group, return_index=True, return_inverse=True)
    place = np.full((len(first), periods), -1, dtype="int64")
    place[member, tall["period"].to_numpy()] = np.arange(len(group))
    heads = tall.take(pa.array(first))
    values = zip(*[map(str, heads[name].to_pylist()) for name in by], strict=True) if by else ()
    named = list(values) or [()] * len(first)
    found: dict[int, list[tuple[tuple[str, ...], np.ndarray]]] = {}
    for at, (number, value) in enumerate(zip(heads["wanted"].to_pylist(), named, strict=True)):
        found.setdefault(number, []).append((value, place[at]))
    return found


def _smallest(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Exact amounts in their smallest unit, as whole numbers, and which of them are there and fit."""
    flat = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if not len(flat):
        return np.zeros(0, "int64"), np.zeros(0, bool)
    words = np.frombuffer(flat.buffers()[1], dtype="<i8").reshape(-1, 2)[flat.offset :][: len(flat)]
    low, high = words[:, 0], words[:, 1]
    return low, flat.is_valid().to_numpy(zero_copy_only=False) & (high == low >> 63)


@cache
def _amount(smallest: int) -> Decimal:
    return Decimal(smallest).scaleb(-AMOUNT.scale)


@cache
def _tenths(number: int) -> Decimal:
    return Decimal(number).scaleb(-1)


def _decimals(column: pa.ChunkedArray) -> list[Decimal | None]:
    """The amounts as Decimals; the same amount is the same object."""
    smallest, fits = _smallest(column)
    found = [_amount(number) for number in np.where(fits, smallest, 0).tolist()]
    for place in np.flatnonzero(~fits).tolist():  # nulls, and amounts of more than 900 million
        found[place] = column[place].as_py()
    return found


def _values(tall: pa.Table, asked: Sequence[Wanted]) -> list[Decimal | None]:
    """Values of whole numbers over whole numbers, half away from zero; None: to be worked out.

    An amount that fits is below a thousand million: no product here can overflow.
    """
    times, over = np.zeros(len(asked), "int64"), np.ones(len(asked), "int64")
    for number, want in enumerate(asked):
        if want.part.kind is Kind.MEAN and want.part.has_denominator:
            times[number], over[number] = want.part.factor
        elif is_percentage(want.part, want.definition):
            times[number] = 100
    of = tall["wanted"].to_numpy()
    (sums, sums_fit), (below, below_fits) = _smallest(tall["numerator"]), _smallest(tall["denominator"])
    unit = 10**AMOUNT.scale
    is_whole = sums_fit & below_fits & (sums % unit == 0) & (below > 0) & (below % unit == 0)
    above, below = np.abs(sums) // unit * times[of] * 10, below // unit * over[of]
    tenth = (2 * above + below) // np.maximum(2 * below, 1)
    tenth = np.where(sums < 0, -tenth, tenth)
    is_known = is_whole & (times[of] > 0)
    return [
        _tenths(number) if known else None
        for number, known in zip(tenth.tolist(), is_known.tolist(), strict=True)
    ]


@dataclass
class _Notes:
    """What is to be said of a part in a period, whatever the team."""

    run: Run
    _said: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)

    def of(self, request: Request, number: int) -> tuple[str, ...]:
        """The caveats of a part in the period at that position."""
        part, definition = request.part, request.definition
        key = (definition.ref, request.route.profile, *part.partial_without, number)
        if key not in self._said:
            period = self.run.periods[number]
            reads_at = self.run.load.as_at_on if definition.measure_type == "period" else period.ends_on
            said = caveats(definition, part, request.route, self.run.supplies, period, reads_at)
            self._said[key] = tuple(said)
        return self._said[key]


def _figure(
    run: Run,
    told: _Notes,
    request: Request,
    number: int,
    breakdown: Mapping[str, str],
    row: Mapping[str, object] | None,
) -> Figure:
    part, definition, period = request.part, request.definition, run.periods[number]
    sums = row or _NOTHING
    numerator, denominator = sums["numerator"], sums["denominator"]
    if part.kind is Kind.STATISTIC:
        numerator = None
    shown = denominator if part.has_denominator else None
    value = sums.get("value")
    if value is None:
        value = value_of(part, definition, numerator, shown, sums["statistic"])
    notes = [*told.of(request, number)]
    if row is not None and part.partial:
        flags = zip(part.partial, row["partial"], strict=True)
        notes += [sentence for sentence, is_partial in flags if is_partial]
    status = FINAL
    if part.has_denominator and not denominator and not _counts(request):
        status, value = NO_CASES, None
        # Only where a numerator may stand over nobody (WF-10) is it shown.
        numerator = numerator if part.is_no_cases_when_empty or numerator is None else Decimal(0)
    elif period.is_provisional:
        status = PROVISIONAL
    elif notes:
        status = PARTIAL
    notes += [said for what, said in part.named_without.items() if not run.supplies.has(what)]
    return Figure(
        ref=definition.ref,
        part=part.code,
        code=definition.code,
        title=definition.title,
        authority=run.load.authority,
        breakdown=breakdown,
        period=period,
        numerator=numerator,
        denominator=shown,
        unknown=int(sums["unknown"]),
        value=value,
        status=status,
        note="; ".join(notes),
    )


def _counts(request: Request) -> bool:
    """Whether nobody to count is a good 0 rather than no cases."""
    part = request.part
    if part.is_no_cases_when_empty or part.kind in (Kind.STATISTIC, Kind.MEAN):
        return False
    return request.definition.is_count
