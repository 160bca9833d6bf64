"""Of rows that are open on one day, the one that comes first: by stretches of days as by each day alone."""

from datetime import date, timedelta
from itertools import product

import ibis
import pyarrow as pa
import pytest

from goldenthread.engines import DuckDB
from goldenthread.populations.moments import foremost, foremost_at, latest_started

DAYS = [date(2024, 2, 27) + timedelta(n) for n in range(6)]
# Every row there can be in these days: open to the end, for some days, for none, or ended before it began.
EVERY = list(product(DAYS[:4], [None, *DAYS]))
ROWS = {
    "authority": pa.string(),
    "child_id": pa.string(),
    "plan": pa.string(),
    "started_on": pa.date32(),
    "ended_on": pa.date32(),
}
MOMENTS = {
    "period": pa.int64(),
    "starts_on": pa.date32(),
    "ends_on": pa.date32(),
    "ends_on_working_day": pa.int64(),
}


@pytest.fixture(scope="module")
def pairs():
    """A child for every two rows that there can be together."""
    return {
        f"c{number}": {"a": one, "b": other} for number, (one, other) in enumerate(product(EVERY, repeat=2))
    }


@pytest.fixture(scope="module")
def found(pairs):
    """Which row is found for each child on each day, and when the first of those then open began."""
    rows = [
        {"authority": "A", "child_id": child, "plan": plan, "started_on": started, "ended_on": ended}
        for child, both in pairs.items()
        for plan, (started, ended) in both.items()
    ]
    moments = [
        {"period": n, "starts_on": day, "ends_on": day, "ends_on_working_day": n}
        for n, day in enumerate(DAYS)
    ]
    tables = {
        "rows_of_children": pa.Table.from_pylist(rows, schema=pa.schema(ROWS)),
        "moments": pa.Table.from_pylist(moments, schema=pa.schema(MOMENTS)),
    }
    of, at = (ibis.table(ibis.Schema.from_pyarrow(held.schema), name=name) for name, held in tables.items())
    engine = DuckDB()
    for name, held in tables.items():
        engine.bind_rows(name, held)
    answer = engine.read(
        engine.sql(foremost_at(foremost(of, order=latest_started("plan")), at), {})
    ).to_pylist()
    engine.close()
    by_place = {(row["child_id"], row["ends_on"]): (row["plan"], row["first_started_on"]) for row in answer}
    assert len(by_place) == len(answer)  # of no child more than one row
    return by_place


def test_the_latest_started_of_the_open_rows_is_found_on_every_day(pairs, found):
    expected = {}
    for child, day in product(pairs, DAYS):
        is_open = {
            (started, plan)
            for plan, (started, ended) in pairs[child].items()
            if started <= day and (ended is None or ended > day)
        }
        if is_open:
            expected[child, day] = (max(is_open)[1], min(is_open)[0])
    assert len(expected) > 1000
    assert found == expected
