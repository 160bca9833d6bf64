"""When is a worker's next session due, and was the last one in time? From the agreement and its sessions."""

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread_web.supervision.models import Session
from goldenthread_web.supervision.reading import File
from goldenthread_web.supervision.rules import frequencies, rules


@dataclass(frozen=True, kw_only=True)
class Due:
    """How a worker's supervision stands at the end of a day."""

    on: date
    weeks: int | None  # None: away, nothing is due
    last_on: date | None
    next_on: date | None  # by when the next session should take place

    @property
    def latest_on(self) -> date | None:
        """After this day it is late: the rules leave a few days."""
        return None if self.next_on is None else self.next_on + timedelta(days=rules()["grace_days"])

    @property
    def is_late(self) -> bool:
        """Whether a session should have taken place by now."""
        return self.latest_on is not None and self.on > self.latest_on

    @property
    def is_judged(self) -> bool:
        """Whether it counts: not while the worker is away, nor before a first session is due."""
        return self.weeks is not None and (self.last_on is not None or self.is_late)

    @property
    def days(self) -> int | None:
        """Days until it is due; negative: since."""
        return None if self.next_on is None else (self.next_on - self.on).days


def due(file: File, on: date) -> Due:
    """How supervision stands at the end of a day, by the one-to-one sessions held up to it."""
    held = (
        one.held_on for one in file.completed if one.kind == Session.Kind.ONE_TO_ONE and one.held_on <= on
    )
    last = max(held, default=None)
    weeks = weeks_of(file, on)
    away = [one.ends_on + timedelta(days=1) for one in file.others if one.weeks is None and one.ends_on < on]
    counted = max([file.agreement.starts_on, *([last] if last else []), *away])
    next_on = None if weeks is None else counted + timedelta(weeks=weeks)
    return Due(on=on, weeks=weeks, last_on=last, next_on=next_on)


def weeks_of(file: File, on: date) -> int | None:
    """Every how many weeks a session is due on a day; None: none is."""
    for one in file.others:
        if one.starts_on <= on <= one.ends_on:
            return one.weeks
    rule = frequencies()[file.agreement.role]
    turned = file.agreement.counted_from_on + timedelta(weeks=rule.after_weeks)
    return rule.then_weeks if rule.after_weeks and on >= turned else rule.weeks
