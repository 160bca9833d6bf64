"""Which rows of a file have the same key, and which of them can be used? (R07)"""

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Severity
from goldenthread.ingest.local_extracts.rows import DUPLICATE, KEPT, QUARANTINED, FileRows, finding
from goldenthread.ingest.values import as_written
from goldenthread.standard.schema import COORDINATES

POLICIES = ("quarantine", "keep_last")


def settle_duplicates(file: FileRows, policy: str) -> None:
    """Mark the rows of `file` that share a key: equal ones as duplicates, others by the policy."""
    status: dict[int, str] = {}
    for group in _same_key(file):
        if len({row for _, row in group}) == 1:
            _keep_first(file, group, status)
        elif policy == "keep_last":
            _keep_last(file, group, status)
        else:
            _quarantine(file, group, status)
    file.mark(status)


Group = list[tuple[int, tuple[Any, ...]]]  # position and values of each row with one key


def _same_key(file: FileRows) -> list[Group]:
    """The rows R05 left that share a key with another, in file order, compared as they are stored."""
    key = list(file.table.key)
    kept = file.rows.append_column("_at", pa.array(range(file.rows.num_rows), pa.int64()))
    kept = kept.filter(pc.equal(file.status, KEPT))
    counts = kept.select(key).group_by(key).aggregate([([], "count_all")])
    shared = counts.filter(pc.greater(counts["count_all"], 1)).select(key)
    if not shared.num_rows:
        return []
    places = kept.select([*key, "_at"]).join(shared, key, join_type="left semi")["_at"]
    rows = file.rows.take(places.combine_chunks().sort())
    fields = [name for name in rows.schema.names if name not in COORDINATES and name != "authority"]
    columns = [_comparable(rows[name]) for name in fields]
    width = [fields.index(name) for name in key]
    groups: dict[tuple[Any, ...], Group] = defaultdict(list)
    for at, values in zip(sorted(places.to_pylist()), zip(*columns, strict=True), strict=True):
        groups[tuple(values[i] for i in width)].append((at, values))
    return list(groups.values())


def _comparable(column: pa.ChunkedArray) -> list[Any]:
    values = column.to_pylist()
    return [tuple(v) if v is not None else None for v in values] if pa.types.is_list(column.type) else values


def _keep_first(file: FileRows, group: Group, status: dict[int, str]) -> None:
    first = file.rows["from_row"][group[0][0]].as_py()
    for at, _ in group[1:]:
        status[at] = DUPLICATE
        _found(file, at, Severity.INFO, f"The row equals line {first}: one of them was kept.")


def _keep_last(file: FileRows, group: Group, status: dict[int, str]) -> None:
    last = file.rows["from_row"][group[-1][0]].as_py()
    for at, _ in group[:-1]:
        status[at] = DUPLICATE
        message = f"Line {last} has the same key and other values: it was kept in place of this row."
        _found(file, at, Severity.WARNING, message)


def _quarantine(file: FileRows, group: Group, status: dict[int, str]) -> None:
    lines = [file.rows["from_row"][at].as_py() for at, _ in group]
    for (at, _), line in zip(group, lines, strict=True):
        status[at] = QUARANTINED
        others = ", ".join(str(other) for other in lines[:6] if other != line)
        message = f"The row has the same key as line {others} and other values: all were quarantined."
        _found(file, at, Severity.ERROR, message)


def _found(file: FileRows, at: int, severity: Severity, message: str) -> None:
    key = [as_written(file.rows[name][at].as_py()) for name in file.table.key]
    child = file.rows["child_id"][at].as_py() if "child_id" in file.table.column else None
    line = file.rows["from_row"][at].as_py()
    found = finding(file.table, "R07", severity, message, row=line, value=" | ".join(key), child_id=child)
    file.findings.append(found)
