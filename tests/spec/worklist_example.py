"""A worked example of the worklist: one item, drawn line by line, each with because."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from goldenthread.settings import Settings
from goldenthread.worklist.items import items
from goldenthread.worklist.lines import Line, Only, worklist
from tests.builders import ALoad, drawn

ON = "2017-06-15"  # a Thursday
AS_AT = "2017-06-30"
ANSWERS = {
    "worker": "worker_id",
    "team": "team",
    "clock_start": "clock_start",
    "last_done": "last_done",
    "next_due": "next_due",
    "overdue": "working_days_overdue",
    "to_go": "working_days_to_go",
    "state": "state",
    "open": "open",
    "why": "why",
}


def a_load(folder: Path, item: str, tables: dict[str, str], *, as_at: str = AS_AT) -> ALoad:
    """A load that supplies all that an item needs: what is drawn, and else empty files."""
    load = ALoad(folder, date.fromisoformat(as_at))
    needs = [need for duty in items()[item].duties for need in duty.needs]
    names = dict.fromkeys([*tables, *(need.partition("=")[0].partition(".")[0] for need in needs)])
    for name in names:
        load.add(name, tables.get(name, "child_id"))
        kinds = {
            k for need in needs if need.startswith(f"{name}=") for k in need.partition("=")[2].split("|")
        }
        load.supply[name] = replace(load.supply[name], kinds=load.supply[name].kinds | kinds)
    return load


def lines_of(
    folder: Path,
    item: str,
    tables: dict[str, str],
    *,
    on: str = ON,
    as_at: str = AS_AT,
    settings: Settings | None = None,
) -> list[Line]:
    """The lines of one item."""
    load = a_load(folder, item, tables, as_at=as_at)
    found = worklist(load, date.fromisoformat(on), settings or Settings(), only=Only(items=[item]))
    assert not found.not_available
    return list(found.lines())


def check(folder: Path, item: str, expected: str, *, settings: Settings | None = None, **tables: str) -> None:
    """Check the lines of an item against a drawn table; a blank state says that there is no line."""
    found = lines_of(folder, item, tables, settings=settings)
    rows = drawn(expected)
    assert all(row["because"] for row in rows)
    wanted = [row for row in rows if row["state"]]
    seen = [(line.child_id or "", line.worker_id, line.state) for line in found]
    assert len(found) == len(wanted), f"{item}: drawn {len(wanted)} lines, found {seen}"
    for row in wanted:
        matches = [
            line
            for line in found
            if (line.child_id or "") == row["child_id"]
            and ("worker" not in row or line.worker_id == row["worker"])
        ]
        assert len(matches) == 1, f"{item}: no line like {row} among {seen}"
        for name, field in ANSWERS.items():
            if name in row:
                value = getattr(matches[0], field)
                assert ("" if value is None else str(value)) == row[name], f"{item}: {name} of {row}: {value}"
