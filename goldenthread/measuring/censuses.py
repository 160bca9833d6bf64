"""The reading of a census that is measured."""

from pathlib import Path
from typing import Any

from goldenthread.ingest.cin_census import read


def whole(path: str) -> dict[str, Any]:
    """Every record, checked and mapped to the standard tables."""
    found = read(Path(path))
    return {
        "rows": sum(rows.num_rows for rows in found.tables.values()),
        "lines": found.tables["children"].num_rows,
    }
