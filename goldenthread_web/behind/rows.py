"""Which rows are behind a figure, and which of them may this person see?

The rows are worked out when somebody first asks for them, and kept as Parquet beside the other lists of the
installation: the same load, settings, indicator and period give the same rows. What people wrote is read as
the figures in force read it.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from goldenthread.figures.listing import NotComputable
from goldenthread.figures.listing import rows as listed
from goldenthread.figures.publication import code_version
from goldenthread.figures.serving import Loads
from goldenthread.periods import one_period
from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.scopes import ChildScope
from goldenthread_web.behind.models import Reveal
from goldenthread_web.behind.records import Named, named
from goldenthread_web.extracts.children import index, unbarred
from goldenthread_web.extracts.current import current, local_settings, store
from goldenthread_web.extracts.quality import case_link
from goldenthread_web.figures.card import current_set
from goldenthread_web.figures.recorded import NOT_IN_LOAD, beside, readers

_SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("part", "child_id", "key", "team", "worker_id")],
        *[(name, pa.string()) for name in ("clock_start", "clock_stop")],  # a day, or a day and a time
        ("working_days", pa.int64()),
        ("days", pa.int64()),
        ("status", pa.string()),
        ("counted", pa.bool_()),
        ("in_numerator", pa.bool_()),
        ("numerator", pa.decimal128(24, 6)),
        ("denominator", pa.decimal128(24, 6)),
        ("met", pa.bool_()),
        ("reason", pa.string()),
    ]
)
_NAMES = _SCHEMA.names


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a person wants to see of a list."""

    status: str = ""
    worker: str = ""
    team: str = ""
    find: str = ""
    show: str = "all"  # all, not_met (those that miss the standard, and unknown ones)
    sort: str = "missing"

    def as_json(self) -> dict[str, str]:
        """The filters as an export keeps them."""
        return {name: getattr(self, name) for name in ("status", "worker", "team", "find", "show", "sort")}


@dataclass(frozen=True, kw_only=True)
class BehindRow:
    """One row behind a figure, as the page and the files show it."""

    reference: str
    child_id: str
    record: Named | None  # what the row was made of; None: its key says nothing to a person
    key: str
    team: str
    worker_id: str
    clock_start: str
    clock_stop: str
    working_days: int | None
    days: int | None
    status: str
    is_counted: bool
    is_in_numerator: bool
    is_met: bool | None
    reason: str
    may_open: bool
    case_link: str  # the child in the case system; blank: the council named no address


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The list behind a figure for one person: the rows in reach, and how they stand to the whole."""

    rows: pa.Table  # in reach and filtered
    in_reach: pa.Table  # in reach, unfiltered
    numerator: Decimal  # of the whole, as the figure says
    denominator: Decimal
    unknown: int
    missing: int | None  # of the rows in reach, those that miss the standard; None: there is no standard
    not_in_reach: int
    as_at_on: date


SHOWS = ("all", "not_met")
SORTS = {
    "team": [("team", "ascending"), ("worker_id", "ascending"), ("child_id", "ascending")],
    "child": [("child_id", "ascending"), ("key", "ascending")],
    "longest": [("working_days", "descending"), ("days", "descending"), ("child_id", "ascending")],
    "status": [("status", "ascending"), ("team", "ascending"), ("child_id", "ascending")],
}


def behind(reveal: Reveal, scope: ChildScope, filters: Filters) -> Behind:
    """The rows behind the figure of a reveal that the scope covers. Refused where it cannot be worked out."""
    load = current()
    if load is None:
        raise Refused("Nothing is loaded: there are no rows behind any figure yet.")
    table = _table(reveal.ref, reveal.starts_on, reveal.ends_on)
    table = table.filter(pc.equal(table["part"], reveal.part))
    if reveal.team:
        table = table.filter(pc.equal(table["team"], reveal.team))
    mine = _within(table, scope)
    return Behind(
        rows=_filtered(mine, filters),
        in_reach=mine,
        numerator=pc.sum(table["numerator"]).as_py() or Decimal(0),
        denominator=pc.sum(table["denominator"]).as_py() or Decimal(0),
        unknown=pc.sum(pc.equal(table["status"], "unknown")).as_py() or 0,
        missing=_missing(mine),
        not_in_reach=table.num_rows - mine.num_rows,
        as_at_on=load.as_at_on,
    )


def filled(table: pa.Table) -> set[str]:
    """The columns that hold anything: an indicator without a clock has no days to show."""
    return {name for name in table.column_names if table[name].null_count < table.num_rows}


def _missing(table: pa.Table) -> int | None:
    if "met" not in filled(table):
        return None
    return pc.sum(_misses(table)).as_py() or 0


def _misses(table: pa.Table) -> pa.ChunkedArray:
    return pc.and_(table["counted"], pc.equal(pc.fill_null(table["met"], True), False))


def as_rows(ref: str, table: pa.Table, scope: ChildScope, person: User) -> list[BehindRow]:
    """Rows as the page shows them; a child who has moved out of reach since is named but not opened."""
    children = index()
    found = []
    for row in table.to_pylist():
        child = children.by_reference.get(reference(row["child_id"])) if row["child_id"] else None
        found.append(
            BehindRow(
                reference=reference(row["child_id"]) if row["child_id"] else "",
                child_id=row["child_id"] or "",
                record=named(ref, row["key"] or "", person),
                key=row["key"] or "",
                team=row["team"] or "",
                worker_id=row["worker_id"] or "",
                clock_start=row["clock_start"] or "",
                clock_stop=row["clock_stop"] or "",
                working_days=row["working_days"],
                days=row["days"],
                status=row["status"] or "",
                is_counted=row["counted"],
                is_in_numerator=row["in_numerator"],
                is_met=row["met"],
                reason=row["reason"],
                may_open=child is not None and child.is_within(scope),
                case_link=case_link(row["child_id"]),
            )
        )
    return found


def references_in(table: pa.Table) -> set[str]:
    """Keyed references of the children of some rows."""
    return {reference(child) for child in pc.unique(table["child_id"]).to_pylist() if child}


def choices(table: pa.Table, column: str) -> list[str]:
    """The values a filter offers."""
    return sorted(value for value in pc.unique(table[column]).to_pylist() if value)


def _within(table: pa.Table, scope: ChildScope) -> pa.Table:
    """Rows of the scope's teams or of its children; a row about a worker belongs to the team alone."""
    table = unbarred(table, scope)
    if scope.everyone:
        return table
    ids = pa.array(sorted(index().ids_within(scope)), pa.string())
    mask = pc.or_kleene(
        pc.is_in(table["team"], pa.array(sorted(scope.teams), pa.string())), pc.is_in(table["child_id"], ids)
    )
    return table.filter(pc.fill_null(mask, False))


def _filtered(table: pa.Table, filters: Filters) -> pa.Table:
    for column, value in (("status", filters.status), ("worker_id", filters.worker), ("team", filters.team)):
        if value:
            table = table.filter(pc.equal(table[column], value))
    if filters.find:
        table = table.filter(pc.fill_null(pc.match_substring(table["child_id"], filters.find), False))
    if filters.show == "not_met":
        table = table.filter(pc.or_(_misses(table), pc.equal(table["status"], "unknown")))
    if filters.sort == "missing":
        return _missing_first(table)
    return table.sort_by(SORTS[filters.sort])


def _missing_first(table: pa.Table) -> pa.Table:
    """What the data cannot say, then what misses the standard, then the others that count."""
    order = pc.case_when(
        pc.make_struct(
            pc.fill_null(pc.equal(table["status"], "unknown"), False), _misses(table), table["counted"]
        ),
        0,
        1,
        2,
        3,
    )
    ordered = table.append_column("order", order)
    return ordered.sort_by([("order", "ascending"), *SORTS["team"]]).drop_columns("order")


def _table(ref: str, starts_on: date, ends_on: date) -> pa.Table:
    load, held = current(), store()
    if load is None or held is None:
        raise Refused("Nothing is loaded: there are no rows behind any figure yet.")
    local = local_settings()
    said = json.dumps(
        [dict(local.parameters), dict(local.timeliness_basis), code_version()], sort_keys=True, default=str
    )
    loads = "".join(sorted(one.hash for one in held.loads()))
    records = _records(ref)
    key = hashlib.sha256(f"{loads}|{said}|{records}".encode()).hexdigest()[:24]
    path = settings.INSTALLATION.folder / "behind" / key / f"{ref}-{starts_on}-{ends_on}.parquet"
    if not path.is_file():
        _work_out(beside(held, records), load.as_at_on, ref, starts_on, ends_on, path)
    return _read(path)


def _records(ref: str) -> str:
    """The folder of what people wrote that the figure in force was made of; blank: it reads none."""
    found = current_set() if ref in readers() else None
    return "" if found is None else found.worked_out.records


def _work_out(loads: Loads, as_at_on: date, ref: str, starts_on: date, ends_on: date, path: Path) -> None:
    period = one_period(starts_on, ends_on, as_at_on)
    if not period:
        raise Refused(f"The period begins on {starts_on}, after the data ends on {as_at_on}.")
    try:
        found = [
            {name: _plain(name, getattr(row, name)) for name in _NAMES}
            for row in listed(loads, period[0], local_settings(), ref)
        ]
    except NotComputable as why:
        raise Refused(f"{ref} cannot be worked out: {why}.") from None
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number, beside = mkstemp(dir=path.parent, prefix=".writing-")
    os.close(number)
    pq.write_table(pa.Table.from_pylist(found, schema=_SCHEMA), beside)
    Path(beside).replace(path)


def _plain(name: str, value: Any) -> Any:
    if name in ("clock_start", "clock_stop"):
        return (
            None if value is None else value.isoformat() if isinstance(value, date | datetime) else str(value)
        )
    if name in ("numerator", "denominator"):
        return Decimal(str(value)).quantize(Decimal("0.000001"))
    if name == "child_id" and value is not None and value.startswith(NOT_IN_LOAD):
        return None  # somebody whom the load does not know: nobody's page, and nobody to bar
    return value


@lru_cache(maxsize=16)
def _read(path: Path) -> pa.Table:
    return pq.read_table(path)


COLUMNS: Mapping[str, str] = {
    "child_id": "Child",
    "key": "Record",
    "team": "Team",
    "worker_id": "Worker",
    "clock_start": "Clock began",
    "clock_stop": "Clock stopped",
    "working_days": "Working days",
    "days": "Days",
    "status": "Status",
    "counted": "Counted",
    "in_numerator": "In the numerator",
    "met": "Standard met",
    "reason": "Why",
}


def for_file(table: pa.Table) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """Headings and rows of a file: what the page shows, in its order."""
    rows = table.select(list(COLUMNS)).to_pylist()
    return list(COLUMNS.values()), ([row[name] for name in COLUMNS] for row in rows)


def from_query(given: Mapping[str, str]) -> Filters:
    """The filters of a page's query; what is not known is left out."""
    asked = Filters(
        status=given.get("status", ""),
        worker=given.get("worker", ""),
        team=given.get("team", ""),
        find=given.get("find", "").strip()[:40],
        show=given.get("show", "all"),
        sort=given.get("sort", "missing"),
    )
    if asked.show not in SHOWS:
        asked = replace(asked, show="all")
    return asked if asked.sort in ("missing", *SORTS) else replace(asked, sort="missing")
