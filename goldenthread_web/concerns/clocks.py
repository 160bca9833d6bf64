"""How long may an immediate concern wait, and how is time left said? The times are in clocks.toml."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from django.conf import settings

from goldenthread_web.config.clock import london, now, today


@dataclass(frozen=True)
class Step:
    """A step of telling: so long after the concern was raised, the people in these roles."""

    step: str
    after: timedelta
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Every time that counts for an immediate concern."""

    acknowledge: timedelta
    safe: timedelta
    mail_again: timedelta
    steps: tuple[Step, ...]  # for as long as nobody has acknowledged it
    when_safety_is_late: Step
    when_not_safe: Step


@cache
def clocks() -> Clocks:
    """The clocks of clocks.toml."""
    said = tomllib.loads((files("goldenthread_web.concerns") / "clocks.toml").read_text("utf-8"))
    safe = timedelta(hours=said["safe_hours"])
    return Clocks(
        acknowledge=timedelta(hours=said["acknowledge_hours"]),
        safe=safe,
        mail_again=timedelta(minutes=said["mail_again_minutes"]),
        steps=tuple(
            Step(one["step"], timedelta(hours=one["after_hours"]), tuple(one["roles"]))
            for one in said["steps"]
        ),
        when_safety_is_late=Step("safe", safe, tuple(said["safe"]["roles"])),
        when_not_safe=Step("unsafe", timedelta(0), tuple(said["unsafe"]["roles"])),
    )


def moment() -> datetime:
    """This moment; in a demonstration with a day of its own, this time of that day."""
    if settings.INSTALLATION.today is None:
        return now()
    here = london(now())
    return counted(here.replace(year=today().year, month=today().month, day=today().day))


def counted(at: datetime) -> datetime:
    """A moment as clocks count it: in UTC, so that a night of 23 or 25 hours is as long as it is."""
    return at.astimezone(UTC)


def time_left(until: datetime, at: datetime) -> str:
    """3 hours 20 minutes left; 12 minutes late."""
    gap = until - at
    return f"{_said(gap)} left" if gap > timedelta(0) else f"{_said(-gap)} late"


def _said(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        parts = [(days, "day"), (hours, "hour")]
    else:
        parts = [(hours, "hour"), (minutes, "minute")]
    said = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number]
    return " ".join(said) or "less than a minute"
