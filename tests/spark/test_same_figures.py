"""DuckDB and Spark agree: every figure of every indicator, on the same Parquet.

One invented authority whose dates sit on every limit is loaded once; Spark works each definition out
once. Runs where the extra for Spark and Java are there: `make test-spark`.
"""

from collections.abc import Iterator
from datetime import date

import pyarrow.parquet as pq
import pytest

from goldenthread.engines import DuckDB, Engine
from goldenthread.figures.serving import Loads
from goldenthread.figures.work_out import figures
from goldenthread.indicators.topics import indicator_parts
from goldenthread.periods import Period
from goldenthread.records import with_records
from goldenthread.settings import Settings
from goldenthread.store import Store
from tests.oracle import random_records
from tests.oracle.compare import library_load, library_records
from tests.oracle.random_authority import write

pytest.importorskip("pyspark", reason="the extra for Spark is not installed: run `make test-spark`")

AS_AT = date(2017, 12, 31)
PERIODS = [
    Period(date(2017, 10, 1), date(2017, 10, 31), date(2017, 10, 31)),
    Period(date(2016, 1, 1), AS_AT, date(2018, 3, 31)),
]
# Small data in many statements: making fast code for each takes longer than running it slowly.
SMALL = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Loads:
    folder = tmp_path_factory.mktemp("authority")
    write(folder / "in", seed=3, as_at=AS_AT)
    library_load(folder / "in", folder / "store", AS_AT)
    loads = Store.open(folder / "store")
    current = loads.current()
    assert current is not None
    children = pq.read_table(current.table_path("children"))["child_id"].to_pylist()
    random_records.write(folder / "drawn", seed=3, as_at=AS_AT, children=children)
    library_records(folder / "drawn", folder / "records", current.authority)
    return with_records(loads, folder / "records")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    from goldenthread.engines.spark import Spark, local_session

    session = local_session(SMALL)
    engine = Spark(session, tmp_path_factory.mktemp("kept"))
    yield engine
    engine.close()
    session.stop()


def lines(store: Loads, by: tuple[str, ...], engine: object) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {
        (f.ref, f.part, tuple(f.breakdown.items()), f.period.starts_on): (
            f.numerator,
            f.denominator,
            f.unknown,
            f.value,
            f.status,
            f.note,
        )
        for f in figures(store, PERIODS, Settings(), by=by, engine=engine)
    }


@pytest.mark.filterwarnings("ignore")  # of Spark's own libraries
@pytest.mark.parametrize("by", [(), ("team",)], ids=["authority", "team"])
def test_every_figure_is_the_same_on_spark(store: Loads, spark: Engine, by: tuple[str, ...]) -> None:
    ours = lines(store, by, DuckDB)
    theirs = lines(store, by, lambda: spark)
    assert {key[0] for key in ours} >= {ref for ref in indicator_parts() if not by} - {"DQ-04"}
    differing = [
        f"{key}: DuckDB {ours.get(key)}, Spark {theirs.get(key)}"
        for key in sorted({*ours, *theirs}, key=str)
        if ours.get(key) != theirs.get(key)
    ]
    assert not differing, f"{len(differing)} of {len(ours)} differ:\n" + "\n".join(differing[:20])
