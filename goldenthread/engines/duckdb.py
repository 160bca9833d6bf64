"""DuckDB: the embedded engine."""

from collections.abc import Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from goldenthread.engines.engine import Values


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class DuckDB:
    """An engine in this process; with a folder it may spill there when memory runs out."""

    dialect = "duckdb"

    def __init__(
        self, *, threads: int | None = None, memory_limit: str | None = None, spill: Path | None = None
    ):
        """Open it empty."""
        self._ibis = ibis.duckdb.connect(":memory:")
        # Time zones never enter: instants are stored in UTC. Order is asked for where it matters.
        self._run("SET preserve_insertion_order = false")
        if threads:
            self._run(f"SET threads = {int(threads)}")
        if memory_limit:
            self._run(f"SET memory_limit = '{memory_limit}'")
        if spill:
            self._run(f"SET temp_directory = '{spill}'")

    def _run(self, statement: str) -> None:
        self._ibis.con.execute(statement)

    def bind_parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Let the name stand for the rows of these Parquet files."""
        files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        rows = f"read_parquet([{files}])"
        self._run(f"CREATE OR REPLACE VIEW {_quoted(name)} AS SELECT * FROM {rows}")  # noqa: S608, quoted

    def bind_rows(self, name: str, rows: pa.Table) -> None:
        """Let the name stand for a small table."""
        self._ibis.con.register("handed_in", rows)
        self._run(f"CREATE OR REPLACE TABLE {_quoted(name)} AS SELECT * FROM handed_in")  # noqa: S608, quoted
        self._ibis.con.unregister("handed_in")

    def keep(self, name: str, sql: str) -> None:
        """Work a statement out and keep its rows under the name, in the engine."""
        self._run(f"CREATE OR REPLACE TABLE {_quoted(name)} AS {sql}")

    def view(self, name: str, sql: str) -> None:
        """Let the name stand for a statement, worked out anew at each reading."""
        self._run(f"CREATE OR REPLACE VIEW {_quoted(name)} AS {sql}")

    def read(self, sql: str) -> pa.Table:
        """Work a statement out and bring its rows here."""
        return self._ibis.con.execute(sql).to_arrow_table()

    def sql(self, expression: ir.Table, values: Values) -> str:
        """The expression in DuckDB's SQL."""
        return str(
            self._ibis.compile(expression, params={node.to_expr(): value for node, value in values.items()})
        )

    def close(self) -> None:
        """Let go of everything."""
        self._ibis.disconnect()
