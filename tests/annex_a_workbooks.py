"""Small Annex A workbooks, written as a council would send them; every value is invented."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from goldenthread.ingest import annex_a
from goldenthread.ingest.extract import Extract, Finding
from goldenthread.standard import table

AS_AT = date(2024, 1, 31)
LATER = {  # the columns of list 9 that came after August 2019, and the heading that changed
    "uasc_or_formerly",
    "personal_adviser",
    "pathway_plan_review_date",
    "latest_contact_date",
}
CHILD = {
    "child_id": "c1",
    "gender": "a) Male",
    "ethnicity": "a) WBRI",
    "date_of_birth": date(2015, 2, 1),
    "age": 8,
    "disability": "b) No",
    "allocated_team": "Team A",
    "allocated_worker": "Worker One",
}

Row = Mapping[str, Any]


def columns_of(number: int, layout: str = "2019") -> list[str]:
    """The columns of a list in a layout."""
    names = [column.name for column in table(f"annex_a_list_{number}").columns]
    return [name for name in names if layout == "2024" or name not in LATER]


def heading(number: int, name: str, layout: str = "2019") -> str:
    """The heading of a column in a layout."""
    if layout == "2024" and name == "age" and number < 10:
        return "Age"
    return str(table(f"annex_a_list_{number}").column[name].header)


def a_row(number: int, **values: Any) -> dict[str, Any]:
    """A row of a list: an invented child, and what the test is about."""
    return {name: CHILD[name] for name in columns_of(number, "2024") if name in CHILD} | values


def a_workbook(
    path: Path,
    lists: Mapping[int, Sequence[Row]],
    *,
    layout: str = "2019",
    titles: Mapping[int, str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> Path:
    """Write lists as sheets: August 2019 with a title row above the headings, 2024 without."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in lists.items():
        names = columns_of(number, layout)
        sheet = workbook.create_sheet((titles or {}).get(number, f"List_{number}"))
        if layout == "2019":
            sheet.append([f"List {number}: as the template has it"])
        sheet.append([(headings or {}).get(name, heading(number, name, layout)) for name in names])
        for row in rows:
            sheet.append([row.get(name) for name in names])
    workbook.save(path)
    return path


def patched(path: Path, part: str, old: str, new: str) -> Path:
    """Change the XML of a part: what openpyxl cannot write, Excel can."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    assert old.encode() in parts[part], parts[part][:2000]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def read(path: Path | Sequence[Path], **more: Any) -> Extract:
    """Read a workbook as at the end of January 2024."""
    return annex_a.read(path, as_at_on=AS_AT, authority="TEST", **more)


def read_row(tmp_path: Path, number: int, layout: str = "2024", **values: Any) -> Extract:
    """Read a workbook with one list of one row."""
    return read(a_workbook(tmp_path / "annex_a.xlsx", {number: [a_row(number, **values)]}, layout=layout))


def rows(extract: Extract, name: str, *columns: str) -> list[dict[str, Any]]:
    """The rows of a table, with the columns the test is about."""
    return extract.tables[name].select(columns).to_pylist()


def said(extract: Extract, *rules: str) -> list[Finding]:
    """The findings of some rules."""
    return [finding for finding in extract.findings if finding.rule in rules]
