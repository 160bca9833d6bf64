"""Whose openings of children's pages are worth a second look? By person and day, from the trail.

What stands here is a reason to ask, and no finding: somebody on duty opens children at night, and a review of
a team opens many. Names of children are not kept, so that who shares one with a child cannot be looked for.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from goldenthread.calendar import is_working_day
from goldenthread_web.config.clock import london
from goldenthread_web.trail.queries import Asked, events

OPENED = "child.seen"  # a child's own page; lists show whoever stands on them
MOST_IN_AN_HOUR = 30  # different children
BEGINS, ENDS = time(7), time(20)  # of a day at work
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """What stands out of one person's day."""

    on: date
    person: int
    children: int  # different ones opened on the day
    in_an_hour: int  # the most within an hour, where they are too many; else 0
    at_odd_hours: int  # openings in the evening, at night, or on a day nobody works


def worth_a_second_look(since: date, until: date) -> list[SecondLook]:
    """Days of people on which something stands out, the latest first; both days included."""
    opened: dict[tuple[date, int], list[tuple[datetime, str]]] = defaultdict(list)
    found = events(Asked(what=OPENED, since=since, until=until)).filter(by_id__isnull=False)
    for person, at, child in found.order_by("id").values_list("by_id", "at", "about_key"):
        opened[london(at).date(), person].append((london(at), child))
    looks = [_look(day, person, rows) for (day, person), rows in opened.items()]
    return sorted(
        (one for one in looks if one.in_an_hour or one.at_odd_hours),
        key=lambda one: (one.on, one.in_an_hour, one.at_odd_hours, one.person),
        reverse=True,
    )


def _look(day: date, person: int, rows: Sequence[tuple[datetime, str]]) -> SecondLook:
    most = max(
        len({child for other, child in rows[number:] if other - at < _HOUR})
        for number, (at, _) in enumerate(rows)
    )
    odd = [at for at, _ in rows if not (BEGINS <= at.time() < ENDS and is_working_day(day))]
    return SecondLook(
        on=day,
        person=person,
        children=len({child for _, child in rows}),
        in_an_hour=most if most > MOST_IN_AN_HOUR else 0,
        at_odd_hours=len(odd),
    )
