"""Read one Annex A: a workbook of lists, or one .csv for each list, into standard tables."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.calendar import add_months
from goldenthread.ingest.annex_a.allocations import make_allocations
from goldenthread.ingest.annex_a.children import merge_children
from goldenthread.ingest.annex_a.lists import ListRead, read_list
from goldenthread.ingest.annex_a.makes import Make, make_data, makes
from goldenthread.ingest.annex_a.mapping_report import report
from goldenthread.ingest.annex_a.matching import ROWS_SEARCHED, Mapping, SheetMatch, match_sheet
from goldenthread.ingest.annex_a.matching_findings import matching_findings, missing_lists
from goldenthread.ingest.annex_a.recognise import is_another_workbook
from goldenthread.ingest.annex_a.referrals import LATER_LIST, join_referrals
from goldenthread.ingest.annex_a.row_findings import SOURCE
from goldenthread.ingest.annex_a.sheets import first_rows, sheets_of
from goldenthread.ingest.extract import LINES_SCHEMA, Extract, FileRead, Finding, Refused, Supply
from goldenthread.standard import Table, table


@dataclass
class _File:
    """One file of the delivery on its way."""

    path: Path
    matches: list[SheetMatch] = field(default_factory=list)
    lists: list[ListRead] = field(default_factory=list)


def read(
    path_or_paths: Path | str | Sequence[Path | str],
    *,
    as_at_on: date | None,
    authority: str,
    mapping: Mapping | None = None,
) -> Extract:
    """Read an Annex A workbook, or the .csv files of its lists; Refused if it cannot be trusted.

    `mapping` is the mapping report of an earlier reading (`Extract.mapping`), corrected by hand.
    """
    if as_at_on is None:
        if not mapping:
            _refuse_others(_paths(path_or_paths))
        raise Refused("An Annex A does not say of which day it is: give the as-at date with the files.")
    extract = Extract(source=SOURCE, as_at_on=as_at_on, authority=authority)
    files = [_read_file(path, as_at_on, authority, mapping or ()) for path in _paths(path_or_paths)]
    lists = _lists_by_number(files)
    if not lists:
        raise Refused(_none_recognised(files))
    for file in files:
        extract.mapping += report(file.path.name, file.matches)
        extract.findings += _file_findings(file)
        extract.files.append(_file_read(file))
    _add_lists(extract, lists)
    _add_made_tables(extract, lists)
    return extract


def _paths(path_or_paths: Path | str | Sequence[Path | str]) -> list[Path]:
    given = [path_or_paths] if isinstance(path_or_paths, Path | str) else list(path_or_paths)
    paths: list[Path] = []
    for path in map(Path, given):
        paths += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not paths:
        raise Refused("There is no Annex A file here: give the workbook, or one .csv for each list.")
    return paths


def _read_file(path: Path, as_at_on: date, authority: str, mapping: Mapping) -> _File:
    file = _File(path)
    for sheet in sheets_of(path):
        match = match_sheet(sheet.title, first_rows(sheet, ROWS_SEARCHED), mapping)
        file.matches.append(match)
        if match.number is None:
            continue
        for other in file.lists:
            if other.number == match.number:
                raise Refused(
                    f"Sheets {other.match.title} and {match.title} of {path.name} both look like list "
                    f"{match.number}: remove one, or say in the mapping which it is."
                )
        if _has_key(match):
            file.lists.append(read_list(sheet, match, file=path.name, as_at_on=as_at_on, authority=authority))
    return file


def _has_key(match: SheetMatch) -> bool:
    """Whether the column without which the list cannot be read was found."""
    return not any(name in match.missing for name in ("child_id", "adopter_id"))


def _lists_by_number(files: Iterable[_File]) -> dict[int, ListRead]:
    lists: dict[int, ListRead] = {}
    for file in files:
        for found in file.lists:
            if found.number in lists:
                both = f"{lists[found.number].file} and {file.path.name}"
                raise Refused(f"{both} both hold list {found.number}: give one of them.")
            lists[found.number] = found
    return dict(sorted(lists.items()))


def _refuse_others(paths: list[Path]) -> None:
    """A day would not make an Annex A of a workbook that is something else: that is said first."""
    if all(is_another_workbook(path) for path in paths):
        raise Refused(_none_recognised([_File(path) for path in paths]))


def _none_recognised(files: list[_File]) -> str:
    problems = [
        f"{match.title}: {match.problem}" for file in files for match in file.matches if match.problem
    ]
    why = f" ({'; '.join(problems)})" if problems else ""
    return (
        f"{files[0].path.name} is not an Annex A workbook: no sheet has the headings of a list{why}. "
        "Give a workbook with sheets List 1 to List 11, or one .csv for each list."
    )


def _file_findings(file: _File) -> list[Finding]:
    found = [finding for match in file.matches for finding in matching_findings(file.path.name, match)]
    if file.path.suffix.lower() != ".csv":
        found += missing_lists(file.path.name, {read.number for read in file.lists})
    return found + [finding for read in file.lists for finding in read.findings]


def _file_read(file: _File) -> FileRead:
    content = file.path.read_bytes()
    unread = [match.title for match in file.matches if match.problem or match.number and not _has_key(match)]
    is_one = len(file.matches) == 1 and len(file.lists) == 1
    return FileRead(
        name=file.path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        rows=sum(len(read.lines) for read in file.lists),
        status="read" if file.lists else "rejected",
        message=f"Not read: {', '.join(unread)}." if unread else "",
        table=file.lists[0].table_name if is_one else None,
    )


def _add_lists(extract: Extract, lists: dict[int, ListRead]) -> None:
    """The lists as delivered, and every line of them."""
    for found in lists.values():
        native = table(found.table_name)
        extract.tables[native.name] = found.table
        extract.supply[native.name] = Supply(
            source=SOURCE,
            # Both names of a column: indicators ask for it by its official heading.
            columns=found.columns | {str(native.column[name].header) for name in found.columns},
            starts_on=_earliest(native, found.table),
            rows=len(found.table),
        )
    extract.lines = pa.concat_tables([LINES_SCHEMA.empty_table(), *(found.lines for found in lists.values())])


def _earliest(of: Table, rows: pa.Table) -> date | None:
    if of.event_column is None:
        return None
    day = pc.min(rows[of.event_column]).as_py()
    return day.date() if hasattr(day, "date") else day


def _add_made_tables(extract: Extract, lists: dict[int, ListRead]) -> None:
    """The standard tables that the lists make."""
    made: dict[str, list[tuple[Make, ListRead, pa.Table]]] = {}
    for make in makes():
        found = lists.get(make.list)
        if found is not None and make.applies_to(found):
            rows = make.rows(found, extract.as_at_on)
            made.setdefault(make.table, []).append((make, found, rows))
    for name, parts in made.items():
        extract.tables[name] = _together(name, parts)
        extract.supply[name] = Supply(
            source=SOURCE,
            columns=frozenset().union(*(make.supplied(found) for make, found, _ in parts)),
            kinds=frozenset().union(*(make.kinds() for make, _, _ in parts)),
            # Of referrals, where list 3 starts: the episodes of list 6 reach back but are not all there were.
            starts_on=_earliest(table(name), parts[0][2]),
            complete_since_on=_complete_since(name, extract.as_at_on),
            rows=len(extract.tables[name]),
        )
    children, supply, conflicts = merge_children(list(lists.values()))
    extract.findings += conflicts
    _add(extract, "children", children, supply)
    allocations, supply = make_allocations(lists)
    _add(extract, "allocations", allocations, supply)


def _complete_since(name: str, as_at_on: date) -> date:
    months: dict[str, int] = make_data("complete_since_months")
    return add_months(as_at_on, -months.get(name, 0))


def _together(name: str, parts: list[tuple[Make, ListRead, pa.Table]]) -> pa.Table:
    tables = [rows for _, _, rows in parts]
    if name == "referrals" and len(parts) == 2 and parts[1][0].list == LATER_LIST:
        return join_referrals(tables[0], tables[1], parts[1][0])
    return pa.concat_tables(tables)


def _add(extract: Extract, name: str, rows: pa.Table | None, supply: Supply | None) -> None:
    if rows is not None and supply is not None:
        extract.tables[name], extract.supply[name] = rows, supply
