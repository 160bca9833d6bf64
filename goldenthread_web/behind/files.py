"""What does a file of rows hold? Values only: no formula, no hidden sheet, no trace of who made it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from goldenthread_web.ui.csv_files import neutralised

_NO_DAY = datetime(2000, 1, 1)  # in the properties: a file does not say when it was made, or by whom


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """An Excel file of one sheet with one heading line."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, value=heading) for heading in headings]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(value) for value in row])
    properties = book.properties
    properties.creator = "Golden Thread"
    properties.created = properties.modified = _NO_DAY
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float):
        return value
    return neutralised(str(value))
