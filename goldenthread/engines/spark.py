"""Spark: the engine for more than one machine can hold, with the same definitions."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.sql.compilers import PySparkCompiler
from ibis.config import Config, options

from goldenthread.engines.engine import Values

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession  # pyright: ignore[reportMissingImports]

_COMPILER = PySparkCompiler()

# What makes Spark read a definition as DuckDB does. Instants are stored in UTC without a zone, and
# an impossible sum is an error there too, never a null.
MEANING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
}

# A session of our own is for one machine: few partitions, and no web page of its progress.
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.catalogImplementation": "in-memory",
}


class _Reading(Config):
    """What the compiler asks of Ibis's own Spark backend, which is never opened here."""

    treat_nan_as_null: bool = False


def spark_sql(expression: ir.Table, values: Values) -> str:
    """The expression in Spark's SQL; needs neither Spark nor Java."""
    if options.pyspark is None:
        options.pyspark = _Reading()
    parameters = {node.to_expr(): value for node, value in values.items()}
    return _COMPILER.to_sqlglot(expression, params=parameters).sql(dialect=_COMPILER.dialect)


def local_session(options: Mapping[str, str] | None = None) -> "SparkSession":
    """A session on this machine; needs the extra `spark` and Java."""
    from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]

    builder = SparkSession.builder.master("local[2]").appName("goldenthread")
    for name, value in {**_LOCAL, **MEANING, **(options or {})}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Spark:
    """An engine over a Spark session; what it keeps lies as Parquet in a folder all its workers reach.

    Kept rows are written, not cached: a plan over a hundred cached plans takes longer to make than
    the rows take to write.
    """

    dialect = "pyspark"
    at_once = 1  # a session spreads each statement over its workers by itself

    def __init__(self, session: "SparkSession | None" = None, folder: Path | None = None):
        """Open it empty: over a session given or a local one, keeping in a folder or a temporary one."""
        self._session = (session or local_session()).newSession()
        for name, value in MEANING.items():
            self._session.conf.set(name, value)
        self._folder = Path(tempfile.mkdtemp(prefix="goldenthread-", dir=folder))

    def _place(self, name: str) -> Path:
        # A name may be bound again while a view still reads what was there: each has its own place.
        return Path(tempfile.mkdtemp(prefix=quote(name, safe="") + "-", dir=self._folder)) / "rows.parquet"

    def _view(self, name: str, rows: "DataFrame") -> None:
        rows.createOrReplaceTempView(f"`{name}`")

    def bind_parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Let the name stand for the rows of these Parquet files."""
        self._view(name, self._session.read.parquet(*[str(path) for path in paths]))

    def bind_rows(self, name: str, rows: pa.Table) -> None:
        """Let the name stand for a small table."""
        path = self._place(name)
        pq.write_table(rows, path)
        self.bind_parquet(name, [path])

    def keep(self, name: str, sql: str) -> None:
        """Work a statement out and keep its rows under the name, as Parquet."""
        rows, path = self._session.sql(sql), self._place(name)
        rows.write.parquet(str(path))
        self._view(name, self._session.read.schema(rows.schema).parquet(str(path)))

    def view(self, name: str, sql: str) -> None:
        """Let the name stand for a statement, worked out anew at each reading."""
        self._view(name, self._session.sql(sql))

    def forget(self, name: str) -> None:
        """Let the name stand for nothing any more; what was kept goes with the folder."""
        self._session.catalog.dropTempView(name)

    def read(self, sql: str) -> pa.Table:
        """Work a statement out and bring its rows here."""
        return self._session.sql(sql).toArrow()

    def sql(self, expression: ir.Table, values: Values) -> str:
        """The expression in Spark's SQL."""
        return spark_sql(expression, values)

    def close(self) -> None:
        """Let go of everything that was kept; the session stays with whoever started it."""
        shutil.rmtree(self._folder, ignore_errors=True)
