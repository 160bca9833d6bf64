"""Who are the children, when several lists say it?

Field by field the first value in the order of the lists counts; a list that says otherwise is
reported, never silently overruled.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from goldenthread.ingest.annex_a.lists import ListRead
from goldenthread.ingest.annex_a.makes import in_form_of, make_data, standard_codes
from goldenthread.ingest.annex_a.row_findings import SOURCE, RowFindings
from goldenthread.ingest.extract import Finding, Severity, Supply
from goldenthread.standard import table

_UNBORN = -1
_BIRTH = ("born_on", "expected_birth_on")


@dataclass
class _Child:
    """What is known of one child so far, and where it was read."""

    read: ListRead
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # list and row of each value


def merge_children(lists: list[ListRead]) -> tuple[pa.Table | None, Supply | None, list[Finding]]:
    """The children of all lists, what was supplied about them, and where lists disagree."""
    lists = [read for read in lists if "child_id" in read.columns]
    if not lists:
        return None, None, []
    children: dict[str, _Child] = {}
    findings: list[Finding] = []
    for read in lists:
        _merge_list(read, children, findings)
    columns = _supplied(lists)
    supply = Supply(source=SOURCE, columns=columns, rows=len(children))
    return _table(children), supply, findings


def _supplied(lists: list[ListRead]) -> frozenset[str]:
    sources: dict[str, str] = make_data("children")
    found = {name for name, source in sources.items() if any(source in read.columns for read in lists)}
    if not any({"age", "date_of_birth"} <= read.columns for read in lists):
        found.discard("expected_birth_on")
    return frozenset({"child_id", *found})


def _merge_list(read: ListRead, children: dict[str, _Child], findings: list[Finding]) -> None:
    found = RowFindings(read.file, read.match)
    fields = list(_fields(read))
    rows = read.table["from_row"].to_pylist()
    ids = read.table["child_id"].to_pylist()
    found.child_ids = dict(zip(rows, ids, strict=True))
    said: set[tuple[str, str, Any]] = set()
    for i, child_id in enumerate(ids):
        child = children.get(child_id)
        if child is None:
            child = children[child_id] = _Child(read, rows[i])
        for name, source, values in fields:
            value = values[i]
            if value is None:
                continue
            known = child.values.setdefault(name, value)
            if known is value or known == value:
                child.places.setdefault(name, (read.number, rows[i]))
            elif (child_id, name, value) not in said:
                said.add((child_id, name, value))
                _say_conflict(found, rows[i], source, child.places[name], value, known)
    findings += found.findings


def _say_conflict(
    found: RowFindings, row: int, source: str, place: tuple[int, int], value: Any, known: Any
) -> None:
    used = f"row {place[1]} of list {place[0]} says {_in_words(known)}, which is used"
    text = f"says {_in_words(value)} and {used}."
    found.add(row, "list_conflict", Severity.WARNING, text, source, _in_words(value))


def _in_words(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _fields(read: ListRead) -> Iterator[tuple[str, str, list[Any]]]:
    """Each column of children that a list fills: its name, the column of the list, and the values."""
    sources: dict[str, str] = make_data("children")
    for name, source in sources.items():
        if source not in read.columns:
            continue
        values = read.table[source].to_pylist()
        if name in _BIRTH:
            values = _births(read, values, unborn=name == "expected_birth_on")
        elif name == "is_unborn":
            values = [None if age is None else age == _UNBORN for age in values]
        elif codes := read.table_column(source).codes:
            meant = standard_codes(codes, table("children").column[name])
            values = [None if code is None else meant[code] for code in values]
        yield name, source, values


def _births(read: ListRead, days: list[date | None], *, unborn: bool) -> list[date | None]:
    """The dates of birth of those born, or the expected ones of those who are not (age -1)."""
    ages = read.table["age"].to_pylist() if "age" in read.columns else [None] * len(days)
    return [day if (age == _UNBORN) is unborn else None for day, age in zip(days, ages, strict=True)]


def _table(children: dict[str, _Child]) -> pa.Table:
    standard = table("children")
    every = list(children.values())
    made: dict[str, Any] = {
        name: pa.array([child.values.get(name) for child in every], standard.column[name].arrow)
        for name in make_data("children")
    }
    made["child_id"] = pa.array(list(children), pa.string())
    places: dict[str, Callable[[_Child], Any]] = {
        "authority": lambda child: child.read.authority,
        "from_source": lambda child: SOURCE,
        "from_file": lambda child: child.read.file,
        "from_sheet": lambda child: child.read.sheet,
        "from_row": lambda child: child.row,
    }
    made |= {name: pa.array([of(child) for child in every]) for name, of in places.items()}
    return in_form_of(standard, made, len(every))
