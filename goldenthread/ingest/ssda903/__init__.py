"""Reads an SSDA903 return, the CSV files of one authority and year, of 2017 to 2026."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from goldenthread.ingest.extract import Extract, Supply
from goldenthread.ingest.returns.cells import Collection
from goldenthread.ingest.ssda903.files import SOURCE, Delivered, delivered_files
from goldenthread.ingest.ssda903.lines import (
    FileLines,
    Native,
    check_against_header,
    native_table,
    read_lines,
)
from goldenthread.ingest.ssda903.mapping import Filled, standard_rows
from goldenthread.ingest.ssda903.return_year import settle_year

__all__ = ["SOURCE", "read"]

_KINDS = {"conferences": frozenset({"looked_after_review"})}


def read(
    paths: Path | str | Sequence[Path | str],
    *,
    authority: str | None,
    year: int | None = None,
    made_on: date | None = None,
) -> Extract:
    """One return, from a folder or a list of its files; Refused where it cannot be trusted.

    Each file is recognised by its header. The as-at date is 31 March of the year of the return,
    which is found from the dates of the episodes unless it is given; where they do not say, it is
    the last 31 March on or before the day the files were made.
    """
    authority = authority or ""  # the files themselves do not say whose they are
    files = delivered_files(paths)
    as_at_on = date(settle_year(files, year, made_on), 3, 31)
    collection = Collection(as_at_on.year, as_at_on)
    read_files = {
        file.table: read_lines(file, collection) for file in files if file.status == "read" and file.table
    }
    check_against_header(read_files)
    native = {name: native_table(found, authority) for name, found in read_files.items()}
    filled = standard_rows(read_files, authority, collection)
    return Extract(
        source=SOURCE,
        as_at_on=as_at_on,
        authority=authority,
        tables={name: found.rows for name, found in native.items()}
        | {name: found.rows for name, found in filled.items()},
        set_aside={name: found.set_aside for name, found in native.items() if found.set_aside.num_rows},
        supply=_supply(read_files, native, filled, collection),
        findings=[finding for file in files for finding in file.remarks.findings()],
        lines=pa.concat_tables([found.lines for found in native.values()]),
        files=[file.as_read() for file in files],
        mapping=[_matched(file) for file in files if file.table],
    )


def _supply(
    files: dict[str, FileLines],
    native: dict[str, Native],
    filled: dict[str, Filled],
    collection: Collection,
) -> dict[str, Supply]:
    columns = {name: frozenset(found.columns) for name, found in files.items()}
    rows = {name: found.rows.num_rows for name, found in native.items()}
    for name, found in filled.items():
        columns[name], rows[name] = found.columns, found.rows.num_rows
        if name == "care_periods" and "ssda903_uasc" not in files:
            columns[name] -= {"is_uasc"}
    starts_on = collection.first_day
    return {
        name: Supply(
            source=SOURCE,
            columns=columns[name],
            kinds=_KINDS.get(name, frozenset()),
            starts_on=starts_on,
            covers_from_on=starts_on,
            complete_since_on=starts_on,
            rows=rows[name],
        )
        for name in columns
    }


def _matched(file: Delivered) -> dict[str, object]:
    return {
        "file": file.path.name,
        "table": file.table,
        "columns": list(file.columns),
        "why": "recognised by its header",
        "status": file.status,
    }
