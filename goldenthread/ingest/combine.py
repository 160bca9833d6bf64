"""Which source wins where two of them speak of the same thing on the same day?

Sources are combined only when their as-at dates are equal. Order: local extracts, CIN census,
SSDA903, Annex A; table by table, and kind by kind for tables with a kind column. Children are
merged field by field. A local column that was not supplied is filled from the rows that match.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from goldenthread.ingest.conflicts import differences, sides
from goldenthread.ingest.extract import LINES_SCHEMA, Extract, FileRead, Finding, Refused
from goldenthread.ingest.merging import (
    CombinedSupply,
    as_delivered,
    blank_lost_links,
    fill_columns,
    merged,
)
from goldenthread.ingest.precedence import ANNEX_A, LOCAL, PRECEDENCE, can_match
from goldenthread.ingest.worker_names import with_worker_ids
from goldenthread.standard.schema import Table, standard_tables

__all__ = ["CombinedSupply", "Snapshot", "combine"]


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

    def name_authority(self, authority: str) -> None:
        """Say in every row whose data this is, whatever each file said of it."""
        self.authority = authority
        for named in (self.tables, self.set_aside):
            for name, rows in named.items():
                at = rows.schema.get_field_index("authority")
                column = pa.repeat(pa.scalar(authority), rows.num_rows)
                named[name] = rows.set_column(at, rows.schema.field(at), column)


def combine(extracts: Sequence[Extract]) -> Snapshot:
    """One snapshot of the sources read, all of them as at the same day."""
    ordered = sorted(extracts, key=lambda extract: PRECEDENCE.order.index(extract.source))
    _refuse_mixture(ordered)
    ordered = _with_worker_ids(ordered)
    snapshot = _joined(ordered)
    tables, supply, standard = snapshot.tables, snapshot.supply, standard_tables()
    for name in dict.fromkeys(name for extract in ordered for name in extract.tables):
        having = [extract for extract in ordered if name in extract.tables]
        if name in standard:
            tables[name], supply[name] = merged(standard[name], having)
            snapshot.findings += _differences(standard[name], having)
        else:
            tables[name], supply[name] = as_delivered(name, having)
    fill_columns(tables, supply, ordered, snapshot.as_at_on)
    blank_lost_links(tables, supply)
    snapshot.name_authority(snapshot.authority)
    return snapshot


def _differences(table: Table, having: Sequence[Extract]) -> list[Finding]:
    """What lower sources say otherwise than the highest, of the kinds that it supplies."""
    if not can_match(table):
        return []
    return [found for lower in having[1:] for found in differences(sides(table, having[0], lower))]


def _refuse_mixture(extracts: Sequence[Extract]) -> None:
    if len({extract.as_at_on for extract in extracts}) != 1:
        raise ValueError("only extracts of one as-at date are combined")
    sources = [extract.source for extract in extracts]
    for source in sources:
        if sources.count(source) > 1:
            raise Refused(
                f"Two deliveries of {source} are as at {extracts[0].as_at_on}: load the one that is right."
            )
    stated = sorted({extract.authority for extract in extracts if extract.authority})
    if len(stated) > 1:
        raise Refused(
            f"The files are of different authorities ({', '.join(stated)}): load one council's files."
        )


def _with_worker_ids(extracts: Sequence[Extract]) -> list[Extract]:
    posts = next((e.tables["posts"] for e in extracts if e.source == LOCAL and "posts" in e.tables), None)
    return [with_worker_ids(e, posts) if e.source == ANNEX_A else e for e in extracts]


def _joined(extracts: Sequence[Extract]) -> Snapshot:
    """What is simply put together: findings, lines, files, mapping and rows set aside."""
    snapshot = Snapshot(
        as_at_on=extracts[0].as_at_on,
        authority=next((extract.authority for extract in extracts if extract.authority), ""),
        lines=pa.concat_tables([extract.lines for extract in extracts]),
    )
    for extract in extracts:
        snapshot.findings += extract.findings
        snapshot.files[extract.source] = list(extract.files)
        snapshot.mapping += extract.mapping
        for name, rows in extract.set_aside.items():
            others = [snapshot.set_aside[name]] if name in snapshot.set_aside else []
            snapshot.set_aside[name] = pa.concat_tables([*others, rows])
    return snapshot
