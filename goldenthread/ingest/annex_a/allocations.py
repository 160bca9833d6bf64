"""Who holds each child now, by the lists that name a worker?

Annex A does not say since when. Where several lists name the same worker and team for a child in the
same role there is one allocation; where they differ each is a row. A case that is over keeps the
worker who held it, up to the day it ended.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.annex_a.lists import ListRead
from goldenthread.ingest.annex_a.makes import in_form_of, make_data, row_ids
from goldenthread.ingest.annex_a.row_findings import SOURCE
from goldenthread.ingest.extract import Supply
from goldenthread.standard import COORDINATES, table

_TEAM, _LEAD = "allocated_team", "allocated_worker"
_SAME = ("child_id", "role", "team", "worker_id", "ended_on")


def make_allocations(lists: dict[int, ListRead]) -> tuple[pa.Table | None, Supply | None]:
    """The allocations of all lists that name workers, and what was supplied about them."""
    made: list[pa.Table] = []
    columns: set[str] = set()
    for make in make_data("allocations"):
        read = lists.get(make["list"])
        if read is None or not {make["worker"], _TEAM} & read.columns:
            continue
        sources = {"worker_id": make["worker"], "team": _TEAM, "ended_on": make.get("ended")}
        columns |= {"allocation_id", "child_id", "role"}
        columns |= {name for name, source in sources.items() if source in read.columns}
        made.append(_rows(read, make))
    if not made:
        return None, None
    rows = _once(pa.concat_tables(made))
    return rows, Supply(source=SOURCE, columns=frozenset(columns), rows=len(rows))


def _rows(read: ListRead, make: dict[str, Any]) -> pa.Table:
    """An allocation for each row that names a worker, or at least the team that leads."""
    leads, role, lines = make["worker"] == _LEAD, _role(read, make), read.table
    named = pc.is_valid(lines[make["worker"]])
    lines = lines.filter(pc.or_(named, pc.is_valid(lines[_TEAM])) if leads else named)
    found: dict[str, Any] = {
        "authority": lines["authority"],
        "allocation_id": row_ids(read.number, lines["from_row"], "" if leads else role),
        "child_id": lines["child_id"],
        "worker_id": lines[make["worker"]],
        "team": lines[_TEAM],
        "role": pa.scalar(role),
        **{name: lines[name] for name in COORDINATES},
    }
    if "ended" in make:
        found["ended_on"] = lines[make["ended"]]
    return in_form_of(table("allocations"), found, len(lines))


def _role(read: ListRead, make: dict[str, Any]) -> str:
    """The role of the worker a list names, which may hang on whether it names another beside."""
    other = make.get("role_if_no_other")
    return other["role"] if other and other["column"] not in read.columns else make["role"]


def _once(rows: pa.Table) -> pa.Table:
    """Equal allocations once: that of the last list, as of rows without a start the highest id is read."""
    numbered = rows.append_column("number", pa.array(range(len(rows)), pa.int64()))
    last = numbered.group_by(list(_SAME), use_threads=False).aggregate([("number", "max")])
    return rows.take(last["number_max"].sort())
