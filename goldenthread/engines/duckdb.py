"""DuckDB: the embedded engine."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.engines.engine import Values

# More at a time would only take memory: statements wait for each other.
_AT_MOST = 4


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _shared_parts_named() -> Iterator[None]:
    """Compile so that what a statement reads twice is named in it, and worked out once.

    Ibis otherwise folds each selection into the one before it, and repeats what two of them share.
    """
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        yield
    finally:
        ibis.options.sql.fuse_selects = before


class DuckDB:
    """An engine in this process.

    Many small statements are its work, not one large one: each runs on one processor, and as many at
    a time as there are processors. That takes less time than to share each statement out, and a third
    less work.
    """

    dialect = "duckdb"

    def __init__(self, *, at_once: int | None = None):
        """Open it empty; `at_once` is how many statements may run at a time."""
        self._database = duckdb.connect(":memory:")
        self._own = threading.local()
        self._views: set[str] = set()
        self.at_once = at_once or min(os.cpu_count() or 1, _AT_MOST)
        # Time zones never enter: instants are stored in UTC. Order is asked for where it matters.
        self._run("SET preserve_insertion_order = false")
        self._run("SET threads = 1")

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread to the tables that all threads share."""
        if not hasattr(self._own, "connection"):
            self._own.connection = self._database.cursor()
            # As Ibis sets both, for whose SQL it is.
            self._own.connection.execute("SET TimeZone = 'UTC'")
            self._own.connection.execute("SET python_enable_replacements = false")
        return self._own.connection

    def _run(self, statement: str) -> None:
        self._connection.execute(statement)

    def bind_parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Let the name stand for the rows of these Parquet files."""
        files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        self.view(name, f"SELECT * FROM read_parquet([{files}])")  # noqa: S608, quoted

    def bind_rows(self, name: str, rows: pa.Table) -> None:
        """Let the name stand for a small table."""
        self._connection.register("handed_in", rows)
        self.keep(name, "SELECT * FROM handed_in")
        self._connection.unregister("handed_in")

    def keep(self, name: str, sql: str) -> None:
        """Work a statement out and keep its rows under the name, in the engine."""
        self._run(f"CREATE OR REPLACE TABLE {_quoted(name)} AS {sql}")

    def view(self, name: str, sql: str) -> None:
        """Let the name stand for a statement, worked out anew at each reading."""
        self._run(f"CREATE OR REPLACE VIEW {_quoted(name)} AS {sql}")
        self._views.add(name)

    def forget(self, name: str) -> None:
        """Let go of what a name stands for: nothing will read it any more."""
        kind = "VIEW" if name in self._views else "TABLE"
        self._run(f"DROP {kind} IF EXISTS {_quoted(name)}")
        self._views.discard(name)

    def read(self, sql: str) -> pa.Table:
        """Work a statement out and bring its rows here."""
        return self._connection.execute(sql).to_arrow_table()

    def sql(self, expression: ir.Table, values: Values) -> str:
        """The expression in DuckDB's SQL."""
        # Read when it is first asked for: a store that keeps its compiled definitions needs no compiler.
        from ibis.backends.sql.compilers import DuckDBCompiler
        from sqlglot import ErrorLevel

        compiler = DuckDBCompiler()
        parameters = {node.to_expr(): value for node, value in values.items()}
        with _shared_parts_named():
            query = compiler.to_sqlglot(expression, params=parameters)
        return query.sql(dialect=compiler.dialect, copy=False, unsupported_level=ErrorLevel.RAISE)

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()
        self._database.close()
