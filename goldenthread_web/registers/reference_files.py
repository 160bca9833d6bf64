"""What does a file of estimates, of terms or of places say? Its first line tells which of them it is."""

from collections.abc import Mapping
from typing import Any

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.registers.csv_files import day, each_once, head_and_rows, lines, needed, number
from goldenthread_web.registers.models import Entry, Estimate, FosterPlaces, SchoolTerm

KINDS: tuple[type[Entry], ...] = (Estimate, SchoolTerm, FosterPlaces)


def columns_of(kind: type[Entry]) -> tuple[str, ...]:
    """The columns of a file of that kind."""
    return (*kind.KEY, *kind.SAID)


def rows_of(data: bytes) -> tuple[type[Entry], list[dict[str, Any]]]:
    """Which kind of file it is, and its rows, each thing once."""
    head, _ = head_and_rows(data)
    kind = next((one for one in KINDS if set(columns_of(one)) <= set(head)), None)
    if kind is None:
        asked = "; or ".join(", ".join(columns_of(one)) for one in KINDS)
        raise Refused(f"The first line must name the columns: {asked}.")
    found = [_row(kind, line, said) for line, said in lines(data, columns_of(kind))]
    return kind, each_once(found, kind.KEY, " and ".join(name.replace("_", " ") for name in kind.KEY))


def _row(kind: type[Entry], line: int, said: Mapping[str, str]) -> dict[str, Any]:
    if kind is Estimate:
        year = needed(said["year"], line, "year")
        return {
            "area": said["area"],
            "year": number(year, line, "year"),
            "population_0_17": _number(said, line, "population_0_17"),
        }
    if kind is SchoolTerm:
        return {
            **{name: needed(said[name], line, name) for name in SchoolTerm.KEY},
            **{name: day(needed(said[name], line, name), line, name) for name in SchoolTerm.SAID},
        }
    as_at_on = day(needed(said["as_at_on"], line, "as_at_on"), line, "as_at_on")
    return {"as_at_on": as_at_on, **{name: _number(said, line, name) for name in FosterPlaces.SAID}}


def _number(said: Mapping[str, str], line: int, column: str) -> int | None:
    return number(needed(said[column], line, column), line, column)
