"""What does manifest.json say about the delivery: its day, its council, its files?"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread.ingest.extract import Finding, Refused, Severity
from goldenthread.ingest.local_extracts.delivery import LARGEST_MANIFEST, Delivered, inspect
from goldenthread.ingest.values import Unreadable, read_date
from goldenthread.standard.schema import Table, code_labels

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """The statements of a manifest; the entries about files are checked one by one later."""

    as_at_on: date
    la_code: str | None = None
    files: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileStatement:
    """What the manifest states about one file."""

    covers_from_on: date | None = None
    kinds: frozenset[str] = frozenset()


def read_manifest(file: Delivered) -> Manifest:
    """The manifest; Refused where it is not valid JSON or states no as-at date (R10)."""
    if inspect(file, LARGEST_MANIFEST).problem:
        raise Refused(f"{file.place} is not UTF-8 text: write it again or leave it out.")
    with file.open() as stream:
        text = stream.read().decode("utf-8-sig")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Refused(f"{file.place} is not valid JSON ({problem}): correct it or leave it out.") from None
    if not isinstance(data, dict) or not data.get("as_at_on"):
        raise Refused(f'{file.place} has no as_at_on: add it, for example "as_at_on": "2017-12-31".')
    try:
        as_at_on = read_date(str(data["as_at_on"]).strip())
    except Unreadable as problem:
        raise Refused(f"{file.place}: as_at_on {data['as_at_on']!r} {problem}.") from None
    return Manifest(as_at_on, _la_code(file, data), _entries(file, data))


def _la_code(file: Delivered, data: dict[str, Any]) -> str | None:
    code = data.get("la_code")
    if code is None or code == "":
        return None
    if not isinstance(code, str) or not re.fullmatch("[0-9]{3}", code.strip(), re.ASCII):
        raise Refused(f"{file.place}: la_code {code!r} is not three digits in quotation marks.")
    return code.strip()


def _entries(file: Delivered, data: dict[str, Any]) -> dict[str, Any]:
    files = data.get("files") or {}
    if not isinstance(files, dict):
        raise Refused(f"{file.place}: files is not an object of file names.")
    return files


def statement_about(manifest: Manifest, table: Table, findings: list[Finding]) -> FileStatement:
    """What is stated about the file of that table; what cannot be used is a finding and ignored."""
    entry = manifest.files.get(table.file or "", {})
    if not isinstance(entry, dict):
        findings.append(_ignored(table, f"The entry for {table.file} is not an object", str(entry)))
        return FileStatement()
    return FileStatement(_covers_from(entry, table, findings), _kinds(entry, table, findings))


def _covers_from(entry: dict[str, Any], table: Table, findings: list[Finding]) -> date | None:
    stated = entry.get("covers_from_on")
    if stated is None:
        return None
    try:
        return read_date(str(stated).strip())
    except Unreadable as problem:
        findings.append(_ignored(table, f"covers_from_on of {table.file} {problem}", str(stated)))
        return None


def _kinds(entry: dict[str, Any], table: Table, findings: list[Finding]) -> frozenset[str]:
    stated = entry.get("kinds_supplied") or []
    known = _kind_codes(table)
    kinds = set()
    for kind in stated if isinstance(stated, list) else [stated]:
        code = known.get(str(kind).strip().casefold())
        if code is None:
            findings.append(_ignored(table, f"kinds_supplied of {table.file} names no kind of it", str(kind)))
        else:
            kinds.add(code)
    return frozenset(kinds)


def _kind_codes(table: Table) -> dict[str, str]:
    if table.kind_column is None:
        return {}
    codes = code_labels(table.column[table.kind_column].codes or "")
    return {code.casefold(): code for code in codes}


def files_not_delivered(manifest: Manifest, delivered: set[str]) -> list[Finding]:
    """A finding for each entry about a file that is not in the delivery (R10)."""
    return [
        Finding(
            rule="R10",
            severity=Severity.WARNING,
            message=f"The manifest speaks of {name}, which is not in the delivery: the entry was ignored.",
            source="local_extracts",
            file=NAME,
            value=name[:200],
        )
        for name in manifest.files
        if name not in delivered
    ]


def _ignored(table: Table, what: str, value: str) -> Finding:
    return Finding(
        rule="R10",
        severity=Severity.WARNING,
        message=f"{what}: it was ignored.",
        source="local_extracts",
        file=NAME,
        table=table.name,
        value=value[:200],
    )
