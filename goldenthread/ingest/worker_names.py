"""Which worker is meant by a name of Annex A? (`posts.worker_name`)

Annex A names the allocated worker. A name that stands, exactly so, in one worker's posts is that
worker; any other name is its own id.
"""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import Extract
from goldenthread.standard.schema import standard_tables


def with_worker_ids(extract: Extract, posts: pa.Table | None) -> Extract:
    """The extract with worker ids in place of the names that posts.csv explains."""
    workers = _workers(posts)
    if not workers:
        return extract
    names, ids = pa.array(list(workers), pa.string()), pa.array(list(workers.values()), pa.string())
    tables = {
        name: _renamed(rows, names, ids) if name in standard_tables() else rows
        for name, rows in extract.tables.items()
    }
    return replace(extract, tables=tables, lines=_renamed(extract.lines, names, ids))


def _workers(posts: pa.Table | None) -> dict[str, str]:
    """The names that only one worker has."""
    if posts is None:
        return {}
    found: dict[str, set[str]] = {}
    for name, worker in zip(posts["worker_name"].to_pylist(), posts["worker_id"].to_pylist(), strict=True):
        if name and worker:
            found.setdefault(name, set()).add(worker)
    return {name: next(iter(workers)) for name, workers in found.items() if len(workers) == 1}


def _renamed(rows: pa.Table, names: pa.Array, ids: pa.Array) -> pa.Table:
    if "worker_id" not in rows.column_names:
        return rows
    written = rows["worker_id"]
    known = ids.take(pc.index_in(written, value_set=names).combine_chunks())
    at = rows.schema.get_field_index("worker_id")
    return rows.set_column(at, rows.schema.field(at), pc.coalesce(known, written))
