"""What happened to one child, in order? Every date the load holds for them, in words."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goldenthread.calendar import age_on
from goldenthread.figures.run import Loaded
from goldenthread.standard import standard_tables
from goldenthread.standard.schema import code_labels

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happened to the child, on a day or at a time of day."""

    on: date
    at: datetime | None
    group: str
    said: str
    table: str
    team: str | None
    worker_id: str | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Something that is open for the child: a plan, a period of care, proceedings."""

    said: str
    since_on: date | None


@dataclass(frozen=True, kw_only=True)
class ChildFacts:
    """What the extract says of a child: codes in words, the month of birth, never a name."""

    child_id: str
    born: str  # month and year; blank where it is not known
    age: int | None
    is_unborn: bool
    expected_birth_on: date | None
    sex: str
    ethnicity: str
    has_disability: bool | None
    locality: str
    family_id: str
    family: tuple[str, ...]  # ids of the others of the family
    standing: tuple[Standing, ...]  # what is open on the day
    moments: tuple[Moment, ...]  # the latest first


def child_facts(load: Loaded, child_id: str, on: date) -> ChildFacts | None:
    """Everything the load says of a child, as read on a day; None where it does not know the child."""
    table = _read(load, "children", child_id)
    if table is None or not table.num_rows:
        return None
    row = table.to_pylist()[0]
    born = row.get("born_on")
    return ChildFacts(
        child_id=child_id,
        born=f"{born:%B %Y}" if born else "",
        age=None if born is None or born > on else age_on(born, on),
        is_unborn=bool(row.get("is_unborn")),
        expected_birth_on=row.get("expected_birth_on"),
        sex=_in_words("children", "sex", row.get("sex")),
        ethnicity=_in_words("children", "ethnicity", row.get("ethnicity")),
        has_disability=row.get("has_disability"),
        locality=row.get("locality") or "",
        family_id=row.get("family_id") or "",
        family=_family(load, row.get("family_id"), child_id),
        standing=tuple(_standing(load, child_id, on)),
        moments=tuple(sorted(_moments(load, child_id, on), key=_order, reverse=True)),
    )


def _order(moment: Moment) -> tuple[date, datetime, str]:
    return moment.on, moment.at or datetime.combine(moment.on, datetime.min.time()), moment.said


def _family(load: Loaded, family_id: str | None, child_id: str) -> tuple[str, ...]:
    path = load.table_path("children")
    if not family_id or path is None:
        return ()
    found = pq.read_table(path, columns=["child_id"], filters=pc.field("family_id") == family_id)
    return tuple(sorted(one for one in found["child_id"].to_pylist() if one != child_id))


def _read(load: Loaded, name: str, child_id: str) -> pa.Table | None:
    path = load.table_path(name)
    return None if path is None else pq.read_table(path, filters=pc.field("child_id") == child_id)


def _moments(load: Loaded, child_id: str, on: date) -> Iterator[Moment]:
    for name, entries in _entries().items():
        found = _read(load, name, child_id)
        for row in [] if found is None else found.to_pylist():
            for entry in entries:
                when = row.get(entry["on"])
                if when is None:
                    continue
                day = when.date() if isinstance(when, datetime) else when
                if day > on:
                    continue  # a date after today is a mistake that data quality tells of
                yield Moment(
                    on=day,
                    at=when if isinstance(when, datetime) else None,
                    group=entry["group"],
                    said=_said(name, entry["said"], row),
                    table=name,
                    team=row.get("team"),
                    worker_id=row.get("worker_id"),
                )


def _standing(load: Loaded, child_id: str, on: date) -> Iterator[Standing]:
    """What began on or before the day and has not ended by it, in the words of the file."""
    for name, words in _data()["standing"].items():
        found = _read(load, name, child_id)
        for row in [] if found is None else found.to_pylist():
            begun, ended = row.get("started_on"), row.get("ended_on")
            if (begun is None or begun <= on) and (ended is None or ended > on):
                yield Standing(said=_said(name, words, row), since_on=begun)


def _said(table: str, words: str, row: Mapping[str, Any]) -> str:
    """The sentence, without the bracketed parts whose value is blank."""

    def optional(found: re.Match[str]) -> str:
        names = _NAME.findall(found[1])
        return found[1] if all(row.get(name) not in (None, "") for name in names) else ""

    present = _OPTIONAL.sub(optional, words)
    return _NAME.sub(lambda found: _in_words(table, found[1], row.get(found[1])), present)


def _in_words(table: str, column: str, value: Any) -> str:
    if value is None:
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    codes = standard_tables()[table].column[column].codes
    return _labels(codes).get(str(value), str(value)) if codes else str(value)


@cache
def _labels(codes: str) -> dict[str, str]:
    return code_labels(codes)


def _entries() -> dict[str, list[dict[str, str]]]:
    return {name: entries for name, entries in _data().items() if name != "standing"}


@cache
def _data() -> dict[str, Any]:
    text = (files("goldenthread.worklist") / "timeline.toml").read_text("utf-8")
    return tomllib.loads(text)
