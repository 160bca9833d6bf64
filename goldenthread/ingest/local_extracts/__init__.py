"""What do the CSV files of a council hold? (specification of the local extracts, R01 to R16)"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.ingest.extract import (
    LINES_SCHEMA,
    Extract,
    FileRead,
    Finding,
    Refused,
    Severity,
    Supply,
)
from goldenthread.ingest.local_extracts import manifest as manifests
from goldenthread.ingest.local_extracts.conditions import check_conditions, check_dates
from goldenthread.ingest.local_extracts.csv_file import Rejected, read_file
from goldenthread.ingest.local_extracts.delivery import (
    Delivered,
    Inspected,
    delivered_files,
    inspect,
    subfolders,
)
from goldenthread.ingest.local_extracts.duplicates import POLICIES, settle_duplicates
from goldenthread.ingest.local_extracts.references import check_references
from goldenthread.ingest.local_extracts.rows import SOURCE, FileRows, finding
from goldenthread.ingest.values import day_of
from goldenthread.standard.schema import Table, standard_tables

__all__ = ["read"]


def read(
    paths: Sequence[Path],
    *,
    as_at_on: date | None,
    authority: str | None,
    duplicate_policy: str = "quarantine",
) -> Extract:
    """One delivery: a folder, a ZIP without subfolders, or CSV files, with manifest.json or without."""
    if duplicate_policy not in POLICIES:
        raise ValueError(f"duplicate_policy is {duplicate_policy!r}; it must be one of {', '.join(POLICIES)}")
    delivered = delivered_files(paths)
    manifest = _manifest(delivered)
    extract = Extract(
        source=SOURCE,
        as_at_on=_as_at(as_at_on, manifest),
        authority=_authority(authority, manifest),
    )
    known = {table.file: table for table in standard_tables().values()}
    files: dict[str, FileRows] = {}
    for file in delivered:
        if file.name == manifests.NAME:
            seen = inspect(file)
            extract.files.append(_file_read(file, seen, "read"))
        elif file.name not in known:
            _ignore(file, extract)
        elif (rows := _read_one(file, known[file.name], extract)) is not None:
            files[rows.table.name] = rows
    for name in subfolders(paths):
        extract.findings.append(_ignored(name, f"{name} is a folder inside the delivery: it was not read."))
    _check(files, extract.as_at_on, duplicate_policy)
    _fill(extract, files, manifest, {file.name for file in delivered})
    return extract


def _manifest(delivered: list[Delivered]) -> manifests.Manifest | None:
    found = [file for file in delivered if file.name == manifests.NAME]
    return manifests.read_manifest(found[0]) if found else None


def _as_at(given: date | None, manifest: manifests.Manifest | None) -> date:
    stated = manifest.as_at_on if manifest else None
    if given and stated and given != stated:
        raise Refused(
            f"The manifest says the extracts are as at {stated} and the load says {given}: "
            "give the day to which the extracts are complete."
        )
    as_at_on = given or stated
    if as_at_on is None:
        raise Refused(
            "The local extracts have no as-at date: give the day (--as-at, or the name of their folder), "
            "or a manifest.json with as_at_on."
        )
    return as_at_on


def _authority(given: str | None, manifest: manifests.Manifest | None) -> str:
    stated = manifest.la_code if manifest else None
    if given and stated and given != stated:
        raise Refused(
            f"The manifest says the extracts are of authority {stated}, and {given} was expected: "
            "check which council's files these are."
        )
    return given or stated or ""


def _ignore(file: Delivered, extract: Extract) -> None:
    message = f"{file.name} is not the name of a local extract (names are in lower case): it was ignored."
    extract.findings.append(_ignored(file.name, message))
    extract.files.append(_file_read(file, inspect(file), "ignored", message=message))


def _ignored(name: str, message: str) -> Finding:
    return Finding(rule="R01", severity=Severity.WARNING, message=message, source=SOURCE, file=name)


def _file_read(file: Delivered, seen: Inspected, status: str, **more: object) -> FileRead:
    rows = more.pop("rows", 0)
    return FileRead(name=file.name, sha256=seen.sha256, bytes=seen.bytes, rows=rows, status=status, **more)  # type: ignore[arg-type]


def _read_one(file: Delivered, table: Table, extract: Extract) -> FileRows | None:
    """The rows of one file; None where it is rejected, which is a finding and a file of its own."""
    seen = inspect(file)
    try:
        if seen.problem:
            raise Rejected("R02", f"The file was rejected because {seen.problem}: save it as CSV UTF-8.")
        rows = read_file(file, table, extract.authority)
    except Rejected as problem:
        message = str(problem)
        extract.findings.append(finding(table, problem.rule, Severity.ERROR, message))
        extract.files.append(_file_read(file, seen, "rejected", message=message, table=table.name))
        return None
    extract.files.append(_file_read(file, seen, "read", rows=rows.rows.num_rows, table=table.name))
    return rows


def _check(files: dict[str, FileRows], as_at_on: date, duplicate_policy: str) -> None:
    for file in files.values():
        settle_duplicates(file, duplicate_policy)
    check_references(files)
    for file in files.values():
        check_dates(file, as_at_on)
    check_conditions(files, as_at_on)


def _fill(
    extract: Extract, files: dict[str, FileRows], manifest: manifests.Manifest | None, delivered: set[str]
) -> None:
    for name, file in files.items():
        stated = manifests.FileStatement()
        if manifest:
            stated = manifests.statement_about(manifest, file.table, extract.findings)
        extract.tables[name] = file.kept
        extract.set_aside[name] = file.set_aside
        extract.supply[name] = _supply(file, stated)
        extract.mapping += [
            {"source": SOURCE, "file": file.table.file, "table": name, "column": column, "precision": "month"}
            for column in sorted(file.months)
        ]
        extract.findings += sorted(file.findings, key=lambda found: found.row or 0)
    if manifest:
        extract.findings += manifests.files_not_delivered(manifest, delivered)
    if files:
        extract.lines = pa.concat_tables([_lines(file) for file in files.values()])


def _supply(file: FileRows, stated: manifests.FileStatement) -> Supply:
    rows, table = file.kept, file.table
    kinds = stated.kinds
    if table.kind_column:
        kinds |= set(pc.unique(rows[table.kind_column]).to_pylist())
    starts_on = stated.covers_from_on
    if starts_on is None and table.event_column:
        starts_on = pc.min(day_of(rows[table.event_column])).as_py()
    return Supply(
        source=SOURCE,
        columns=file.columns,
        kinds=kinds,
        starts_on=starts_on,
        covers_from_on=stated.covers_from_on,
        rows=rows.num_rows,
    )


def _lines(file: FileRows) -> pa.Table:
    count = file.rows.num_rows
    named = {"source": SOURCE, "file": file.table.file, "sheet": None, "table": file.table.name}
    columns = {name: pa.repeat(pa.scalar(value, pa.string()), count) for name, value in named.items()}
    columns |= {"row": file.rows["from_row"], "status": file.status}
    for name in ("child_id", "team", "worker_id"):
        has = name in file.table.column
        columns[name] = file.rows[name] if has else pa.nulls(count, pa.string())
    return pa.table([columns[name] for name in LINES_SCHEMA.names], schema=LINES_SCHEMA)
