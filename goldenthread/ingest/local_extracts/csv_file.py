"""What does one CSV file hold: which lines can be used, and what is wrong with the others?

Rules R02 to R06: layout, header, values, and the quarantine of rows whose required or key columns
hold no value that can be read. The file is read as a stream, in batches that become Arrow columns.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.columns import ColumnReader, Values
from goldenthread.ingest.extract import Finding, Refused, Severity
from goldenthread.ingest.local_extracts.delivery import Delivered
from goldenthread.ingest.local_extracts.rows import KEPT, QUARANTINED, SOURCE, FileRows, finding
from goldenthread.ingest.local_extracts.rules import RULES
from goldenthread.standard.schema import Table

MOST_ROWS = 1_000_000
_BATCH = 20_000


class Rejected(Exception):
    """A file that counts as not supplied, and the rule that says so."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def read_file(file: Delivered, table: Table, authority: str) -> FileRows:
    """The rows of one local extract; Rejected where its header cannot be used (R03)."""
    with file.open() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        header, findings = _header(reader, table)
        return _Reading(file, table, authority, header, findings).all(reader)


def _header(reader: Iterator[list[str]], table: Table) -> tuple[list[str], list[Finding]]:
    try:
        names = [name.strip().lower() for name in next(reader)]
    except StopIteration:
        raise Rejected("R03", "The file is empty: its first line must be the header.") from None
    except csv.Error as problem:
        raise Rejected("R03", f"The header cannot be read ({problem}).") from None
    named = [name for name in names if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise Rejected("R03", f"The header names {', '.join(twice)} twice: name each column once.")
    missing = [c.name for c in table.columns if c.name in table.required and c.name not in names]
    if missing:
        raise Rejected("R03", f"The header lacks the required column {', '.join(missing)}: add it.")
    unknown = [name or "(no name)" for name in names if name not in table.column]
    if not unknown:
        return names, []
    message = f"Not a column of {table.file}, so not read or stored: {', '.join(unknown)[:400]}."
    return names, [finding(table, "R03", Severity.INFO, message, row=1, value=", ".join(unknown))]


@dataclass
class _Reading:
    """One file while it is read."""

    file: Delivered
    table: Table
    authority: str
    header: list[str]
    findings: list[Finding]
    batches: list[pa.Table] = field(default_factory=list)
    statuses: list[pa.Array] = field(default_factory=list)
    unreadable: dict[str, set[int]] = field(default_factory=dict)

    def all(self, reader: Iterator[list[str]]) -> FileRows:
        readers = {
            name: ColumnReader(self.table.column[name], RULES.limits.get(f"{self.table.name}.{name}"))
            for name in self.header
            if name in self.table.column
        }
        records = _records(reader)
        count = 0
        while batch := list(islice(records, _BATCH)):
            count += len(batch)
            if count > MOST_ROWS:
                raise Refused(
                    f"{self.file.place} has over {MOST_ROWS:,} rows, more than a load takes: "
                    "deliver a shorter history."
                )
            self._batch(batch, readers)
        schema = self.table.arrow
        return FileRows(
            table=self.table,
            columns=frozenset(readers),
            rows=pa.concat_tables(self.batches) if self.batches else schema.empty_table(),
            status=pa.chunked_array(self.statuses, pa.string()),
            findings=self.findings,
            unreadable=self.unreadable,
            months=frozenset(name for name, column in readers.items() if column.gives_months),
        )

    def _batch(self, batch: list[tuple[int, list[str], str]], readers: dict[str, ColumnReader]) -> None:
        lines = pa.array([line for line, _, _ in batch], pa.int64())
        misshapen = self._misshapen(batch)
        blank = [""] * len(self.header)
        texts = [blank if at in misshapen else fields for at, (_, fields, _) in enumerate(batch)]
        fields: dict[str, pa.Array] = {}
        values: dict[str, Values] = {}
        for name, column_texts in zip(self.header, zip(*texts, strict=True), strict=True):
            if name in readers:
                values[name] = readers[name].read(pa.array(column_texts, pa.string()))
                fields |= values[name].fields
        quarantined = set(misshapen)
        for name, column in values.items():
            self._altered(name, column, lines, fields)
            quarantined |= self._unusable(name, column, lines, fields, misshapen)
        self.batches.append(self._standard(fields, lines))
        status = [KEPT] * len(batch)
        for at in quarantined:
            status[at] = QUARANTINED
        self.statuses.append(pa.array(status, pa.string()))

    def _misshapen(self, batch: list[tuple[int, list[str], str]]) -> set[int]:
        width = len(self.header)
        found = {at for at, (_, fields, problem) in enumerate(batch) if problem or len(fields) != width}
        for at in sorted(found):
            line, fields, problem = batch[at]
            message = problem or (
                f"The row has {len(fields)} fields and the header {width}: look for a missing quotation mark "
                "or an extra comma. The row was quarantined."
            )
            # What stood there is not repeated: it may hold what no column of ours may hold (R14).
            self.findings.append(finding(self.table, "R02", Severity.ERROR, message, row=line))
        return found

    def _altered(self, name: str, column: Values, lines: pa.Array, fields: dict[str, pa.Array]) -> None:
        for at, text, what in column.altered:
            line, child = lines[at].as_py(), _child(fields, at)
            self._report("R04", Severity.WARNING, f"{name} {what}.", line, name, text, child)

    def _report(
        self,
        rule: str,
        severity: Severity,
        message: str,
        line: int,
        column: str,
        value: str | None,
        child_id: str | None,
    ) -> None:
        self.findings.append(
            finding(
                self.table, rule, severity, message, row=line, column=column, value=value, child_id=child_id
            )
        )

    def _unusable(
        self, name: str, column: Values, lines: pa.Array, fields: dict[str, pa.Array], misshapen: set[int]
    ) -> set[int]:
        """Findings for the cells of a column that cannot be used; gives back the rows to quarantine."""
        needed = name in self.table.required
        problems = {at: (text, why) for at, text, why in column.unreadable}
        if needed and column.fields[name].null_count:
            for at in pc.indices_nonzero(column.fields[name].is_null()).to_pylist():
                problems.setdefault(at, (None, "is blank"))
        consequence = "the row was quarantined" if needed else "it was read as blank"
        quarantine: set[int] = set()
        for at, (text, why) in problems.items():
            if at in misshapen and text is None:
                continue  # the row has no such cell: R02 has said so
            line = lines[at].as_py()
            message = f"{name} {why}: {consequence}."
            self._report("R05", Severity.ERROR, message, line, name, text, _child(fields, at))
            if needed:
                quarantine.add(at)
            else:
                self.unreadable.setdefault(name, set()).add(line)
        return quarantine

    def _standard(self, fields: dict[str, pa.Array], lines: pa.Array) -> pa.Table:
        count = len(lines)
        constant = {
            "authority": self.authority,
            "from_source": SOURCE,
            "from_file": self.file.name,
            "from_sheet": None,
        }
        fields = fields | {"from_row": lines}
        arrays = [
            fields[entry.name]
            if entry.name in fields
            else pa.repeat(pa.scalar(constant.get(entry.name), entry.type), count)
            for entry in self.table.arrow
        ]
        return pa.Table.from_arrays(arrays, schema=self.table.arrow)


def _child(fields: dict[str, pa.Array], at: int) -> str | None:
    return fields["child_id"][at].as_py() if "child_id" in fields else None


def _records(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str], str]]:
    """Each record with the line on which it starts, and why it cannot be taken apart, if so."""
    line = reader.line_num  # type: ignore[attr-defined]
    while True:
        try:
            fields, problem = next(reader), ""
        except StopIteration:
            return
        except csv.Error as trouble:
            ends = reader.line_num  # type: ignore[attr-defined]
            fields, problem = [], _quoting(trouble, line + 1, ends)
        if fields or problem:
            yield line + 1, fields, problem
        line = reader.line_num  # type: ignore[attr-defined]


def _quoting(trouble: csv.Error, starts: int, ends: int) -> str:
    lines = f"line {starts}" if ends <= starts else f"lines {starts} to {ends}"
    return f"The quotation marks of {lines} do not pair up ({trouble}): the row was quarantined."
