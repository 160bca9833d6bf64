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
from goldenthread.figures.rates import Estimates, estimates
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


def worked_out(
    run: Run,
    wanted: Sequence[tuple[Request, list[int]]],
    by: Sequence[str],
    *,
    is_last: bool = False,
) -> Iterator[Series]:
    """The figures of all requests of one load, each for the periods (by position) it serves.

    Where they are the last to be asked of the run, populations are let go of on the way.
    """
    asked = [Wanted(request.definition, request.part) for request, _ in wanted]
    tall = aggregated(run, asked, by, is_last=is_last).combine_chunks()
    sums = _Sums(tall, asked, by, len(run.periods))
    told, children = _Notes(run), estimates(run)
    for number, (request, numbers) in enumerate(wanted):
        series = sums.series(number)
        if not by and not series:
            series = [((), np.full(len(run.periods), -1))]
        teller = _Teller(run, told, request, sums, children)
        for value, rows in series:
            if by and not sums.is_relevant(rows, numbers):
                continue
            breakdown = dict(zip(by, value, strict=True))
            yield request, value, teller.lines(numbers, breakdown, rows.tolist())


class _Sums:
    """The rows of the aggregate, found by part, breakdown value and period."""

    def __init__(self, tall: pa.Table, asked: Sequence[Wanted], by: Sequence[str], periods: int):
        # One place more than there are rows: where there is no row, its place is -1.
        self.unknown = [*tall["unknown"].to_pylist(), 0]
        self.partial = [*tall["partial"].to_pylist(), None]
        self.numerator = [*_decimals(tall["numerator"]), Decimal(0)]
        self.denominator = [*_decimals(tall["denominator"]), Decimal(0)]
        self.statistic = [*_decimals(tall["statistic"]), None]
        self.value = [*_values(tall, asked), None]
        self._relevant = tall["relevant"].to_numpy()
        self._series = _series(tall, by, periods)

    def series(self, number: int) -> list[tuple[tuple[str, ...], np.ndarray]]:
        """The breakdown values of one part, each with its row for every period; -1 where it has none."""
        return self._series.get(number, [])

    def is_relevant(self, rows: np.ndarray, numbers: Sequence[int]) -> bool:
        """Whether anybody is counted, in the numerator or unknown in one of these periods."""
        found = rows[numbers]
        return bool(self._relevant[found[found >= 0]].any())


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


class _Teller:
    """Makes the lines of one part: what is the same in all of them is looked up once."""

    def __init__(self, run: Run, told: _Notes, request: Request, sums: _Sums, children: Estimates):
        part, definition = request.part, request.definition
        self._run, self._told, self._request, self._sums = run, told, request, sums
        self._children = children
        self._is_provisional = [period.is_provisional for period in run.periods]
        self._may_count_nobody = _counts(request)
        self._last = [said for what, said in part.named_without.items() if not run.supplies.has(what)]
        self._same = {
            "ref": definition.ref,
            "part": part.code,
            "code": definition.code,
            "title": definition.title,
            "authority": run.load.authority,
        }

    def lines(
        self, numbers: Sequence[int], breakdown: Mapping[str, str], rows: Sequence[int]
    ) -> list[Figure]:
        """The figures of the periods at these positions, from the row of each."""
        part, definition, sums = self._request.part, self._request.definition, self._sums
        is_statistic, has_denominator = part.kind is Kind.STATISTIC, part.has_denominator
        is_rate = part.kind is Kind.RATE
        found = []
        for number in numbers:
            row, period = rows[number], self._run.periods[number]
            numerator = None if is_statistic else sums.numerator[row]
            denominator = sums.denominator[row] if has_denominator else None
            if is_rate:
                denominator = self._children.of(breakdown, period)
            value = sums.value[row]
            if value is None:
                value = value_of(part, definition, period, numerator, denominator, sums.statistic[row])
            notes = self._notes(number, row)
            status = FINAL
            if has_denominator and not denominator and not self._may_count_nobody:
                status, value = NO_CASES, None
                # Only where a numerator may stand over nobody (WF-10) is it shown.
                if numerator is not None and not part.is_no_cases_when_empty:
                    numerator = Decimal(0)
            elif self._is_provisional[number]:
                status = PROVISIONAL
            elif notes:
                status = PARTIAL
            found.append(
                Figure(
                    **self._same,
                    breakdown=breakdown,
                    period=period,
                    numerator=numerator,
                    denominator=denominator,
                    unknown=sums.unknown[row],
                    value=value,
                    status=status,
                    note="; ".join([*notes, *self._last]) if notes or self._last else "",
                )
            )
        return found

    def _notes(self, number: int, row: int) -> Sequence[str]:
        """What is to be said of a period: of the part, and of the rows it sums."""
        notes = self._told.of(self._request, number)
        if row < 0 or not self._request.part.partial:
            return notes
        flags = zip(self._request.part.partial, self._sums.partial[row], strict=True)
        return [*notes, *(sentence for sentence, is_partial in flags if is_partial)]


def _counts(request: Request) -> bool:
    """Whether nobody to count is a good 0 rather than no cases."""
    part = request.part
    if part.is_no_cases_when_empty or part.kind in (Kind.STATISTIC, Kind.MEAN):
        return False
    return request.definition.is_count
