"""The journeys of all children of one large authority at once, as columns.

An episode of need is the unit: a contact, a referral, and what it led to (nothing, an assessment, a
plan, protection, care). What recurs (visits, meetings, checks) is drawn at intervals, a few days off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Whole = np.ndarray  # of whole numbers: days since 1970, or positions in other arrays

# What an episode leads to, how often, and for how many days on average: about a sixth of the
# children known over six years are open at any time.
NOTHING, ASSESSED, IN_NEED, PROTECTED, IN_CARE = range(5)
_SHARE = (0.26, 0.34, 0.24, 0.1, 0.06)
_DAYS = np.array([12, 60, 480, 500, 1900])
_AGAIN = 0.15  # of the children have a second episode

# Days between what recurs: about twelve events a child in all.
EVERY = {
    "visits": {ASSESSED: 45, IN_NEED: 90, PROTECTED: 36, IN_CARE: 95},
    "plan_meetings": {IN_NEED: 150, PROTECTED: 65},
    "conferences": {PROTECTED: 150, IN_CARE: 240},
    "management_oversights": {IN_NEED: 150, PROTECTED: 120, IN_CARE: 200},
    "health_checks": {IN_CARE: 150},
    "peps": {IN_CARE: 240},
    "missing_episodes": {IN_CARE: 900},
}
_KINDS = {
    "visits": {
        ASSESSED: ("assessment",),
        IN_NEED: ("cin", "cin", "cin", "cin", "private_fostering"),
        PROTECTED: ("cp",),
        IN_CARE: ("looked_after", "looked_after", "looked_after", "looked_after", "care_leaver"),
    },
    "plan_meetings": {IN_NEED: ("cin_review", "cin_meeting"), PROTECTED: ("core_group",)},
    "conferences": {PROTECTED: ("review",), IN_CARE: ("looked_after_review",)},
    "management_oversights": dict.fromkeys(
        (IN_NEED, PROTECTED, IN_CARE), ("oversight", "case_supervision", "iro_midpoint")
    ),
    "health_checks": {IN_CARE: ("health_assessment", "dental", "immunisations", "sdq", "iha")},
    "missing_episodes": {IN_CARE: ("missing", "away")},
}
_ID = {
    "visits": "visit_id",
    "plan_meetings": "meeting_id",
    "conferences": "conference_id",
    "management_oversights": "oversight_id",
    "health_checks": "check_id",
    "peps": "pep_id",
    "missing_episodes": "episode_id",
}
_DAY = {
    "visits": "visited_at",
    "management_oversights": "overseen_on",
    "health_checks": "done_on",
    "missing_episodes": "started_at",
}


@dataclass(frozen=True)
class Days:
    """Some days, of which some are not known."""

    day: Whole
    is_unknown: np.ndarray

    def __len__(self) -> int:
        """How many."""
        return len(self.day)


Drawn = Mapping[str, "Days | pa.Array | np.ndarray"]


@dataclass(frozen=True)
class Block:
    """One authority: its size, its history and its own chance."""

    authority: str
    children: int
    first: int  # day on which its history begins
    last: int  # the as-at date
    random: np.random.Generator

    def some(self, number: int, share: float) -> np.ndarray:
        """For each, whether it happens."""
        return self.random.random(number) < share

    def around(self, days: float | np.ndarray, number: int) -> Whole:
        """Numbers of days around an average, never none."""
        return (self.random.gamma(3.0, 1.0, number) / 3 * days).astype("int64") + 1

    def until(self, day: Whole) -> Days:
        """Those days as the as-at date knows them: later ones are not there yet."""
        return Days(day, day > self.last)

    def ids(self, prefix: str, number: int) -> pa.Array:
        """That many identifiers."""
        return self.named(prefix, np.arange(number))

    def named(self, prefix: str, numbers: Whole) -> pa.Array:
        """The identifiers with these numbers."""
        digits = pa.array(np.asarray(numbers, "int64")).cast(pa.string())
        return pc.binary_join_element_wise(f"{prefix}{self.authority[1:]}-", digits, "")

    @cached_property
    def child_ids(self) -> pa.Array:
        """All children."""
        return self.ids("C", self.children)

    @property
    def teams(self) -> int:
        """How many teams."""
        return max(8, self.children // 1200)

    @property
    def workers(self) -> int:
        """How many social workers: one for about fifteen open children."""
        return max(self.teams, self.children // 90)


@dataclass(frozen=True)
class Episodes:
    """Every episode of need: whose, from when, what it led to and until when."""

    child: Whole
    received: Whole
    led_to: Whole
    closed: Whole
    worker: Whole

    def only(self, wanted: np.ndarray) -> "Episodes":
        """Some of them."""
        return Episodes(*(getattr(self, name)[wanted] for name in self.__dataclass_fields__))

    def __len__(self) -> int:
        """How many."""
        return len(self.child)


def episodes_of(block: Block) -> Episodes:
    """Draw the episodes of all children."""
    random, number = block.random, block.children
    received = random.integers(block.first, block.last + 1, number)
    again = np.flatnonzero(block.some(number, _AGAIN))
    later = received[again] + 200 + random.integers(0, 900, len(again))
    again, later = again[later <= block.last], later[later <= block.last]
    child = np.concatenate([np.arange(number), again])
    received = np.concatenate([received, later])
    led_to = random.choice(5, len(child), p=_SHARE)
    closed = received + block.around(_DAYS[led_to], len(child))
    return Episodes(child, received, led_to, closed, random.integers(0, block.workers, len(child)))


def whose(block: Block, episodes: Episodes) -> dict[str, pa.Array]:
    """The child, team and worker of some episodes."""
    return {
        "child_id": block.child_ids.take(pa.array(episodes.child)),
        "team": block.named("team", episodes.worker % block.teams),
        "worker_id": block.named("W", episodes.worker),
    }


def recurring(block: Block, start: Whole, stop: Whole, every: int) -> tuple[Whole, Whole]:
    """Days at about that interval between two days, up to the as-at date; and whose each is."""
    stop = np.minimum(stop, block.last)
    number = np.maximum((stop - start) // every, 0)
    owner = np.repeat(np.arange(len(start)), number)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(number) - number, number)
    day = start[owner] + (place + 1) * every - block.random.integers(0, max(every // 4, 1), len(owner))
    return owner, day


def what_recurs(block: Block, episodes: Episodes, table: str) -> Drawn:
    """Visits, meetings, checks and so on during plans and care."""
    parts = []
    for led_to, every in EVERY[table].items():
        own = episodes.only(episodes.led_to == led_to)
        owner, day = recurring(block, own.received + 20, own.closed, every)
        kinds = pa.array(_KINDS.get(table, {}).get(led_to, ("",)))
        kind = kinds.take(pa.array(np.arange(len(owner)) % len(kinds)))
        parts.append((own.only(owner), day, kind))
    during = Episodes(
        *(
            np.concatenate([getattr(part[0], name) for part in parts])
            for name in Episodes.__dataclass_fields__
        )
    )
    day = np.concatenate([part[1] for part in parts])
    recorded = block.until(day + block.random.integers(0, 6, len(day)))
    drawn: dict[str, Days | pa.Array | np.ndarray] = {
        _ID[table]: block.ids(table[0].upper(), len(day)),
        _DAY.get(table, "held_on"): block.until(day),
        "recorded_at": recorded,
        **whose(block, during),
    }
    if table in _KINDS:
        drawn["kind"] = pa.concat_arrays([part[2] for part in parts])
    if table == "missing_episodes":
        drawn |= {"ended_at": block.until(day + 1), "rhi_completed_at": block.until(day + 4)}
    return drawn
