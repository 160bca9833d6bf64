"""Is this file an Annex A? A quick look at the first rows of its sheets, before anything is read."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from goldenthread.ingest.annex_a.faults import column_number, split_reference
from goldenthread.ingest.annex_a.matching import ROWS_SEARCHED, match_sheet
from goldenthread.ingest.annex_a.package import Package, list_package
from goldenthread.ingest.annex_a.sheets import Cell, Row, first_rows, is_zip, sheets_of
from goldenthread.ingest.extract import Refused

_STRINGS = "xl/sharedStrings.xml"


def is_annex_a(path: Path | str) -> bool:
    """Whether a workbook or .csv has the headings of a list of Annex A; false if it cannot be opened."""
    return _has_list(Path(path)) is True


def is_another_workbook(path: Path | str) -> bool:
    """Whether a workbook can be opened and holds no list of Annex A."""
    return _has_list(Path(path)) is False


def _has_list(path: Path) -> bool | None:
    """Whether a sheet has the headings of a list; None where the file cannot be opened."""
    try:
        heads = _xlsx_heads(path) if is_zip(path) else _other_heads(path)
        return any(match_sheet(title, head).number is not None for title, head in heads)
    except (Refused, etree.XMLSyntaxError):
        return None


def _other_heads(path: Path) -> Iterable[tuple[str, list[Row]]]:
    return ((sheet.title, first_rows(sheet, ROWS_SEARCHED)) for sheet in sheets_of(path))


def _xlsx_heads(path: Path) -> Iterable[tuple[str, list[Row]]]:
    """The title and the first rows of each sheet, without reading on."""
    package = list_package(path)
    heads = {title: list(_first_cells(package, part)) for title, part in package.sheets.items()}
    every = [cell for rows in heads.values() for _, cells in rows for cell in cells.values()]
    strings = _shared_strings(
        package, {int(text) for is_shared, text in every if is_shared and text.isdigit()}
    )
    for title, rows in heads.items():
        yield title, [(number, _in_order(cells, strings)) for number, cells in rows]


def _first_cells(package: Package, part: str) -> Iterable[tuple[int, dict[int, tuple[bool, str]]]]:
    """The first rows of a sheet: for each column, whether its text is a shared one, and the text."""
    rows = _elements(package, part, "row")
    for position, row in enumerate(islice(rows, ROWS_SEARCHED), start=1):
        cells: dict[int, tuple[bool, str]] = {}
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = split_reference(cell.get("r"))
            column = column_number(place[0]) if place else column + 1
            if column < 256:
                text = "".join(cell.itertext("{*}v", "{*}t"))
                cells[column] = (cell.get("t") == "s", text)
        yield int(row.get("r") or position), cells


def _shared_strings(package: Package, wanted: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    part = package.stored_name(_STRINGS)
    if not wanted or part is None:
        return found
    for number, element in enumerate(islice(_elements(package, part, "si"), max(wanted) + 1)):
        if number in wanted:
            found[number] = "".join(element.itertext("{*}t"))
    return found


def _elements(package: Package, part: str, name: str) -> Iterable[Any]:
    """The elements of that name one by one, each forgotten when the next is asked for."""
    for _, element in etree.iterparse(
        package.stream(part),  # type: ignore[arg-type]
        events=("end",),
        tag=f"{{*}}{name}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    ):
        yield element
        element.clear()


def _in_order(cells: dict[int, tuple[bool, str]], strings: dict[int, str]) -> list[Cell]:
    row: list[Cell] = [None] * (max(cells, default=-1) + 1)
    for column, (is_shared, text) in cells.items():
        row[column] = strings.get(int(text), "") if is_shared and text.isdigit() else text
    return row
