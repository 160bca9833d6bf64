"""Builders of deliveries: CSV files written as text in a test, and what a reader makes of them."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.ingest import local_extracts
from goldenthread.ingest.extract import Extract

AS_AT = date(2017, 12, 31)


def lines_of(text: str) -> str:
    """A CSV drawn in a test: one record a line, without the indentation."""
    return "".join(f"{line.strip()}\n" for line in text.strip().splitlines())


def a_folder(folder: Path, manifest: Mapping[str, Any] | None = None, **files: str | bytes) -> Path:
    """A folder of local extracts; names are given without .csv, bytes are written as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else lines_of(content).encode()
        (folder / f"{name}.csv").write_bytes(data)
    if manifest is not None:
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def a_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    """A ZIP with these members."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(folder: Path, **more: Any) -> Extract:
    """A delivery read as at 31 December 2017, unless said otherwise."""
    told = {"as_at_on": AS_AT, "authority": None} | more
    return local_extracts.read([folder], **told)


def found(extract: Extract, rule: str) -> list[tuple[str, str, int | None, str | None]]:
    """The findings of a rule: severity, file, line and column, in order."""
    return [(str(f.severity), f.file, f.row, f.column) for f in extract.findings if f.rule == rule]


def column(extract: Extract, table: str, name: str) -> list[Any]:
    """The kept values of a column."""
    return extract.tables[table][name].to_pylist()


def statuses(extract: Extract, file: str) -> dict[int, str]:
    """What became of each line of a file."""
    lines = [line for line in extract.lines.to_pylist() if line["file"] == file]
    return {line["row"]: line["status"] for line in lines}


def csv_of(header: str, row: str, count: int) -> bytes:
    """A CSV of many rows; {n} in the row is its number."""
    text = io.StringIO()
    text.write(f"{header}\n")
    for number in range(count):
        text.write(row.replace("{n}", str(number)) + "\n")
    return text.getvalue().encode()
