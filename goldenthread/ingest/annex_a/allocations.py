"""Who holds each child now, by the lists that name a worker?

Annex A does not say since when. Where several lists name the same worker and team for a child in the
same role there is one allocation; where they differ each is a row. A case that is over keeps the
worker who held it, up to the day it ended.
"""

from datetime import date
from typing import Any

import pyarrow as pa

from goldenthread.ingest.annex_a.lists import ListRead
from goldenthread.ingest.annex_a.makes import in_form_of, make_data
from goldenthread.ingest.annex_a.row_findings import SOURCE
from goldenthread.ingest.extract import Supply
from goldenthread.standard import table

_TEAM = "allocated_team"


def make_allocations(lists: dict[int, ListRead]) -> tuple[pa.Table | None, Supply | None]:
    """The allocations of all lists that name workers, and what was supplied about them."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    columns: set[str] = set()
    for make in make_data("allocations"):
        read = lists.get(make["list"])
        if read is None or not {make["worker"], _TEAM} & read.columns:
            continue
        columns |= {"allocation_id", "child_id", "role"}
        columns |= {"worker_id"} if make["worker"] in read.columns else set()
        columns |= {"team"} if _TEAM in read.columns else set()
        columns |= {"ended_on"} if make.get("ended") in read.columns else set()
        for row in _rows(read, make):
            # The row of the last list stands for all: of rows without a start the highest id is read.
            found[tuple(row[name] for name in ("child_id", "role", "team", "worker_id", "ended_on"))] = row
    if not columns:
        return None, None
    standard = table("allocations")
    rows = pa.Table.from_pylist(list(found.values()), schema=standard.arrow)
    made = {name: rows[name] for name in standard.arrow.names}
    supply = Supply(source=SOURCE, columns=frozenset(columns), rows=len(rows))
    return in_form_of(standard, made, len(rows)), supply


def _rows(read: ListRead, make: dict[str, Any]) -> list[dict[str, Any]]:
    lines = read.table
    rows = lines["from_row"].to_pylist()
    workers = lines[make["worker"]].to_pylist()
    teams = lines[_TEAM].to_pylist()
    ends: list[date | None] = lines[make["ended"]].to_pylist() if "ended" in make else [None] * len(rows)
    suffix = "" if make["role"] == "social_worker" else f":{make['role']}"
    return [
        {
            "authority": read.authority,
            "allocation_id": f"annex_a:{read.sheet}:{row}{suffix}",
            "child_id": child,
            "worker_id": worker,
            "team": team,
            "role": make["role"],
            "ended_on": end,
            "from_source": SOURCE,
            "from_file": read.file,
            "from_sheet": read.sheet,
            "from_row": row,
        }
        for row, child, worker, team, end in zip(
            rows, lines["child_id"].to_pylist(), workers, teams, ends, strict=True
        )
        if worker is not None or (team is not None and make["role"] == "social_worker")
    ]
