"""Engines: where definitions are worked out. The only place that names DuckDB or Spark."""

from goldenthread.engines.duckdb import DuckDB
from goldenthread.engines.engine import Engine

__all__ = ["DuckDB", "Engine"]
