"""The child-level data standard: which tables and columns there are, and what each one means."""

from goldenthread.standard.schema import (
    COORDINATES,
    Column,
    Table,
    code_labels,
    code_years,
    native_tables,
    recorded_tables,
    standard_tables,
    table,
)

__all__ = [
    "COORDINATES",
    "Column",
    "Table",
    "code_labels",
    "code_years",
    "native_tables",
    "recorded_tables",
    "standard_tables",
    "table",
]
