"""What every reader gives back: the rows it could use, what it supplied, and what it found wrong.

A reader never decides about the store and never loses anything in silence: a value it cannot read
is null in its table and a `Finding`; a row it cannot use is a `Finding` and a quarantined line of
`lines`; a file it cannot trust raises `Refused`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pyarrow as pa


class Refused(Exception):
    """A file that cannot be trusted: one sentence that says what, where and what to do."""


class Severity(StrEnum):
    """How bad a finding is: an error fails the row in DQ-01; a warning or info does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True, slots=True)  # slots: a file can have a million of them
class Finding:
    """One thing wrong in one place. `value` is what stood there, cut to 200 characters."""

    rule: str  # R01 to R16, X01 to X17, or the code of a rule of ours
    severity: Severity
    message: str  # what is wrong, in one sentence
    source: str  # local_extracts, cin_census, ssda903, annex_a, workforce_census
    file: str
    sheet: str | None = None
    row: int | None = None
    table: str | None = None
    column: str | None = None
    value: str | None = None
    child_id: str | None = None
    team: str | None = None  # as the row itself says
    worker_id: str | None = None
    details: str | None = None  # what else a worker needs to find and mend it


FINDINGS_SCHEMA = pa.schema(
    [
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("source", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("table", pa.string()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("child_id", pa.string()),
        ("team", pa.string()),
        ("worker_id", pa.string()),
        ("details", pa.string()),
    ]
)

# Every line read after the header of every file that was not rejected: the population of DQ-01.
LINES_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("table", pa.string()),  # the standard or native table of the file
        ("status", pa.string()),  # kept, quarantined, duplicate (an equal line was kept)
        ("child_id", pa.string()),
        ("team", pa.string()),
        ("worker_id", pa.string()),
    ]
)


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What a source supplied for one table. Not supplied is not zero (rule R12)."""

    source: str
    columns: frozenset[str]  # columns supplied, also where every value is blank
    kinds: frozenset[str] = frozenset()  # codes of the kind column with a row, or declared
    starts_on: date | None = None  # covers_from_on, else the earliest date of the event column
    covers_from_on: date | None = None  # as the manifest states it
    # Since when a return of a year or of six months holds every such record; a local extract holds all
    # that a comparison needs (R11).
    complete_since_on: date | None = None
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class FileRead:
    """One file as it was delivered."""

    name: str
    sha256: str
    bytes: int
    rows: int  # lines or records read, those not used included
    status: str  # read, rejected, ignored
    message: str = ""  # why it was rejected or ignored
    table: str | None = None


@dataclass(kw_only=True)
class Extract:
    """One source, read: standard tables, the tables as delivered, and everything found on the way.

    `tables` holds Arrow tables with the schema `standard.table(name).arrow`; names of standard
    tables and of native tables both. A table that is absent was not supplied.
    """

    source: str
    as_at_on: date
    authority: str
    tables: dict[str, pa.Table] = field(default_factory=dict)
    # Rows read but not used (quarantined, or equal to one that is kept), as far as they could be read.
    set_aside: dict[str, pa.Table] = field(default_factory=dict)
    supply: dict[str, Supply] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lines: pa.Table = field(default_factory=lambda: LINES_SCHEMA.empty_table())
    files: list[FileRead] = field(default_factory=list)
    mapping: list[dict[str, object]] = field(default_factory=list)  # what was matched to what, and why


def findings_table(findings: list[Finding]) -> pa.Table:
    """The findings as an Arrow table with `FINDINGS_SCHEMA`."""
    columns = {
        name: [getattr(f, name) if name != "value" else (f.value or None) for f in findings]
        for name in FINDINGS_SCHEMA.names
    }
    columns["severity"] = [str(f.severity) for f in findings]
    return pa.table(columns, schema=FINDINGS_SCHEMA)
