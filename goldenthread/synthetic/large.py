"""Very large invented data, straight into Parquet standard tables: for measuring, not for telling a story.

One authority at a time is drawn, all children at once, and written as one row group of each table, so
that a country takes no more memory than its largest authority. Nothing here is derived from a record.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goldenthread.calendar import add_months
from goldenthread.standard import Column, Table, standard_tables
from goldenthread.standard.schema import COORDINATES, code_labels
from goldenthread.synthetic import large_cases, large_services
from goldenthread.synthetic.large_journeys import EVERY, Block, Days, Drawn, episodes_of, what_recurs

YEARS = 6

# How often a yes or no that no journey sets is yes; any other is yes as often as USUALLY.
USUALLY = 0.85
_SELDOM = {
    "is_uasc": 0.05,
    "has_disability": 0.12,
    "is_complex": 0.1,
    "is_long_term": 0.4,
    "is_asye": 0.1,
    "is_converted_from_agency": 0.05,
    "has_exploitation_concern": 0.06,
    "is_rhi_accepted": 0.7,
}
_NOT_SAID = 0.02  # of the values that need not be there


def write_large(
    folder: Path,
    *,
    authorities: int,
    children: int,
    as_at_on: date,
    first: int = 1,
    seed: int = 1,
) -> dict[str, int]:
    """Write that many authorities, each with that many children known over six years; rows by table.

    Authorities are numbered from `first`: the same number is the same authority, whoever is beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    starts_on = add_months(as_at_on, -12 * YEARS)
    written = dict.fromkeys(standard_tables(), 0)
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", table.arrow))
            for name, table in standard_tables().items()
        }
        for number in range(first, first + authorities):
            block = Block(
                authority=f"A{number:03}",
                children=children,
                first=(starts_on - date(1970, 1, 1)).days,
                last=(as_at_on - date(1970, 1, 1)).days,
                random=np.random.default_rng([seed, number]),
            )
            for name, drawn in tables_of(block).items():
                rows = _stored(standard_tables()[name], block, drawn)
                writers[name].write_table(rows)
                written[name] += rows.num_rows
    return written


def tables_of(block: Block) -> dict[str, Drawn]:
    """Every table of one authority, as drawn columns."""
    episodes = episodes_of(block)
    found = {name: what_recurs(block, episodes, name) for name in EVERY}
    return {
        **found,
        **large_cases.tables_of(block, episodes, found["conferences"]),
        **large_services.tables_of(block, episodes),
    }


def _stored(table: Table, block: Block, drawn: Drawn) -> pa.Table:
    """The drawn columns as the standard stores them; what no journey says is drawn by its type."""
    number = len(next(iter(drawn.values())))
    columns: dict[str, pa.Array] = {"authority": pa.repeat(block.authority, number)}
    for column in table.columns:
        value = drawn.get(column.name)
        value = _by_type(column, block, number) if value is None else value
        columns[column.name] = _as(column.arrow, value)
        if column.type == "datetime":
            columns |= _companions(column.name, columns[column.name])
    columns["from_source"] = pa.repeat("local_extracts", number)
    columns["from_file"] = pa.repeat(table.file or table.name, number)
    columns["from_sheet"] = pa.nulls(number, COORDINATES["from_sheet"])
    columns["from_row"] = pa.array(np.arange(2, number + 2), pa.int64())
    return pa.table([columns[name] for name in table.arrow.names], schema=table.arrow)


def _companions(name: str, local: pa.Array) -> Mapping[str, pa.Array]:
    """A time is always given; the instant is in UTC, as if the clocks were never put forward."""
    return {f"{name}_is_timed": pc.is_valid(local), f"{name}_utc": local}


def _as(kind: pa.DataType, value: Days | pa.Array | np.ndarray) -> pa.Array:
    if isinstance(value, Days):
        if pa.types.is_timestamp(kind):
            micros = (value.day * 1440 + 540 + np.arange(len(value)) % 480) * 60_000_000
            return pa.array(micros, pa.int64(), mask=value.is_unknown).cast(kind)
        return pa.array(value.day.astype("int32"), pa.int32(), mask=value.is_unknown).cast(kind)
    array = value if isinstance(value, pa.Array) else pa.array(value)
    if pa.types.is_decimal(kind) and pa.types.is_integer(array.type):
        array = array.cast(pa.decimal128(23, 4))  # wide enough for any whole number
    return array if array.type == kind else array.cast(kind)


def _by_type(column: Column, block: Block, number: int) -> pa.Array:
    random = block.random
    unknown = None if column.required else random.random(number) < _NOT_SAID
    if column.type == "boolean":
        return pa.array(random.random(number) < _SELDOM.get(column.name, USUALLY), mask=unknown)
    if column.type == "code" and column.codes:
        codes = pa.array(list(code_labels(column.codes)))
        return codes.take(pa.array(random.integers(0, len(codes), number), mask=unknown))
    if column.type == "integer":
        return pa.array(random.integers(0, 4, number), pa.int64(), mask=unknown)
    if column.type == "decimal":
        return pa.array(random.integers(1, 60, number), pa.int64(), mask=unknown)
    return pa.nulls(number, column.arrow)
