"""The lines of one local extract: which are used, which are not, and what was found on them."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Finding, Severity
from goldenthread.ingest.values import as_written
from goldenthread.standard.schema import Table

SOURCE = "local_extracts"
KEPT, QUARANTINED, DUPLICATE = "kept", "quarantined", "duplicate"


def finding(
    table: Table,
    rule: str,
    severity: Severity,
    message: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
    child_id: str | None = None,
) -> Finding:
    """A finding about the file of that table, or about one line or cell of it."""
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        source=SOURCE,
        file=table.file or "",
        row=row,
        table=table.name,
        column=column,
        value=None if value is None else as_written(value)[:200],
        child_id=child_id,
    )


@dataclass(kw_only=True)
class FileRows:
    """Every line of a file after its header, in order, as far as it could be read."""

    table: Table
    columns: frozenset[str]  # columns supplied
    rows: pa.Table  # with the schema of the table; unreadable values are null
    status: pa.ChunkedArray  # of each row: kept, quarantined or duplicate
    findings: list[Finding] = field(default_factory=list)
    # Lines on which an optional column held something that could not be read.
    unreadable: dict[str, set[int]] = field(default_factory=dict)
    months: frozenset[str] = frozenset()  # columns that give months where days are possible
    _kept: pa.Table | None = None

    @property
    def kept(self) -> pa.Table:
        """The rows that can be used."""
        if self._kept is None:
            used = pc.equal(self.status, KEPT)
            self._kept = self.rows if pc.all(used).as_py() else self.rows.filter(used)
        return self._kept

    @property
    def set_aside(self) -> pa.Table:
        """The rows that are not used: quarantined, or equal to one that is kept."""
        return self.rows.filter(pc.not_equal(self.status, KEPT))

    def mark(self, status: dict[int, str]) -> None:
        """Give the rows at these positions another status."""
        if status:
            marks = self.status.to_pylist()
            for at, mark in status.items():
                marks[at] = mark
            self.status, self._kept = pa.chunked_array([marks], pa.string()), None

    def blank(self, column: str, lines: pa.ChunkedArray) -> None:
        """Empty one text column on these lines."""
        if len(lines):
            lost = pc.is_in(self.rows["from_row"], value_set=lines.combine_chunks())
            values = pc.if_else(lost, pa.scalar(None, pa.string()), self.rows[column])
            self.rows = self.rows.set_column(self.rows.schema.get_field_index(column), column, values)
            self._kept = None

    def report(
        self, rule: str, severity: Severity, column: str, what: str, rows: pa.Table, wrong: pa.ChunkedArray
    ) -> None:
        """One finding about `column` for each of `rows` that is marked wrong."""
        rows = rows.filter(wrong)
        if not rows.num_rows:
            return
        has_child = "child_id" in self.table.column
        children = rows["child_id"].to_pylist() if has_child else [None] * rows.num_rows
        cells = zip(rows["from_row"].to_pylist(), rows[column].to_pylist(), children, strict=True)
        message = f"{column} {what}."
        self.findings += [
            finding(self.table, rule, severity, message, row=line, column=column, value=value, child_id=child)
            for line, value, child in cells
        ]
