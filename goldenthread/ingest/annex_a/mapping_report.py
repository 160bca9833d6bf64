"""What was every sheet and heading taken for, and why? Lines to write as JSON, correct and give back.

A line has `kind` sheet or column. To correct it, change `list`, `header_row` or `column`: null means
that the sheet or heading is not to be read. The other values explain and are not looked at, except
`sheet`, `heading` and `position`, which say what the line is about.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from goldenthread.ingest.annex_a.faults import column_letters
from goldenthread.ingest.annex_a.headings import LISTS, table_of
from goldenthread.ingest.annex_a.matching import (
    ROWS_SEARCHED,
    HeadingMatch,
    Mapping,
    SheetMatch,
    match_sheet,
)
from goldenthread.ingest.annex_a.sheets import first_rows, sheets_of


def mapping_of(paths: Sequence[Path], mapping: Mapping = ()) -> list[dict[str, object]]:
    """The mapping report of files whose lists cannot be read as they stand: to correct what stops them."""
    lines: list[dict[str, object]] = []
    for path in paths:
        found = [match_sheet(one.title, first_rows(one, ROWS_SEARCHED), mapping) for one in sheets_of(path)]
        lines += report(path.name, found)
    return lines


def columns_of_lists() -> dict[int, dict[str, str]]:
    """What a heading may be taken for: by list, its columns and their official headings."""
    return {number: {c.name: str(c.header) for c in table_of(number).columns} for number in LISTS}


def report(file: str, matches: Iterable[SheetMatch]) -> list[dict[str, object]]:
    """The mapping report of a file: a line for each sheet, each heading and each column not found."""
    lines: list[dict[str, object]] = []
    for match in matches:
        place: dict[str, object] = {"file": file, "sheet": match.title, "list": match.number}
        lines.append(
            {
                "kind": "sheet",
                **place,
                "header_row": match.header_row,
                "matched_by": match.matched_by,
                "layout": match.layout,
                "note": match.problem or match.note,
            }
        )
        lines += [_heading_line(place, heading) for heading in match.headings]
        lines += [_missing_line(place, match.number, name) for name in match.missing]
    return lines


def _heading_line(place: dict[str, object], heading: HeadingMatch) -> dict[str, object]:
    number = place["list"]
    table = table_of(number) if isinstance(number, int) else None
    column = table.column[heading.column] if table and heading.column else None
    return {
        "kind": "column",
        **place,
        "position": column_letters(heading.position),
        "heading": heading.heading,
        "column": heading.column,
        "official": column.header if column else None,
        "matched_by": heading.matched_by,
        "score": heading.score,
        "is_required": bool(column and column.required),
        "note": heading.note,
    }


def _missing_line(place: dict[str, object], number: int | None, name: str) -> dict[str, object]:
    column = table_of(number or 1).column[name]
    return {
        "kind": "column",
        **place,
        "position": None,
        "heading": None,
        "column": name,
        "official": column.header,
        "matched_by": "missing",
        "score": 0.0,
        "is_required": column.required,
        "note": "no heading was taken for this column",
    }
