"""Which children need an eye on them, and why? Rows of indicators that tell of drift or nobody in charge."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.figures.listing import NotComputable, rows_of
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
    refs = list(dict.fromkeys(watch.ref for watch in watches().values()))
    for ref, rows in rows_of(loads, period, settings, refs):
        of_ref = [watch for watch in watches().values() if watch.ref == ref]
        if isinstance(rows, NotComputable):
            missing |= {watch.code: str(rows) for watch in of_ref}
            continue
        by_part = {watch.part: watch for watch in of_ref}
        found += _watched(by_part, rows)
    return WatchLists(watched=found, not_available=missing)


def _watched(by_part: Mapping[str, Watch], rows: Sequence) -> Iterator[Watched]:
    for row in rows:
        watch = by_part.get(row.part)
        if watch is not None and row.in_numerator:
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
