"""Which file of an SSDA903 return is each of these files, by its header, and what texts are in it?"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from goldenthread.ingest.extract import FileRead, Refused, Severity
from goldenthread.ingest.returns.remarks import Remarks
from goldenthread.ingest.returns.xml_files import first_element, sha256_of
from goldenthread.standard import Table, native_tables

SOURCE = "ssda903"
LARGEST_FILE = 200 * 1024**2  # bytes (rule R13)
MOST_ROWS = 1_000_000

# Items of several files: they do not tell one file from another.
_SHARED = frozenset({"CHILD", "DOB", "SEX"})
# Files that are a whole return: without one of them known for certain, nothing else means much.
_ESSENTIAL = frozenset({"ssda903_header", "ssda903_episodes"})
# Columns of files put together for a region; more than one value means more than one return.
_REGIONAL = ("LA", "YEAR")


@dataclass
class Delivered:
    """One file as it was delivered, and the lines of it where it is part of the return."""

    path: Path
    table: str | None = None
    status: str = "read"
    message: str = ""
    columns: list[str] = field(default_factory=list)  # headings, in capitals
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    remarks: Remarks = field(default_factory=lambda: Remarks(SOURCE, ""))

    def __post_init__(self) -> None:
        self.remarks = Remarks(SOURCE, self.path.name)

    def leave_out(self, status: str, message: str) -> None:
        """Not use this file, and say why."""
        self.status, self.message, self.lines = status, message, []
        severity = Severity.ERROR if status == "rejected" else Severity.INFO
        self.remarks.once("R03", message, row=None, severity=severity)

    def texts(self, heading: str) -> list[str]:
        """The texts of one column, lines with a wrong number of fields left out."""
        if heading not in self.columns:
            return []
        at = self.columns.index(heading)
        return [fields[at] for _, fields in self.lines if len(fields) == len(self.columns)]

    def as_read(self) -> FileRead:
        """The file for the load report."""
        return FileRead(
            name=self.path.name,
            sha256=sha256_of(self.path),
            bytes=self.path.stat().st_size,
            rows=len(self.lines),
            status=self.status,
            message=self.message,
            table=self.table,
        )


def headings(found: Table) -> dict[str, str]:
    """The heading of each column of a native table, with the column's name."""
    return {column.header: column.name for column in found.columns if column.header}


@cache
def _tables() -> dict[str, Table]:
    return {name: found for name, found in native_tables().items() if name.startswith("ssda903_")}


def delivered_files(paths: Path | str | Sequence[Path | str]) -> list[Delivered]:
    """The files of a folder or a list, each recognised; Refused if none is part of a return."""
    files = [_recognised(path) for path in _listed(paths)]
    _leave_out_second_ones(files)
    if not any(file.status == "read" for file in files):
        raise Refused(_nothing_to_read(files))
    return files


def _listed(paths: Path | str | Sequence[Path | str]) -> list[Path]:
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    found: list[Path] = []
    for path in given:
        if not path.exists():
            raise Refused(f"{path.name} does not exist; check the path.")
        inside = sorted(entry for entry in path.iterdir() if entry.is_file()) if path.is_dir() else [path]
        found += inside
    if not found:
        raise Refused("There is no file of an SSDA903 return to read; check the folder.")
    return found


def _nothing_to_read(files: list[Delivered]) -> str:
    if len(files) == 1:
        return files[0].message
    reasons = "; ".join(f"{file.message}" for file in files[:3])
    return f"None of the {len(files)} files is a CSV file of an SSDA903 return: {reasons}"


def _recognised(path: Path) -> Delivered:
    file = Delivered(path)
    kind = path.suffix.lower()
    if kind == ".xml":
        file.leave_out("ignored", _about_xml(path))
    elif kind != ".csv":
        about = (
            "a workbook, such as Ofsted's list of providers" if kind.startswith(".xls") else "not a CSV file"
        )
        file.leave_out("ignored", f"{path.name} is {about}; the SSDA903 return is read from its CSV files.")
    elif path.stat().st_size > LARGEST_FILE:
        raise Refused(f"{path.name} is larger than 200 MB; check that it is one return of one authority.")
    else:
        _read_csv(file)
    return file


def _about_xml(path: Path) -> str:
    if first_element(path) == "EXPSSDA903":
        return f"{path.name} is the XML form of an SSDA903 return; deliver its CSV files instead."
    return f"{path.name} is an XML file; the SSDA903 return is read from its CSV files."


def _read_csv(file: Delivered) -> None:
    try:
        text = file.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        file.leave_out("rejected", f"{file.path.name} is not UTF-8; save it as CSV UTF-8.")
        return
    try:
        lines = list(_numbered_lines(text))
    except csv.Error as problem:
        file.leave_out(
            "rejected", f"{file.path.name} is not a readable CSV file: {problem}; export it again."
        )
        return
    if not lines:
        file.leave_out("rejected", f"{file.path.name} is empty; it needs a header line.")
        return
    if len(lines) > MOST_ROWS + 1:
        raise Refused(f"{file.path.name} has more than a million rows; check that it is one return.")
    file.columns = [name.strip().upper() for name in lines[0][1]]
    file.lines = lines[1:]
    _settle_table(file)


def _numbered_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    for fields in reader:
        if fields:
            yield before + 1, fields
        before = reader.line_num


def _settle_table(file: Delivered) -> None:
    name = _best_table(file.columns)
    if name is None:
        message = f"{file.path.name} has not the header of an SSDA903 file, so it was not read."
        file.leave_out("ignored", message)
        return
    file.table = name
    twice = sorted({heading for heading in file.columns if heading and file.columns.count(heading) > 1})
    known = headings(_tables()[name])
    needed = [heading for heading, column in known.items() if column in _tables()[name].required]
    missing = [heading for heading in needed if heading not in file.columns]
    if twice:
        file.leave_out("rejected", f"{file.path.name} has the column {twice[0]} twice; keep one.")
    elif missing:
        file.leave_out("rejected", f"{file.path.name} lacks the column {missing[0]}; export it again.")
    else:
        _refuse_regional(file)
        for heading in file.columns:
            if heading not in known:
                file.remarks.once("R03", f"The column {heading or '(blank)'} is not known; not read.", row=1)


def _best_table(columns: list[str]) -> str | None:
    """The file whose own columns the header has most of, at least half."""
    best, share = None, 0.0
    for name, found in _tables().items():
        own = set(headings(found)) - _SHARED
        part = len(own & set(columns)) / len(own)
        if part > share:
            best, share = name, part
    return best if share >= 0.5 else None


def _refuse_regional(file: Delivered) -> None:
    for heading in _REGIONAL:
        values = sorted({text.strip() for text in file.texts(heading)} - {""})
        if len(values) > 1:
            raise Refused(
                f"{file.path.name} holds the returns of several authorities or years "
                f"({heading}: {values[0][:40]}, {values[1][:40]}); deliver one return."
            )


def _leave_out_second_ones(files: list[Delivered]) -> None:
    """Two files of one kind: the same file twice is read once; which of two is right is not guessed."""
    for name in _tables():
        same = [file for file in files if file.table == name and file.status == "read"]
        hashes = {sha256_of(file.path) for file in same}
        if len(same) < 2:
            continue
        names = " and ".join(file.path.name for file in same[:2])
        if len(hashes) == 1:
            for file in same[1:]:
                file.leave_out("ignored", f"{names} are the same file; it was read once.")
        elif name in _ESSENTIAL:
            raise Refused(f"{names} are both the {name.removeprefix('ssda903_')} file; leave the right one.")
        else:
            for file in same:
                file.leave_out(
                    "rejected",
                    f"{names} are both the {name.removeprefix('ssda903_')} file; neither was read: "
                    "leave the right one.",
                )
