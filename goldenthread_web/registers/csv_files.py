"""What does a file say, line by line? Read whole, or refused in one sentence that names the line.

No value of the file stands in a sentence: it may be a child's.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from goldenthread_web.accounts.refusals import Refused

MOST_BYTES = 5_000_000
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_LONGEST_NUMBER = 8  # digits


def head_and_rows(data: bytes) -> tuple[list[str], Iterator[list[str]]]:
    """The names of the columns, and the lines under them."""
    if len(data) > MOST_BYTES:
        raise Refused("The file is too large for a register: choose another.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file cannot be read as text: save it as CSV (UTF-8) and try again.") from None
    rows = csv.reader(io.StringIO(text))
    return [name.strip().lower() for name in next(rows, [])], rows


def lines(data: bytes, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line with its number, by column."""
    head, rows = head_and_rows(data)
    if lacking := [name for name in columns if name not in head]:
        raise Refused(
            f"The first line has no {' and no '.join(lacking)}: name each column as it is asked for."
        )
    is_empty = True
    for number, cells in enumerate(rows, start=2):
        said = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        if not any(said.values()):
            continue
        is_empty = False
        yield number, {name: said.get(name, "") for name in columns}
    if is_empty:
        raise Refused("The file has no line under its first: nothing was taken over.")


def needed(text: str, line: int, column: str) -> str:
    """The text, which may not be blank."""
    if not text:
        raise Refused(f"Line {line}: {column} is blank. Correct it in the file.")
    return text


def day(text: str, line: int, column: str) -> date:
    """The day that a text says."""
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Refused(f"Line {line}: {column} is no day. Write it as 2017-12-31.")


def number(text: str, line: int, column: str) -> int | None:
    """The whole number that a text says; None where it is blank."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        raise Refused(f"Line {line}: {column} is no whole number. Correct it in the file.")
    return int(text)


def each_once(rows: list[dict[str, Any]], names: Sequence[str], words: str) -> list[dict[str, Any]]:
    """The rows, no two of which have the same values under these names."""
    keys = [tuple(row[name] for name in names) for row in rows]
    if len(set(keys)) < len(keys):
        raise Refused(f"Some {words} stands in the file twice: keep the line that is right.")
    return rows
