"""How many open findings lie on the columns that an indicator reads?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from goldenthread.indicators.catalogue import Definition

Column = tuple[str, str]  # table, column; a blank column stands for whole rows


@dataclass(frozen=True)
class OpenFindings:
    """Findings on what one indicator reads."""

    errors: int
    warnings: int

    @property
    def said(self) -> str:
        """In words: 12 errors, 3 warnings; none."""
        found = [(self.errors, "error"), (self.warnings, "warning")]
        words = [f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in found if count]
        return ", ".join(words) or "none"


def by_column(findings: pa.Table) -> dict[Column, Counter[str]]:
    """Findings counted by table and column, and by severity."""
    counted = findings.group_by(["table", "column", "severity"]).aggregate([([], "count_all")])
    found: dict[Column, Counter[str]] = {}
    for row in counted.to_pylist():
        if row["table"] is not None:
            key = row["table"], row["column"] or ""
            found.setdefault(key, Counter())[row["severity"]] += row["count_all"]
    return found


def open_findings(definition: Definition, found: Mapping[Column, Counter[str]]) -> OpenFindings:
    """Findings on the columns of the indicator's extracts, and errors that cost it whole rows."""
    columns = {
        (table, column)
        for route in definition.routes
        for _, table, column in (*route.required, *route.optional)
        if route.profile == "local_extracts"
    }
    total: Counter[str] = Counter()
    for column in columns:
        total += found.get(column, Counter())
    for table in {table for table, _ in columns}:
        total["error"] += found.get((table, ""), Counter())["error"]
    return OpenFindings(total["error"], total["warning"])
