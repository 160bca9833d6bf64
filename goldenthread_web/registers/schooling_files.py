"""What does a file of the virtual school say? The child becomes a keyed reference here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goldenthread_web.accounts.children import reference
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.registers.csv_files import day, each_once, lines, needed, number

CHILD = "child_id"
RETURNS = (CHILD, "term", "ended_on", "sessions_possible", "sessions_missed", "suspensions")
MOVES = (CHILD, "moved_on")


def returns_of(data: bytes) -> list[dict[str, Any]]:
    """The returns of a file, each once a child and term."""
    found = []
    for line, said in _lines(data, RETURNS):
        row = {
            "reference": said[CHILD],
            "term": needed(said["term"], line, "term")[:60],
            "ended_on": day(needed(said["ended_on"], line, "ended_on"), line, "ended_on"),
            **{name: number(said[name], line, name) for name in RETURNS[3:]},
        }
        possible, missed = row["sessions_possible"], row["sessions_missed"]
        if possible is not None and missed is not None and missed > possible:
            raise Refused(f"Line {line}: more sessions were missed than there were. Correct it in the file.")
        found.append(row)
    return each_once(found, ("reference", "term"), "child and term")


def moves_of(data: bytes) -> list[dict[str, Any]]:
    """The schools and moves of a file: a line without a day is a child who has a school and has not moved."""
    found = [
        {
            "reference": said[CHILD],
            "moved_on": day(said["moved_on"], line, "moved_on") if said["moved_on"] else None,
        }
        for line, said in _lines(data, MOVES)
    ]
    return each_once(found, ("reference", "moved_on"), "child and day")


def _lines(data: bytes, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line with its number, by column, the child as a reference."""
    for line, row in lines(data, columns):
        yield line, {**row, CHILD: reference(needed(row[CHILD], line, CHILD))}
