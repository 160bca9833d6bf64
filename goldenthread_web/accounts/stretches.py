"""From when until when did each team and service exist? Worked out from the rows of the extract's teams."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from goldenthread_web.accounts.models import Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A unit in one stretch of time."""

    kind: str
    name: str
    service: str
    starts_on: date
    ends_on: date | None  # the last day; None: it goes on


def stretches(rows: Iterable[Mapping[str, Any]]) -> list[Stretch]:
    """Teams by their reporting name and services, with rows that adjoin or overlap joined.

    Where a team is said to be in two services at once, the row that began later counts from its beginning.
    """
    found: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for row in rows:
        name = row["reporting_team"] or row["team"]
        starts, ends = row["effective_from_on"], row["effective_to_on"]
        if ends is not None and ends < starts:
            continue
        found[Unit.Kind.TEAM, name].append(Stretch(Unit.Kind.TEAM, name, row["service"], starts, ends))
        found[Unit.Kind.SERVICE, row["service"]].append(
            Stretch(Unit.Kind.SERVICE, row["service"], "", starts, ends)
        )
    return [stretch for key in sorted(found) for stretch in _joined(found[key])]


def _joined(parts: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for part in sorted(parts, key=lambda one: (one.starts_on, one.service)):
        last = joined[-1] if joined else None
        if last is None or (last.ends_on is not None and last.ends_on + _DAY < part.starts_on):
            joined.append(part)
        elif last.service == part.service:
            joined[-1] = replace(last, ends_on=_later(last.ends_on, part.ends_on))
        elif last.starts_on == part.starts_on:
            joined[-1] = part
        else:
            joined[-1] = replace(last, ends_on=_earlier(last.ends_on, part.starts_on - _DAY))
            joined.append(part)
    return joined


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _earlier(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)
