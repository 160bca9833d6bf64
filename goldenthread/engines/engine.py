"""What an engine does: bind Parquet and small tables to names, keep results, read pages."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

Values = Mapping[ops.Node, Any]  # the value of each scalar parameter of an expression


class Engine(Protocol):
    """A place where Ibis expressions over named tables are worked out, as SQL of its own."""

    @property
    def dialect(self) -> str:
        """Whose SQL it is."""
        ...

    @property
    def at_once(self) -> int:
        """How many statements it may be given at a time, each from a thread of its own."""
        ...

    def bind_parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Let the name stand for the rows of these Parquet files."""
        ...

    def bind_rows(self, name: str, rows: pa.Table) -> None:
        """Let the name stand for a small table."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Work a statement out and keep its rows under the name, in the engine."""
        ...

    def view(self, name: str, sql: str) -> None:
        """Let the name stand for a statement, worked out anew at each reading."""
        ...

    def forget(self, name: str) -> None:
        """Let go of what a name stands for: nothing will read it any more."""
        ...

    def read(self, sql: str) -> pa.Table:
        """Work a statement out and bring its rows here."""
        ...

    def sql(self, expression: ir.Table, values: Values) -> str:
        """The expression in the engine's SQL."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...
