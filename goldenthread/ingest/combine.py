"""Which source wins where two of them speak of the same thing on the same day?

Sources are combined only when their as-at dates are equal. Order: local extracts, CIN census,
SSDA903, Annex A; table by table, and kind by kind for tables with a kind column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from goldenthread.ingest.extract import LINES_SCHEMA, Extract, FileRead, Finding, Supply

ORDER = ("local_extracts", "cin_census", "ssda903", "annex_a", "workforce_census")


@dataclass(frozen=True, kw_only=True)
class CombinedSupply:
    """What all sources together supplied for one table, and which source filled each part of it."""

    sources: tuple[str, ...]  # whose rows the table holds, highest first
    columns: frozenset[str]
    kinds: frozenset[str] = frozenset()
    starts_on: date | None = None
    covers_from_on: date | None = None
    rows: int = 0
    filled_by: dict[str, str] = field(default_factory=dict)  # column -> source
    kinds_from: dict[str, str] = field(default_factory=dict)  # kind -> source
    by_source: dict[str, Supply] = field(default_factory=dict)  # what each source itself supplied


@dataclass(kw_only=True)
class Snapshot:
    """Everything known as at one day: what a load writes into the store."""

    as_at_on: date
    authority: str
    tables: dict[str, pa.Table] = field(default_factory=dict)
    set_aside: dict[str, pa.Table] = field(default_factory=dict)
    supply: dict[str, CombinedSupply] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lines: pa.Table = field(default_factory=lambda: LINES_SCHEMA.empty_table())
    files: dict[str, list[FileRead]] = field(default_factory=dict)  # by source
    mapping: list[dict[str, object]] = field(default_factory=list)


def combine(extracts: Sequence[Extract]) -> Snapshot:
    """One snapshot of the sources read, all of them as at the same day."""
    extracts = sorted(extracts, key=lambda extract: ORDER.index(extract.source))
    first = extracts[0]
    snapshot = Snapshot(
        as_at_on=first.as_at_on,
        authority=next((e.authority for e in extracts if e.authority), ""),
        lines=pa.concat_tables([extract.lines for extract in extracts]),
    )
    for extract in extracts:
        snapshot.findings += extract.findings
        snapshot.files.setdefault(extract.source, []).extend(extract.files)
        snapshot.mapping += extract.mapping
        snapshot.set_aside |= extract.set_aside
        for name, rows in extract.tables.items():
            if name in snapshot.tables:
                continue
            supply = extract.supply[name]
            snapshot.tables[name] = rows
            snapshot.supply[name] = CombinedSupply(
                sources=(extract.source,), columns=supply.columns, kinds=supply.kinds,
                starts_on=supply.starts_on,
                covers_from_on=supply.covers_from_on, rows=rows.num_rows,
                filled_by=dict.fromkeys(sorted(supply.columns), extract.source),
                kinds_from=dict.fromkeys(sorted(supply.kinds), extract.source),
                by_source={extract.source: supply},
            )  # fmt: skip
    return snapshot
