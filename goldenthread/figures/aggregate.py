"""Numerators, denominators and unknowns: all parts of a population in one wide aggregate.

The result is tall and stays in Arrow: one row per part, period, authority and breakdown value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.figures.breakdowns import broken_down
from goldenthread.figures.figure import rounded
from goldenthread.figures.judged import EXACT, Judged, judged
from goldenthread.figures.names import Asked
from goldenthread.figures.run import Run
from goldenthread.indicators.catalogue import Definition
from goldenthread.indicators.part import Kind, Part, holds

AMOUNT = pa.decimal128(38, 10)


@dataclass(frozen=True, eq=False)
class Wanted:
    """One part of one indicator that is to be worked out."""

    definition: Definition
    part: Part


def tall_schema(by: Sequence[str]) -> pa.Schema:
    """Columns of the result."""
    return pa.schema(
        [
            ("wanted", pa.int32()),  # position in the list of wanted parts
            ("period", pa.int64()),
            ("authority", pa.string()),
            *[(name, pa.string()) for name in by],
            ("numerator", AMOUNT),
            ("denominator", AMOUNT),
            ("unknown", pa.int64()),
            ("relevant", pa.int64()),  # rows counted, in the numerator or unknown
            ("statistic", AMOUNT),
            ("partial", pa.list_(pa.bool_())),  # which of the part's conditions for partial hold
        ]
    )


def aggregated(run: Run, wanted: Sequence[Wanted], by: Sequence[str], *, is_last: bool = False) -> pa.Table:
    """Work out every wanted part, by the breakdowns named, for every period of the run.

    Where it is the last to be asked of the run, populations are let go of on the way.
    """
    groups, wholes = list(_together(wanted)), _of_the_whole(wanted)
    found = run.read_all(asked_for(wanted, by), is_last=is_last)
    of_the_whole = dict(zip(wholes, found[len(groups) :], strict=True))
    tables = [tall_schema(by).empty_table()]
    for numbers, result in zip(groups, found, strict=False):
        for position, number in enumerate(numbers):
            part = wanted[number].part
            if part.kind is Kind.STATISTIC:
                tables.append(_statistic(result, number, part, by))
            else:
                tall = _tall(result, position, number, part, by)
                whole = of_the_whole.get(number)
                tables.append(tall if whole is None else _over_the_whole(whole, number, tall, by))
    return pa.concat_tables(tables)


def asked_for(wanted: Sequence[Wanted], by: Sequence[str]) -> list[Asked]:
    """The statements that work these parts out, those of the whole authority last."""
    asked = [_asked([wanted[n] for n in numbers], by) for numbers in _together(wanted)]
    return asked + [_asked_of_the_whole(wanted[number]) for number in _of_the_whole(wanted)]


def _of_the_whole(wanted: Sequence[Wanted]) -> list[int]:
    return [number for number, want in enumerate(wanted) if want.part.whole is not None]


def _together(wanted: Sequence[Wanted]) -> Iterator[list[int]]:
    """The positions that make one statement: all sums over one population, each statistic alone."""
    by_population: dict[str, list[int]] = {}
    for number, want in enumerate(wanted):
        by_population.setdefault(want.part.of.name, []).append(number)
    for numbers in by_population.values():
        if sums := [n for n in numbers if wanted[n].part.kind is not Kind.STATISTIC]:
            yield sums
        yield from ([n] for n in numbers if wanted[n].part.kind is Kind.STATISTIC)


def _asked(own: Sequence[Wanted], by: Sequence[str]) -> Asked:
    """The statement of some wanted parts, and its key."""
    if own[0].part.kind is Kind.STATISTIC:
        return lambda: _ranked(own[0], by), _key(own, by)
    return lambda: _wide(broken_down(own[0].part.of.table, by), own, by), _key(own, by)


def _asked_of_the_whole(want: Wanted) -> Asked:
    assert want.part.whole is not None
    return want.part.whole, f"whole:{want.definition.ref}.{want.part.code}"


def statement(want: Wanted, by: Sequence[str] = ()) -> ir.Table:
    """What is worked out for one part alone."""
    if want.part.kind is Kind.STATISTIC:
        return _ranked(want, by)
    return _wide(broken_down(want.part.of.table, by), [want], by)


def _key(wanted: Sequence[Wanted], by: Sequence[str]) -> str:
    """A name for the aggregate of these parts: they are the same in this version of the code."""
    parts = ",".join(f"{want.definition.ref}.{want.part.code}" for want in wanted)
    return f"aggregate:{wanted[0].part.of.name}:{','.join(by)}:{parts}"


def _wide(rows: ir.Table, wanted: Sequence[Wanted], by: Sequence[str]) -> ir.Table:
    # Each row is judged first and the answers named: sums that repeat a condition take long to compile.
    judged_as = [judged(want.part, want.definition) for want in wanted]
    answers: dict[str, ir.BooleanValue] = {}
    for number, row in enumerate(judged_as):
        answers[f"in_numerator_{number}"] = row.in_numerator
        answers[f"counted_{number}"] = row.counted
        answers[f"is_unknown_{number}"] = row.is_unknown
    rows = rows.mutate(**answers)
    sums: dict[str, ir.Value] = {}
    for number, want in enumerate(wanted):
        row = replace(
            judged_as[number],
            in_numerator=rows[f"in_numerator_{number}"],
            counted=rows[f"counted_{number}"],
            is_unknown=rows[f"is_unknown_{number}"],
        )
        if want.part.distinct:
            counted = rows[want.part.distinct].nunique(where=row.in_numerator)
            sums[f"numerator_{number}"] = counted
        else:
            sums[f"numerator_{number}"] = row.numerator.sum()
        sums[f"denominator_{number}"] = row.denominator.sum()
        sums[f"unknown_{number}"] = row.is_unknown.cast("int64").sum()
        sums[f"relevant_{number}"] = _relevant(want.part, rows, row)
        for position, condition in enumerate(want.part.partial.values()):
            sums[f"partial_{number}_{position}"] = holds(condition).cast("int64").sum() > 0
    return rows.group_by("period", "authority", *by).aggregate(**sums)


def _relevant(part: Part, rows: ir.Table, row: Judged) -> ir.IntegerValue:
    """How many rows make a line of figures; where each child or worker counts once, those known."""
    is_relevant = row.is_relevant
    if part.distinct:
        is_relevant = is_relevant & rows[part.distinct].notnull()
    return is_relevant.cast("int64").sum()


def _tall(wide: pa.Table, position: int, number: int, part: Part, by: Sequence[str]) -> pa.Table:
    flags = [wide[f"partial_{position}_{at}"].to_pylist() for at in range(len(part.partial))]
    partial = [list(row) for row in zip(*flags, strict=True)] if flags else [[]] * wide.num_rows
    columns = {
        "wanted": pa.array([number] * wide.num_rows, pa.int32()),
        **{name: wide[name] for name in ("period", "authority", *by)},
        "numerator": _amount(wide[f"numerator_{position}"]),
        "denominator": _amount(wide[f"denominator_{position}"]),
        "unknown": wide[f"unknown_{position}"].cast(pa.int64()),
        "relevant": wide[f"relevant_{position}"].cast(pa.int64()),
        "statistic": pa.nulls(wide.num_rows, AMOUNT),
        "partial": pa.array(partial, pa.list_(pa.bool_())),
    }
    return pa.table(columns, schema=tall_schema(by))


def _amount(sums: pa.ChunkedArray) -> pa.ChunkedArray:
    """Sums of whole numbers or of exact decimals, as amounts."""
    if pa.types.is_decimal(sums.type):
        return sums.cast(AMOUNT)
    return sums.cast(pa.int64()).cast(pa.decimal128(19, 0)).cast(AMOUNT)


def _over_the_whole(whole: pa.Table, position: int, tall: pa.Table, by: Sequence[str]) -> pa.Table:
    """Put the denominator of the whole authority in place of the sum of the rows, in every period."""
    number = {(row["period"], row["authority"]): row["number"] for row in whole.to_pylist()}
    rows = tall.to_pylist()
    seen = {(row["period"], row["authority"], *(row[name] for name in by)): row for row in rows}
    values = {key[2:] for key in seen} if by else {()}
    empty = {"numerator": Decimal(0), "unknown": 0, "relevant": 0, "statistic": None, "partial": []}
    for period, authority in number:
        for value in values - {key[2:] for key in seen if key[:2] == (period, authority)}:
            place = {"period": period, "authority": authority, **dict(zip(by, value, strict=True))}
            rows.append({"wanted": position, **place, **empty})
    for row in rows:
        row["denominator"] = Decimal(number.get((row["period"], row["authority"]), 0))
    return pa.Table.from_pylist(rows, schema=tall_schema(by))


def _ranked(want: Wanted, by: Sequence[str]) -> ir.Table:
    """The value at position ceil(n * quantile), counted from 1 in ascending order; for an average the sum."""
    part = want.part
    assert part.value is not None
    row = judged(part, want.definition)
    groups = ["period", "authority", *by]
    values = broken_down(part.of.table, by).mutate(
        measured=part.value.cast(EXACT),
        is_counted=row.counted & part.value.notnull(),
        unknown=row.is_unknown,
    )
    counts = {
        "rows": values.is_counted.cast("int64").sum(),
        "unknown": values.unknown.cast("int64").sum(),
    }
    if part.quantile is None:
        total = values.measured.sum(where=values.is_counted)
        return values.group_by(*groups).aggregate(statistic=total, **counts)
    above, below = part.quantile
    of_group = [*groups, "is_counted"]
    ranked = values.mutate(
        position=ibis.row_number().over(ibis.window(group_by=of_group, order_by=values.measured)) + 1,
        of_rows=values.period.count().over(ibis.window(group_by=of_group)),
    )
    at = ((ranked.of_rows * above + below - 1) / below).floor().cast("int64")
    return ranked.group_by(*groups).aggregate(
        statistic=ranked.measured.max(where=ranked.is_counted & (ranked.position == at)),
        rows=ranked.is_counted.cast("int64").sum(),
        unknown=ranked.unknown.cast("int64").sum(),
    )


def _averages(result: pa.Table) -> pa.Array:
    """Sum by number of rows, rounded here: engines do not agree how exact an average of decimals is."""
    pairs = zip(result["statistic"].to_pylist(), result["rows"].to_pylist(), strict=True)
    averages = [rounded(total / rows, AMOUNT.scale) if rows else None for total, rows in pairs]
    return pa.array(averages, AMOUNT)


def _statistic(result: pa.Table, number: int, part: Part, by: Sequence[str]) -> pa.Table:
    count = result["rows"].cast(pa.int64())
    columns = {
        "wanted": pa.array([number] * result.num_rows, pa.int32()),
        **{name: result[name] for name in ("period", "authority", *by)},
        "numerator": pa.nulls(result.num_rows, AMOUNT),
        "denominator": pc.cast(count, pa.decimal128(19, 0)).cast(AMOUNT),
        "unknown": result["unknown"].cast(pa.int64()),
        "relevant": pc.add(count, result["unknown"].cast(pa.int64())),
        "statistic": _averages(result) if part.quantile is None else result["statistic"].cast(AMOUNT),
        "partial": pa.array([[]] * result.num_rows, pa.list_(pa.bool_())),
    }
    return pa.table(columns, schema=tall_schema(by))
