"""Which periods of care and which placements do the episodes of a child make?

An episode with RNE S starts a period; one whose REC is not X1 ends it. Within a period S, P and B
start a placement; L, T and U continue it: the placement or the carer is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread.ingest.extract import Severity
from goldenthread.ingest.ssda903.lines import FileLines, Line

_STARTS_PLACEMENT = frozenset({"S", "P", "B"})
_CONTINUES_PLACEMENT = frozenset({"L", "T", "U"})
_CONTINUES = "X1"


@dataclass
class Spell:
    """Consecutive episodes of one child that make one period of care or one placement."""

    child: str
    number: int
    episodes: list[Line] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The line of the first episode."""
        return self.episodes[0].number

    @property
    def started_on(self) -> date:
        """The start of the first episode."""
        return self.episodes[0].says["started_on"]

    def latest(self, column: str) -> Any:
        """What the last episode says."""
        return self.episodes[-1].says.get(column)


@dataclass
class Period(Spell):
    """A continuous period of care, with the placements in it."""

    placements: list[Spell] = field(default_factory=list)

    @property
    def ended_on(self) -> date | None:
        """The end of the last episode, unless it says that another follows."""
        return None if self.latest("reason_ceased") == _CONTINUES else self.latest("ended_on")

    @property
    def end_reason(self) -> str | None:
        """Why the last episode ended, unless it says that another follows."""
        reason = self.latest("reason_ceased")
        return None if reason == _CONTINUES else reason


def periods_of_care(read: FileLines, year_starts_on: date) -> list[Period]:
    """Every period of care in the episodes, child by child in the order of the file."""
    by_child: dict[str, list[Line]] = defaultdict(list)
    for line in read.kept:
        by_child[line.says["child_id"]].append(line)
    found: list[Period] = []
    for child, episodes in by_child.items():
        episodes.sort(key=lambda line: line.says["started_on"])
        periods = _periods(child, episodes)
        found += periods
        for period in periods:
            _check_period(read, period, year_starts_on)
    return found


def _periods(child: str, episodes: list[Line]) -> list[Period]:
    periods: list[Period] = []
    number = 0
    before: Line | None = None
    for episode in episodes:
        if before is None or _starts_period(before, episode):
            periods.append(Period(child, len(periods) + 1))
            before = None
        period = periods[-1]
        if before is None or _starts_placement(before, episode):
            number += 1
            period.placements.append(Spell(child, number))
        period.episodes.append(episode)
        period.placements[-1].episodes.append(episode)
        before = episode
    return periods


def _starts_period(before: Line, episode: Line) -> bool:
    if episode.says.get("reason_new_episode") == "S":
        return True
    reason, ended_on = before.says.get("reason_ceased"), before.says.get("ended_on")
    if reason is None:
        return ended_on is not None and ended_on != episode.says["started_on"]
    return reason != _CONTINUES


def _starts_placement(before: Line, episode: Line) -> bool:
    reason = episode.says.get("reason_new_episode")
    if reason in _STARTS_PLACEMENT:
        return True
    if reason in _CONTINUES_PLACEMENT:
        return False
    # RNE is blank or not readable: the same placement unless its code or provider changed.
    kept = ("placement", "placement_provider")
    return any(before.says.get(name) != episode.says.get(name) for name in kept)


def _check_period(read: FileLines, period: Period, year_starts_on: date) -> None:
    first, last = period.episodes[0], period.episodes[-1]
    if first.says.get("reason_new_episode") != "S":
        _say_start_unknown(read, period, first, year_starts_on)
    for before, episode in _pairs(period.episodes):
        if before.says.get("ended_on") != episode.says["started_on"]:
            message = f"DECOM is not the DEC of the episode before (line {before.number})."
            read.say(episode, "episode-gap", Severity.WARNING, message, "started_on")
    reason, ended_on = last.says.get("reason_ceased"), last.says.get("ended_on")
    if reason == _CONTINUES and ended_on is not None:
        message = "REC X1 says that another episode follows, but none continues it; the period was left open."
        read.say(last, "episode-missing", Severity.WARNING, message, "reason_ceased", reason)
    if reason not in (None, _CONTINUES) and ended_on is None:
        message = "REC says why care ended but DEC is blank; the period was left open."
        read.say(last, "end-date-missing", Severity.WARNING, message, "ended_on")


def _say_start_unknown(read: FileLines, period: Period, first: Line, year_starts_on: date) -> None:
    if period.number == 1 and period.started_on < year_starts_on:
        message = (
            "The period of care began before the first episode of this return; "
            "it was given the start of that episode."
        )
        read.file.remarks.once("period-start-earlier", message, row=first.number)
        return
    message = "RNE does not say S, but no episode comes before or the one before ended care: a new period."
    read.say(first, "period-start-missing", Severity.WARNING, message, "reason_new_episode")


def _pairs(episodes: list[Line]) -> Iterator[tuple[Line, Line]]:
    return zip(episodes, episodes[1:], strict=False)


def placements(periods: Iterable[Period]) -> Iterator[Spell]:
    """The placements of all periods."""
    for period in periods:
        yield from period.placements
