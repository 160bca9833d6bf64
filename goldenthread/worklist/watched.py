"""Which children need an eye on them, and why? Rows of indicators that tell of drift or nobody in charge."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.figures.listing import NotComputable, Row, rows_of
from goldenthread.figures.serving import Loads
from goldenthread.periods import Period
from goldenthread.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One reason to keep an eye on a child."""

    code: str
    list: str
    ref: str
    part: str
    weight: int
    title: str
    unless: str = ""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A child with such a reason, and the sentence of the indicator's row."""

    code: str
    child_id: str | None
    key: str | None
    team: str
    worker_id: str
    since_on: date | None
    days: int | None
    why: str


@dataclass(frozen=True, kw_only=True)
class WatchLists:
    """Who is watched as at the load's day, and which reasons could not be told, with what they need."""

    watched: Sequence[Watched]
    not_available: Mapping[str, str]


@cache
def watches() -> dict[str, Watch]:
    """Every reason by its code, in the order of the file."""
    data = tomllib.loads((files("goldenthread.worklist") / "watch.toml").read_text("utf-8"))
    return {code: Watch(code=code, **({"part": ""} | entry)) for code, entry in data.items()}


def watch_lists(loads: Loads, on: date, settings: Settings) -> WatchLists:
    """Every watched child as at a day, which is the as-at date of the load or earlier."""
    found: list[Watched] = []
    missing: dict[str, str] = {}
    period = Period(on.replace(day=1), on, on)
    refs = dict.fromkeys(ref for watch in watches().values() for ref in (watch.ref, watch.unless) if ref)
    rows_by_ref = dict(rows_of(loads, period, settings, list(refs)))
    for watch in watches().values():
        rows = rows_by_ref[watch.ref]
        if isinstance(rows, NotComputable):
            missing[watch.code] = str(rows)
        else:
            found += _watched(watch, rows, _counted(rows_by_ref.get(watch.unless)))
    return WatchLists(watched=found, not_available=missing)


def _counted(rows: Sequence[Row] | NotComputable | None) -> set[str | None]:
    """The children an indicator counts; none where it cannot be worked out."""
    if rows is None or isinstance(rows, NotComputable):
        return set()
    return {row.child_id for row in rows if not row.part and row.in_numerator}


def _watched(watch: Watch, rows: Sequence[Row], left_out: set[str | None]) -> Iterator[Watched]:
    for row in rows:
        if row.part == watch.part and row.in_numerator and row.child_id not in left_out:
            yield Watched(
                code=watch.code,
                child_id=row.child_id,
                key=row.key,
                team=row.team or "",
                worker_id=row.worker_id or "",
                since_on=row.clock_start if isinstance(row.clock_start, date) else None,
                days=row.days,
                why=row.reason,
            )
