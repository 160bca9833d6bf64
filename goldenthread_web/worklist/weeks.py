"""Which rows were behind the numbers of a Monday? Kept as Parquet beside the store, for a time."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.worklist.items import items
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.extracts.day import Day
from goldenthread_web.worklist.models import WeeklySnapshot
from goldenthread_web.worklist.morning import SOON

ROWS_KEPT_WEEKS = 26  # a clinic looks back half a year; the numbers stay


class RowsChanged(Refused):
    """The kept rows are not those that the numbers were counted from."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of the sheet: of one duty in one team; a blank team is all, a blank item all duties."""

    team: str
    item: str
    label: str
    open: int
    overdue: int
    soon: int
    children: int


def folder_of(monday: date) -> Path:
    """Where the rows of a Monday are kept."""
    return settings.INSTALLATION.folder / "weeks" / monday.isoformat()


def keep(monday: date, rows: pa.Table) -> str:
    """Keep the rows of a Monday, and give the hash of the file. It bears it in its name: none is replaced."""
    folder = folder_of(monday)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = folder / f".writing-{token_hex(8)}"
    pq.write_table(rows, beside)
    found = _hash(beside)
    beside.rename(_file(monday, found))
    return found


def delete(monday: date) -> None:
    """Let go of the rows of a Monday."""
    shutil.rmtree(folder_of(monday), ignore_errors=True)


def rows_of(snapshot: WeeklySnapshot) -> pa.Table:
    """The rows that a Monday's numbers were counted from. RowsChanged where they are not those any more."""
    return _rows(_file(snapshot.monday, snapshot.rows_hash), snapshot.rows_hash)


def _file(monday: date, rows_hash: str) -> Path:
    return folder_of(monday) / f"lines-{rows_hash[:16]}.parquet"


@lru_cache(maxsize=4)
def _rows(path: Path, wanted: str) -> pa.Table:
    if not path.is_file() or _hash(path) != wanted:
        raise RowsChanged(
            f"The rows kept for {path.parent.name} are not those that the numbers were counted from: "
            "tell whoever looks after the service."
        )
    return pq.read_table(path)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def counted_rows(day: Day) -> pa.Table:
    """The lines of a day that the sheet counts: what somebody has to do, not what is for information."""
    for_information = [code for code, item in items().items() if item.is_information]
    return day.lines.filter(pc.invert(pc.is_in(day.lines["item"], pa.array(for_information, pa.string()))))


def is_soon(rows: pa.Table) -> pa.ChunkedArray:
    """Whether each row is due in the next working days."""
    return pc.fill_null(pc.less_equal(rows["working_days_to_go"], SOON), False)


def numbers(rows: pa.Table) -> Iterator[Number]:
    """Every number of the sheet: by team and duty, of each team, of each duty, and of all."""
    labels = dict(zip(rows["item"].to_pylist(), rows["label"].to_pylist(), strict=True))
    is_overdue = pc.equal(rows["state"], "overdue")
    rows = rows.append_column("overdue", is_overdue.cast(pa.int64()))
    rows = rows.append_column("soon", is_soon(rows).cast(pa.int64()))
    # A child counts where something is overdue; what is about a worker has none.
    late = pc.if_else(is_overdue, rows["child_id"], pa.scalar(None, pa.string()))
    rows = rows.append_column("late_child", late)
    for by in (["team", "item"], ["team"], ["item"], []):
        for row in _grouped(rows, by):
            item = row.get("item", "")
            yield Number(
                team=row.get("team", ""),
                item=item,
                label=labels.get(item, ""),
                open=row["item_count"],
                overdue=row["overdue_sum"] or 0,
                soon=row["soon_sum"] or 0,
                children=row["late_child_count_distinct"],
            )


def _grouped(rows: pa.Table, by: list[str]) -> list[dict[str, Any]]:
    counts = [("overdue", "sum"), ("soon", "sum"), ("late_child", "count_distinct")]
    # The last counts all rows under a name that no grouping column bears.
    rows = rows.append_column("all", rows["item"])
    found = rows.group_by(by).aggregate([*counts, ("all", "count")])
    return [row | {"item_count": row["all_count"]} for row in found.to_pylist()]
