"""Which rows of the standard tables does an SSDA903 return fill, and with what?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from goldenthread.ingest.returns.cells import Collection
from goldenthread.ingest.returns.rows import TableRows, coordinates
from goldenthread.ingest.ssda903.care import Period, periods_of_care, placements
from goldenthread.ingest.ssda903.files import SOURCE
from goldenthread.ingest.ssda903.lines import FileLines
from goldenthread.ingest.values import moment_of_day
from goldenthread.standard import table

_SEX = {"1": "M", "2": "F", "M": "M", "F": "F", "U": "U"}
_MISSING_KIND = {"M": "missing", "A": "away"}


@dataclass(frozen=True)
class Filled:
    """One standard table: its rows, and the columns the return supplies."""

    rows: pa.Table
    columns: frozenset[str]


def standard_rows(files: dict[str, FileLines], authority: str, collection: Collection) -> dict[str, Filled]:
    """The standard tables that the files of the return fill; a file not there fills none."""
    filled: dict[str, Filled] = {}
    for name, fill in (
        ("ssda903_header", _children),
        ("ssda903_reviews", _reviews),
        ("ssda903_oc3", _care_leavers),
        ("ssda903_missing", _missing),
        ("ssda903_social_worker_episodes", _allocations),
    ):
        if name in files:
            target, rows = fill(files[name], collection)
            filled[target] = _table(target, files[name], rows, authority)
    if "ssda903_episodes" in files:
        episodes = files["ssda903_episodes"]
        periods = periods_of_care(episodes, collection.first_day)
        uasc = _uasc(files.get("ssda903_uasc"), collection)
        rows = _care_periods(periods, uasc)
        filled["care_periods"] = _table("care_periods", episodes, rows, authority)
        filled["placements"] = _table("placements", episodes, _placements(periods), authority)
    return filled


_Rows = Iterable[tuple[int, dict[str, Any]]]  # the line of a row, and its columns


def _table(name: str, read: FileLines, rows: _Rows, authority: str) -> Filled:
    """Rows as a standard table; columns that rest on a column the file lacks are not supplied."""
    rows = list(rows)
    columns = list(COLUMNS[name])
    schema = table(name).arrow
    same = coordinates(authority, SOURCE, read.file.path.name)
    made = TableRows(schema, [*columns, "from_row"], same)
    for number, values in rows:
        made.add([*(values.get(column) for column in columns), number])
    there = set(read.columns)
    supplied = {
        column
        for column, needs in COLUMNS[name].items()
        if column in table(name).column and (needs is None or needs in there)
    }
    return Filled(made.finish(), frozenset(supplied))


# Column of the standard table: the column of the file it is read from; None where it is made here.
COLUMNS: dict[str, dict[str, str | None]] = {
    "children": {"child_id": "child_id", "born_on": "born_on", "sex": "sex", "ethnicity": "ethnicity"},
    "conferences": {
        "conference_id": None,
        "child_id": "child_id",
        "kind": None,
        "held_on": "held_on",
        "participation": "participation",
    },
    "care_leaver_statuses": {
        "status_id": None,
        "child_id": "child_id",
        "recorded_on": None,
        "is_service_open": None,
        "eligibility": None,
        "in_touch": "in_touch",
        "accommodation": "accommodation",
        "is_suitable_accommodation": "accommodation",
        "activity": "activity",
    },
    "missing_episodes": {
        "episode_id": None,
        "child_id": "child_id",
        "kind": "kind",
        "started_at": "started_on",
        "started_at_is_timed": None,
        "ended_at": "ended_on",
        "ended_at_is_timed": None,
    },
    "allocations": {
        "allocation_id": None,
        "child_id": "child_id",
        "worker_id": "worker_id",
        "role": None,
        "started_on": "started_on",
        "ended_on": "ended_on",
    },
    "care_periods": {
        "care_period_id": None,
        "child_id": "child_id",
        "started_on": "started_on",
        "ended_on": "ended_on",
        "end_reason": "reason_ceased",
        "legal_status": "legal_status",
        "category_of_need": "category_of_need",
        "is_uasc": None,
    },
    "placements": {
        "placement_id": None,
        "child_id": "child_id",
        "started_on": "started_on",
        "ended_on": "ended_on",
        "placement_type": "placement",
        "provider": "placement_provider",
        "end_reason": "reason_placement_change",
    },
}


class _RunningNumbers:
    """Ids made from the source, the child and a running number for that child."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._last: dict[str, int] = {}

    def next(self, child: str) -> str:
        number = self._last.get(child, 0) + 1
        self._last[child] = number
        return made_id(self._word, child, number)


def made_id(word: str, child: str, number: int) -> str:
    """The id of the number-th such record of a child."""
    return f"{SOURCE}:{word}:{child}:{number:02d}"


def _children(read: FileLines, _: Collection) -> tuple[str, _Rows]:
    return "children", (
        (
            line.number,
            {
                "child_id": line.child,
                "born_on": line.says.get("born_on"),
                "sex": _SEX.get(line.says.get("sex", "")),
                "ethnicity": line.says.get("ethnicity"),
            },
        )
        for line in read.kept
    )


def _reviews(read: FileLines, _: Collection) -> tuple[str, _Rows]:
    return "conferences", _numbered(read, "review", "conference_id", "held_on", _review)


def _review(says: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "looked_after_review",
        "held_on": says["held_on"],
        "participation": says.get("participation"),
    }


def _numbered(read: FileLines, word: str, key: str, order: str, columns: Any) -> Iterator[Any]:
    """Rows with an id of their own, numbered by date for each child."""
    ids = _RunningNumbers(word)
    for line in sorted(read.kept, key=lambda line: (line.child or "", line.says[order])):
        child = line.child or ""
        yield line.number, {"child_id": child, key: ids.next(child), **columns(line.says)}


def _care_leavers(read: FileLines, collection: Collection) -> tuple[str, _Rows]:
    def status(says: dict[str, Any]) -> dict[str, Any]:
        accommodation = says.get("accommodation") or ""
        return {
            "recorded_on": collection.as_at_on,
            "is_service_open": True,
            "eligibility": "former_relevant",
            "in_touch": says.get("in_touch"),
            "activity": says.get("activity"),
            "accommodation": accommodation[:1] or None,
            "is_suitable_accommodation": {"1": True, "2": False}.get(accommodation[1:]),
        }

    return "care_leaver_statuses", _numbered(read, "care-leaver", "status_id", "child_id", status)


def _missing(read: FileLines, _: Collection) -> tuple[str, _Rows]:
    return "missing_episodes", _numbered(read, "missing", "episode_id", "started_on", _missing_episode)


def _missing_episode(says: dict[str, Any]) -> dict[str, Any]:
    ended_on = says.get("ended_on")
    return {
        "kind": _MISSING_KIND.get(says.get("kind", "")),
        "started_at": moment_of_day(says["started_on"]).local,
        "started_at_is_timed": False,
        "ended_at": moment_of_day(ended_on).local if ended_on else None,
        "ended_at_is_timed": False if ended_on else None,
    }


def _allocations(read: FileLines, _: Collection) -> tuple[str, _Rows]:
    """The return names no team: team is null, and worker figures by team need another source."""
    return "allocations", _numbered(read, "allocation", "allocation_id", "started_on", _allocation)


def _allocation(says: dict[str, Any]) -> dict[str, Any]:
    return {
        "worker_id": says["worker_id"],
        "role": "social_worker",
        "started_on": says["started_on"],
        "ended_on": says.get("ended_on"),
    }


def _uasc(read: FileLines | None, collection: Collection) -> dict[str, bool | None] | None:
    """Whether each listed child was a UASC in the year; None where the file is not there."""
    if read is None:
        return None
    starts_on = collection.first_day
    listed: dict[str, bool | None] = {child: None for child in read.quarantined_children() if child}
    for line in read.kept:
        ceased_on = line.says.get("uasc_ceased_on")
        listed[line.child or ""] = ceased_on is None or ceased_on > starts_on
    return listed


def _care_periods(periods: list[Period], uasc: dict[str, bool | None] | None) -> _Rows:
    for period in periods:
        yield (
            period.row,
            {
                "care_period_id": made_id("care-period", period.child, period.number),
                "child_id": period.child,
                "started_on": period.started_on,
                "ended_on": period.ended_on,
                "end_reason": period.end_reason,
                "legal_status": period.latest("legal_status"),
                "category_of_need": period.latest("category_of_need"),
                "is_uasc": None if uasc is None else uasc.get(period.child, False),
            },
        )


def _placements(periods: list[Period]) -> _Rows:
    for spell in placements(periods):
        yield (
            spell.row,
            {
                "placement_id": made_id("placement", spell.child, spell.number),
                "child_id": spell.child,
                "started_on": spell.started_on,
                "ended_on": spell.latest("ended_on"),
                "placement_type": spell.latest("placement"),
                "provider": spell.latest("placement_provider"),
                "end_reason": spell.latest("reason_placement_change"),
            },
        )
