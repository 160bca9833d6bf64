"""How many contacts came how far, and what did each agency's contacts lead to?"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.settings import Settings

_NAME = re.compile(r"{(\w+)}")
OPEN = ("open", "late")  # kinds of place at which a contact goes on


@dataclass(frozen=True, kw_only=True)
class End:
    """A place at which a contact may stand, as funnel.toml describes it."""

    code: str
    stage: str
    kind: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How many contacts came at least so far, and what became of those that came no further."""

    code: str
    label: str
    reached: int
    open: int  # stand here and go on
    ended: int  # stand here, and nothing more follows or the extract cannot say


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many, as FD-02 and FD-03 count them."""

    numerator: int
    denominator: int


@dataclass(frozen=True, kw_only=True)
class OfSource:
    """What the contacts of one agency led to."""

    source: str
    received: int
    decided: int
    referrals: Share  # of those decided on whom the extract can say
    no_further_action: int  # at the decision
    not_told: int  # decided, and neither referred nor any outcome recorded


@dataclass(frozen=True, kw_only=True)
class FunnelCounts:
    """The contacts of some months, counted."""

    starts_on: date
    ends_on: date
    stages: Sequence[Stage]
    ends: Mapping[str, int]  # every place, in the order of the file
    sources: Sequence[OfSource]  # most contacts first
    in_time: Share
    referrals: Share

    @property
    def received(self) -> int:
        """All contacts."""
        return sum(self.ends.values())

    @property
    def open(self) -> int:
        """Contacts that still go on somewhere."""
        return sum(number for code, number in self.ends.items() if ends()[code].kind in OPEN)


@cache
def ends() -> dict[str, End]:
    """Every place, in the order of the way."""
    return {code: End(code=code, **entry) for code, entry in _data()["ends"].items()}


def label_of(end: End, settings: Settings) -> str:
    """The place in words, with the council's own limits."""
    return end.label.format(**{name: settings.value(name) for name in _NAME.findall(end.label)})


def counted(rows: pa.Table, starts_on: date, ends_on: date) -> FunnelCounts:
    """The contacts received on these days, counted from the rows of `funnel`."""
    day = rows["received_on"]
    rows = rows.filter(pc.and_(pc.greater_equal(day, starts_on), pc.less_equal(day, ends_on)))
    by_end = _by_end(rows)
    return FunnelCounts(
        starts_on=starts_on,
        ends_on=ends_on,
        stages=_stages(by_end),
        ends=by_end,
        sources=_sources(rows),
        in_time=Share(numerator=_true(rows["is_in_time"]), denominator=_true(rows["is_timed_in"])),
        referrals=_referrals(rows),
    )


def _stages(by_end: Mapping[str, int]) -> list[Stage]:
    order = list(_data()["stages"])
    found = []
    for position, (code, label) in enumerate(_data()["stages"].items()):
        here = [end for end in ends().values() if end.stage == code]
        still = sum(by_end[end.code] for end in here if end.kind in OPEN)
        stopped = sum(by_end[end.code] for end in here if end.kind in ("ended", "untold"))
        reached = sum(by_end[end.code] for end in ends().values() if order.index(end.stage) >= position)
        found.append(Stage(code=code, label=label, reached=reached, open=still, ended=stopped))
    return found


def _sources(rows: pa.Table) -> list[OfSource]:
    found = []
    for source in pc.unique(rows["source"]).to_pylist():
        of = rows.filter(pc.equal(rows["source"], source))
        by_end = _by_end(of)
        found.append(
            OfSource(
                source=source,
                received=of.num_rows,
                decided=of.num_rows - by_end["undecided"] - by_end["undecided_late"],
                referrals=_referrals(of),
                no_further_action=by_end["nfa"],
                not_told=by_end["not_recorded"],
            )
        )
    return sorted(found, key=lambda one: (-one.received, one.source))


def _referrals(rows: pa.Table) -> Share:
    told = pc.sum(pc.is_valid(rows["is_referral"]).cast(pa.int64())).as_py() or 0
    return Share(numerator=_true(rows["is_referral"]), denominator=told)


def _true(column: pa.ChunkedArray) -> int:
    return pc.sum(column.cast(pa.int64())).as_py() or 0


def _by_end(rows: pa.Table) -> dict[str, int]:
    found = {row["values"]: row["counts"] for row in pc.value_counts(rows["end"]).to_pylist()}
    return {code: found.get(code, 0) for code in ends()}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("goldenthread.worklist") / "funnel.toml").read_text("utf-8"))
