"""Reads a children's social work workforce census, the XML return of a local authority.

The layout known is that of 2022; items of other years that it does not have are reported.
"""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
from lxml import etree

from goldenthread.ingest.extract import Extract, FileRead, Refused, Severity, Supply
from goldenthread.ingest.returns.cells import YEARS
from goldenthread.ingest.returns.remarks import Remarks
from goldenthread.ingest.returns.rows import TableRows, coordinates, line_rows, native_rows
from goldenthread.ingest.returns.xml_files import Layout, local_name, records, sha256_of
from goldenthread.ingest.returns.xml_headers import Header, Wanted, read_header, refuse_unless_message
from goldenthread.ingest.returns.xml_records import Groups, Record, RecordReader
from goldenthread.standard import table

SOURCE = "workforce_census"
_WANTED = Wanted("CSWW", YEARS)
_YEAR_OF_LAYOUT = 2022
_GROUPS = Groups(
    tables={
        "Header": "workforce_header",
        "LALevelVacancies": "workforce_vacancies",
        "CSWWWorker": "workforce_workers",
    },
    holds={"Header": frozenset({"CollectionDetails", "Source"})},
)
_LAYOUT = Layout(handed_on=dict.fromkeys(_GROUPS.tables, "Message"), inside=frozenset())

# What the census can say about a post. It does not name the team, cannot tell a post of the
# establishment from an agency worker above it, gives vacancies only as one number for the authority
# and absences only as a yes on one day: team, is_established, vacant rows and long leave stay null.
_POST_COLUMNS = (
    "post_id",
    "worker_id",
    "role",
    "is_social_worker",
    "employment",
    "fte",
    "is_asye",
    "started_on",
    "ended_on",
    "end_reason",
    "sickness_days_12m",
    "ethnicity",
    "sex",
    "birth_year",
)
# "Qualified without cases" holds reviewing officers, chairs and others together: no closer role.
_ROLE = {
    "1": "senior_manager",
    "2": "service_manager",
    "3": "team_manager",
    "4": "senior_social_worker",
    "5": "social_worker",
    "6": "other",
}
_END_REASON = {
    "1": "resigned",
    "2": "left_other",
    "3": "left_other",
    "4": "dismissed",
    "5": "retired",
    "6": "left_other",
    "7": "internal",
    "8": "left_other",
}
_SEX = {"0": "U", "1": "M", "2": "F", "9": "U"}
_ASSESSED_YEAR = "1"


class _Return:
    """What has been read of one return so far."""

    def __init__(self, path: Path, authority: str | None) -> None:
        self.path = path
        self.remarks = Remarks(SOURCE, path.name)
        self._wanted_authority = authority
        self._read: tuple[Header, RecordReader] | None = None
        self._rows: dict[str, TableRows] = {}
        self._aside: dict[str, TableRows] = {}
        self._posts: TableRows  # made with the header, without which nothing is kept
        self._lines = {name: line_rows(SOURCE, path.name, name) for name in _GROUPS.tables.values()}
        self._seen: set[tuple[Any, ...]] = set()
        self._records_of: Counter[str] = Counter()
        self.count: Counter[str] = Counter()

    @property
    def header(self) -> Header:
        """The header; Refused where no worker or header came before."""
        return self._reader[0]

    @property
    def _reader(self) -> tuple[Header, RecordReader]:
        if self._read is None:
            raise Refused(f"{self.path.name} has no Header before its records; export it again.")
        return self._read

    def take(self, element: etree._Element) -> None:
        """Read one record of the return."""
        if local_name(element.tag) == "Header":
            self._start(element)
        reader = self._reader[1]
        record = reader.read(element)
        columns = table(record.table).columns
        values = {column.name: value for column, value in zip(columns, record.values, strict=True)}
        for problem, row, name, column, text in reader.said():
            self.remarks.about(problem, row=row, table=name, column=column, text=text)
        self._keep(record, values)

    def _start(self, element: etree._Element) -> None:
        if self._read is not None:
            raise Refused(f"{self.path.name} has a second Header; keep one return.")
        header = read_header(element, self.path, _WANTED, self._wanted_authority, self.remarks)
        if header.collection.year != _YEAR_OF_LAYOUT:
            message = f"Only the layout of {_YEAR_OF_LAYOUT} is known; this is a return of another year."
            self.remarks.once("return-year", message, row=None)
        self._read = header, RecordReader(_GROUPS, header.collection, self.remarks)
        same = coordinates(header.authority, SOURCE, self.path.name)
        self._rows = {name: native_rows(name, same) for name in _GROUPS.tables.values()}
        self._aside = {name: native_rows(name, same) for name in _GROUPS.tables.values()}
        self._posts = TableRows(table("posts").arrow, [*_POST_COLUMNS, "from_row"], same)

    def _keep(self, record: Record, values: dict[str, Any]) -> None:
        name = record.table
        self.count[name] += 1
        needed = [column for column in table(name).required if column != "record_number"]
        blank = next((column for column in needed if values[column] is None), None)
        content = record.content()
        if blank is not None:
            header = table(name).column[blank].header
            message = f"{header} is blank or not readable, so the record cannot be used."
            self._say(record, "R05", Severity.ERROR, message, "quarantined")
        elif content in self._seen:
            self._say(
                record, "R07", Severity.INFO, "The record is given twice; it was kept once.", "duplicate"
            )
        else:
            self._seen.add(content)
            self._lines[name].add((record.row, "kept", None))
            if name == "workforce_workers":
                self._keep_post(record, values)
            self._rows[name].add([*values.values(), record.row])

    def _say(self, record: Record, rule: str, severity: Severity, message: str, status: str) -> None:
        self.remarks.add(rule, severity, message, row=record.row, table=record.table)
        self._lines[record.table].add((record.row, status, None))
        self._aside[record.table].add([*record.values, record.row])

    def _keep_post(self, record: Record, values: dict[str, Any]) -> None:
        worker = values["worker_id"]
        self._records_of[worker] += 1
        values["record_number"] = self._records_of[worker]
        if values["role_started_on"] is None:
            self.remarks.add(
                "R05",
                Severity.WARNING,
                "RoleStartDate is blank or not readable, so the record makes no row of posts.",
                row=record.row,
                table=record.table,
                column="role_started_on",
            )
        else:
            self._posts.add([*_post(values), record.row])

    def set_aside(self) -> dict[str, pa.Table]:
        """The records that were not used."""
        aside = {name: rows.finish() for name, rows in self._aside.items()}
        return {name: rows for name, rows in aside.items() if rows.num_rows}

    def finish(self) -> tuple[dict[str, pa.Table], pa.Table]:
        """Native tables and posts, and every record read with what became of it."""
        tables = {name: rows.finish() for name, rows in self._rows.items()}
        tables["posts"] = self._posts.finish()
        return tables, pa.concat_tables([rows.finish() for rows in self._lines.values()])


def _post(values: dict[str, Any]) -> list[Any]:
    is_agency = values["is_agency"]
    ended_on = values["role_ended_on"]
    status = values["knowledge_and_skills_status"]
    reason = "agency_end" if is_agency else _END_REASON.get(values["reason_left"] or "")
    return [
        f"workforce:post:{values['worker_id']}:{values['record_number']:02d}",
        values["worker_id"],
        _ROLE.get(values["role"] or ""),
        True,  # the census counts registered social workers only
        None if is_agency is None else "agency" if is_agency else "permanent",
        values["fte"],
        None if status is None else status == _ASSESSED_YEAR,
        values["role_started_on"],
        ended_on,  # who ends on the reference date is a leaver in the census: not in post that day
        reason if ended_on else None,
        values["sickness_days"],
        values["ethnicity"],
        _SEX.get(values["gender"] or ""),
        values["birth_year"],
    ]


def read(path: Path | str, *, authority: str | None = None) -> Extract:
    """One return as native tables and posts; Refused where the file cannot be trusted.

    The as-at date is the ReferenceDate of the header. Without `authority` the return says whose it is.
    """
    path = Path(path)
    refuse_unless_message(path, _WANTED)
    found = _Return(path, authority)
    with closing(records(path, _LAYOUT, found.remarks)) as elements:
        for element in elements:
            found.take(element)
    header = found.header
    if not found.count["workforce_workers"]:
        raise Refused(f"{path.name} holds no CSWWWorker; export the census again.")
    tables, lines = found.finish()
    file = FileRead(
        name=path.name,
        sha256=sha256_of(path),
        bytes=path.stat().st_size,
        rows=lines.num_rows,
        status="read",
    )
    return Extract(
        source=SOURCE,
        as_at_on=header.collection.as_at_on,
        authority=header.authority,
        tables=tables,
        set_aside=found.set_aside(),
        supply=_supply(tables, header),
        findings=found.remarks.findings(),
        lines=lines,
        files=[file],
    )


def _supply(tables: dict[str, pa.Table], header: Header) -> dict[str, Supply]:
    starts_on = header.collection.first_day
    return {
        name: Supply(
            source=SOURCE,
            columns=frozenset(
                _POST_COLUMNS if name == "posts" else [column.name for column in table(name).columns]
            ),
            starts_on=starts_on,
            covers_from_on=starts_on,
            complete_since_on=starts_on,
            rows=rows.num_rows,
        )
        for name, rows in tables.items()
    }
