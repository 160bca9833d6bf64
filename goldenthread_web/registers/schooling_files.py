"""What does a file of the virtual school say? Read whole, or refused in one sentence that names the line.

No value of the file stands in a sentence: it may be a child's. The child becomes a keyed reference here.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import Refused

CHILD = "child_id"
RETURNS = (CHILD, "term", "ended_on", "sessions_possible", "sessions_missed", "suspensions")
MOVES = (CHILD, "moved_on")
MOST_BYTES = 5_000_000
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")


def returns_of(data: bytes) -> list[dict[str, Any]]:
    """The returns of a file, each once a child and term."""
    found = []
    for line, said in _lines(data, RETURNS):
        row = {
            "reference": said[CHILD],
            "term": _needed(said["term"], line, "term")[:60],
            "ended_on": _day(_needed(said["ended_on"], line, "ended_on"), line, "ended_on"),
            **{name: _number(said[name], line, name) for name in RETURNS[3:]},
        }
        possible, missed = row["sessions_possible"], row["sessions_missed"]
        if possible is not None and missed is not None and missed > possible:
            raise Refused(f"Line {line}: more sessions were missed than there were. Correct it in the file.")
        found.append(row)
    return _each_once(found, ("reference", "term"), "child and term")


def moves_of(data: bytes) -> list[dict[str, Any]]:
    """The schools and moves of a file: a line without a day is a child who has a school and has not moved."""
    found = [
        {
            "reference": said[CHILD],
            "moved_on": _day(said["moved_on"], line, "moved_on") if said["moved_on"] else None,
        }
        for line, said in _lines(data, MOVES)
    ]
    return _each_once(found, ("reference", "moved_on"), "child and day")


def _lines(data: bytes, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line with its number, by column, the child as a reference."""
    if len(data) > MOST_BYTES:
        raise Refused("The file is too large for a list of looked-after children: choose another.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file cannot be read as text: save it as CSV (UTF-8) and try again.") from None
    reader = csv.reader(io.StringIO(text))
    head = [name.strip().lower() for name in next(reader, [])]
    if lacking := [name for name in columns if name not in head]:
        raise Refused(
            f"The first line has no {' and no '.join(lacking)}: name each column as it is asked for."
        )
    is_empty = True
    for number, cells in enumerate(reader, start=2):
        said = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        if not any(said.values()):
            continue
        is_empty = False
        row = {name: said.get(name, "") for name in columns}
        yield number, row | {CHILD: reference(_needed(row[CHILD], number, CHILD))}
    if is_empty:
        raise Refused("The file has no line under its first: nothing was taken over.")


def _needed(text: str, line: int, column: str) -> str:
    if not text:
        raise Refused(f"Line {line}: {column} is blank. Correct it in the file.")
    return text


def _day(text: str, line: int, column: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Refused(f"Line {line}: {column} is no day. Write it as 2017-12-31.")


def _number(text: str, line: int, column: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6:
        raise Refused(f"Line {line}: {column} is no whole number. Correct it in the file.")
    return int(text)


def _each_once(rows: list[dict[str, Any]], names: Sequence[str], words: str) -> list[dict[str, Any]]:
    keys = [tuple(row[name] for name in names) for row in rows]
    if len(set(keys)) < len(keys):
        raise Refused(f"Some {words} stands in the file twice: keep the line that is right.")
    return rows
