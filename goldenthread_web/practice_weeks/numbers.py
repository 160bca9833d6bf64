"""What came of a Practice Week, in numbers? As they stand now, or as they stood when it was reported."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from goldenthread.figures.suppression import Sum, hidden_cells
from goldenthread_web.concerns.counts import answered_of
from goldenthread_web.concerns.models import Concern
from goldenthread_web.extracts.current import local_settings
from goldenthread_web.practice_weeks.models import PracticeWeek, RosterEntry, YouSaid
from goldenthread_web.practice_weeks.wording import activities

# In the order of the report: the name here, its words, whether more is better (None: neither).
LINES: tuple[tuple[str, str], ...] = (
    ("planned", "Activities planned"),
    ("held", "Activities held"),
    ("cancelled", "Activities cancelled"),
    ("observations", "Of them observations of practice"),
    ("teams", "Teams reached"),
    ("leaders", "Leaders who took part"),
    ("concerns", "Immediate concerns raised"),
    ("concerns_in_time", "Concerns acknowledged in time"),
    ("told", "Fears for a child told to a manager by leaders who see no record"),
    ("said", "You said"),
    ("done", "We did"),
    ("done_in_time", "We did, by the promised day"),
    ("linked", "You said, taken into the improvement plan"),
)
# About children or few people: a public view sees no small number of these.
PROTECTED = ("concerns", "concerns_in_time", "told")


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Every number of a week. `counts` are by the names of LINES."""

    counts: Mapping[str, int]
    by_activity: Mapping[str, tuple[int, int]]  # planned, held
    themes: Mapping[str, int]  # observations under each theme
    teams: tuple[str, ...]
    leaders: tuple[str, ...]

    def kept(self) -> dict[str, Any]:
        """As it is kept with a report."""
        return {
            "counts": dict(self.counts),
            "by_activity": {code: list(pair) for code, pair in self.by_activity.items()},
            "themes": dict(self.themes),
            "teams": list(self.teams),
            "leaders": list(self.leaders),
        }


def from_kept(said: Mapping[str, Any]) -> Numbers:
    """As it was kept with a report."""
    return Numbers(
        counts=said["counts"],
        by_activity={code: (pair[0], pair[1]) for code, pair in said["by_activity"].items()},
        themes=said["themes"],
        teams=tuple(said["teams"]),
        leaders=tuple(said["leaders"]),
    )


def counted(
    week: PracticeWeek, roster: Sequence[RosterEntry], said: Sequence[YouSaid], at: datetime
) -> Numbers:
    """The numbers of a week at a moment, from its roster with observations and its you said, we did."""
    held = [one for one in roster if observation_of(one) is not None]
    refs = [one.ref for one in roster]
    concerns = answered_of(Concern.Source.PRACTICE_WEEK, refs, at=at)
    teams, leaders = sorted({one.team for one in held if one.team}), sorted({one.post for one in held})
    planned = Counter(one.activity for one in roster)
    done = Counter(one.activity for one in held)
    themes = Counter(coding.theme for one in held for coding in observation_of(one).codings.all())
    return Numbers(
        counts={
            "planned": len(roster),
            "held": len(held),
            "cancelled": sum(one.cancelled_on is not None for one in roster),
            "observations": sum(one.what.is_observation for one in held),
            "teams": len(teams),
            "leaders": len(leaders),
            "concerns": 0 if concerns is None else concerns.raised,
            "concerns_in_time": 0 if concerns is None else concerns.acknowledged.in_time,
            "told": sum(observation_of(one).told_post != "" for one in held),
            **_of_said(said),
        },
        by_activity={code: (planned[code], done[code]) for code in activities() if planned[code]},
        themes=dict(sorted(themes.items(), key=lambda pair: (-pair[1], pair[0]))),
        teams=tuple(teams),
        leaders=tuple(leaders),
    )


def _of_said(said: Sequence[YouSaid]) -> dict[str, int]:
    return {
        "said": len(said),
        "done": sum(one.is_done for one in said),
        "done_in_time": sum(one.done_on is not None and one.done_on <= one.due_on for one in said),
        "linked": sum(one.action_id is not None for one in said),
    }


def observation_of(entry: RosterEntry) -> Any:
    """What was seen at an entry; None: nothing is written yet."""
    return getattr(entry, "observation", None)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Numbers as somebody may see them: None where a small one is hidden."""

    counts: Mapping[str, int | None]
    themes: Mapping[str, int | None]


def shown(numbers: Numbers, *, is_public_view: bool) -> Shown:
    """For a public view without small numbers of concerns and themes, and without what would tell them."""
    if not is_public_view:
        return Shown(counts=numbers.counts, themes=numbers.themes)
    cells: dict[tuple[str, str], Decimal] = {
        ("count", name): Decimal(numbers.counts[name]) for name in PROTECTED
    }
    held = Decimal(numbers.counts["held"])
    sums, unseen = [], set()
    cells["count", "held"] = held
    for theme, number in numbers.themes.items():
        cells["theme", theme], cells["without", theme] = Decimal(number), held - number
        unseen.add(("without", theme))
        sums.append(Sum(("count", "held"), (("theme", theme), ("without", theme))))
    concerns, in_time = cells["count", "concerns"], cells["count", "concerns_in_time"]
    cells["late", ""] = concerns - in_time
    unseen.add(("late", ""))
    sums.append(Sum(("count", "concerns"), (("count", "concerns_in_time"), ("late", ""))))
    below = int(local_settings().value("suppress_below"))
    hidden = hidden_cells(cells, sums, suppress_below=below, unseen=unseen)
    return Shown(
        counts={
            name: None if name in PROTECTED and ("count", name) in hidden else number
            for name, number in numbers.counts.items()
        },
        # By name: in the order of their numbers they would tell which is larger.
        themes={
            theme: None if ("theme", theme) in hidden else number
            for theme, number in sorted(numbers.themes.items())
        },
    )


@dataclass(frozen=True)
class Compared:
    """One line beside that of the week before."""

    words: str
    now: int | None
    before: int | None

    @property
    def change(self) -> int | None:
        """By how much it went up; None where either is hidden or there is none."""
        return None if self.now is None or self.before is None else self.now - self.before


def compared(now: Shown, before: Shown | None) -> list[Compared]:
    """Line by line; without a week before the second column is empty."""
    return [
        Compared(words, now.counts[name], None if before is None else before.counts[name])
        for name, words in LINES
    ]
