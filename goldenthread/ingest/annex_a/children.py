"""Who are the children, when several lists say it?

Field by field the first value in the order of the lists counts; a list that says otherwise is
reported, never silently overruled.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.annex_a.lists import ListRead
from goldenthread.ingest.annex_a.makes import in_form_of, make_data, standard_codes, translated
from goldenthread.ingest.annex_a.row_findings import SOURCE, RowFindings
from goldenthread.ingest.extract import Finding, Severity, Supply
from goldenthread.standard import COORDINATES, table

_UNBORN = -1
_BIRTH = ("born_on", "expected_birth_on")
_ORDER = "order"  # of all rows of all lists: list by list, row by row


def merge_children(lists: list[ListRead]) -> tuple[pa.Table | None, Supply | None, list[Finding]]:
    """The children of all lists, what was supplied about them, and where lists disagree."""
    lists = [read for read in lists if "child_id" in read.columns]
    if not lists:
        return None, None, []
    said = pa.concat_tables([_said(read) for read in lists])
    said = said.append_column(_ORDER, pa.array(range(len(said)), pa.int64()))
    names = list(make_data("children"))
    # One thread keeps the order; the first value that is not null is taken.
    grouped = said.group_by("child_id", use_threads=False)
    first = grouped.aggregate([(name, "first") for name in [*names, "authority", *COORDINATES, _ORDER]])
    first = first.rename_columns([name.removesuffix("_first") for name in first.column_names]).sort_by(_ORDER)
    children = in_form_of(table("children"), {name: first[name] for name in first.column_names}, len(first))
    supply = Supply(source=SOURCE, columns=_supplied(lists), rows=len(children))
    return children, supply, _conflicts(lists, said, children)


def _supplied(lists: list[ListRead]) -> frozenset[str]:
    sources: dict[str, str] = make_data("children")
    found = {name for name, source in sources.items() if any(source in read.columns for read in lists)}
    if not any({"age", "date_of_birth"} <= read.columns for read in lists):
        found.discard("expected_birth_on")
    return frozenset({"child_id", *found})


def _said(read: ListRead) -> pa.Table:
    """What each row of a list says about its child, in the terms of the children table."""
    standard = table("children")
    sources: dict[str, str] = make_data("children")
    columns = {name: read.table[name] for name in ("child_id", "authority", *COORDINATES)}
    for name, source in sources.items():
        kind = standard.column[name].arrow
        columns[name] = (
            _field(read, name, source) if source in read.columns else pa.nulls(len(read.table), kind)
        )
    return pa.table(columns)


def _field(read: ListRead, name: str, source: str) -> pa.ChunkedArray:
    values = read.table[source]
    column = table("children").column[name]
    if name in _BIRTH:
        unborn = pc.fill_null(pc.equal(read.table["age"], _UNBORN), False)
        wanted = unborn if name == "expected_birth_on" else pc.invert(unborn)
        return pc.if_else(wanted, values, pa.scalar(None, values.type))
    if name == "is_unborn":
        return pc.equal(values, _UNBORN)
    codes = read.table_column(source).codes
    return translated(values, standard_codes(codes, column), column.arrow) if codes else values


def _conflicts(lists: list[ListRead], said: pa.Table, children: pa.Table) -> list[Finding]:
    """Every row that says of a child something else than is used, each thing once in a list."""
    findings: list[Finding] = []
    by_sheet = {read.sheet: read for read in lists}
    place = pc.index_in(said["child_id"], children["child_id"].combine_chunks())
    for name, source in make_data("children").items():
        used = children[name].take(place)
        differs = pc.fill_null(pc.not_equal(said[name], used), False)
        if not pc.any(differs).as_py():
            continue
        origin = _origins(said, name)
        rows = said.append_column("used", used).filter(differs)
        told: set[tuple[Any, ...]] = set()
        for row in rows.select(["child_id", name, "used", "from_sheet", "from_row"]).to_pylist():
            child, value, known, sheet, number = row.values()
            if (child, value, sheet) not in told:
                told.add((child, value, sheet))
                found = RowFindings(by_sheet[sheet].file, by_sheet[sheet].match, child_ids={number: child})
                _say_conflict(found, number, source, origin[child], value, known)
                findings += found.findings
    return findings


def _origins(said: pa.Table, name: str) -> dict[str, tuple[str, int]]:
    """Where the value used of each child stands."""
    known = said.filter(pc.is_valid(said[name])).group_by("child_id", use_threads=False)
    first = known.aggregate([("from_sheet", "first"), ("from_row", "first")])
    places = zip(first["from_sheet_first"].to_pylist(), first["from_row_first"].to_pylist(), strict=True)
    return dict(zip(first["child_id"].to_pylist(), places, strict=True))


def _say_conflict(
    found: RowFindings, row: int, source: str, place: tuple[str, int], value: Any, known: Any
) -> None:
    used = f"row {place[1]} of {place[0].replace('_', ' ')} says {_in_words(known)}, which is used"
    text = f"says {_in_words(value)} and {used}."
    found.add(row, "list_conflict", Severity.WARNING, text, source, _in_words(value))


def _in_words(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
