"""Where does the calendar around day 0 stand on a day: what is ready, what is late, what comes next?"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.db.models import Count, Q, QuerySet

from goldenthread.calendar import working_days_between
from goldenthread_web.governance.models import Countdown, CountdownItem


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item with the day it is due; `working_days`: from today, less than nothing where it is late."""

    item: CountdownItem
    due_on: date
    working_days: int

    @property
    def is_late(self) -> bool:
        """Whether its day passed and it is not ready."""
        return self.item.done_on is None and self.working_days < 0

    @property
    def day_said(self) -> str:
        """Day 0; 2 working days after day 0."""
        number = self.item.working_day
        if number == 0:
            return "day 0"
        days = "1 working day" if abs(number) == 1 else f"{abs(number)} working days"
        return f"{days} {'before' if number < 0 else 'after'} day 0"


@cache
def usual_items() -> tuple[tuple[int, str, str], ...]:
    """The usual list of what has to be ready: working day from day 0, words, post."""
    text = (files("goldenthread_web.governance") / "day_zero.toml").read_text("utf-8")
    return tuple((one["day"], one["text"], one["post"]) for one in tomllib.loads(text)["items"])


def countdowns() -> "QuerySet[Countdown]":
    """Every calendar, the latest day 0 first; `ready` of `number` items are."""
    return Countdown.objects.annotate(
        number=Count("items"), ready=Count("items", filter=Q(items__done_on__isnull=False))
    )


def lines(countdown: Countdown, on: date) -> list[Line]:
    """The items of a calendar in the order of their days. One query."""
    found = []
    for item in countdown.items.select_related("countdown"):
        due = item.due_on
        found.append(Line(item=item, due_on=due, working_days=working_days_between(on, due)))
    return found
