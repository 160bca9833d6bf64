"""Does work that is on time also help? Each team's performance beside the quality of its practice.

Performance: the share of the indicators of timeliness that are at target, or how one of them stands. Quality:
the share of case audits that are good or outstanding. Both are of the last twelve months, or of now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from goldenthread.figures.public import PublicFigure
from goldenthread.figures.targets import GREEN, Target, rating
from goldenthread.figures.wording import is_month, unit_of
from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.results_hiding import Row, rows_of
from goldenthread_web.case_audits.results_reading import Look, mix
from goldenthread_web.config.clock import today
from goldenthread_web.figures.card import CurrentSet, current_set
from goldenthread_web.figures.lines import shown
from goldenthread_web.figures.targets import in_force
from goldenthread_web.ui.words import listed, pluralise

TEAM = "team"
# What each of the four corners is called, by on time and good.
CORNERS = {
    (True, True): "on time and good",
    (True, False): "on time, but practice is not yet good",
    (False, True): "good practice, but late",
    (False, False): "late, and practice is not yet good",
}


@dataclass(frozen=True, kw_only=True)
class Performance:
    """How a team stands on time. `percent` None: it cannot be said, and `said` says why."""

    percent: float | None
    said: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """One team: performance across, quality up. `corner` blank: one of the two cannot be said."""

    team: str
    performance: Performance
    quality: Row
    corner: str

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it stands in the drawing; None where it has no place."""
        across, up = self.performance.percent, self.quality.percent
        return None if across is None or up is None else (across, up)


@dataclass(frozen=True, kw_only=True)
class Quadrant:
    """Every team's place, where the lines stand, and what it comes to."""

    places: tuple[Place, ...]
    across_line: float
    up_line: float
    sentence: str


@cache
def indicators() -> dict[str, str]:
    """The indicators that can be looked at alone: reference to title."""
    return {ref: catalogue()[ref].title for ref in rules().timeliness}


def quadrant(looks: Iterable[Look], *, ref: str = "", is_public_view: bool) -> Quadrant:
    """Teams by performance and quality; `ref` looks at one indicator instead of all. Four queries at most."""
    by_team: dict[str, list[Look]] = defaultdict(list)
    for one in looks:
        by_team[one.team].append(one)
    targets = in_force(today())
    performances = _performances((ref,) if ref else rules().timeliness, targets, is_public_view)
    rows = rows_of(
        {team: mix(by_team[team]) for team in sorted(by_team)},
        is_public_view=is_public_view,
    )
    target = targets.get(ref)
    across_line = float(rules().performance_line if target is None else target.value)
    up_line = float(rules().quality_line)
    none = Performance(percent=None, said="no figure for this team")
    places = tuple(
        _place(row, performances.get(row.label, none), across_line, up_line, _is_low_good(ref))
        for row in rows
    )
    return Quadrant(places=places, across_line=across_line, up_line=up_line, sentence=_sentence(places))


def _is_low_good(ref: str) -> bool:
    return bool(ref) and catalogue()[ref].polarity == "low"


def _place(
    row: Row, performance: Performance, across_line: float, up_line: float, is_low_good: bool
) -> Place:
    corner = ""
    if performance.percent is not None and row.percent is not None:
        is_on_time = performance.percent <= across_line if is_low_good else performance.percent >= across_line
        corner = CORNERS[is_on_time, row.percent >= up_line]
    return Place(team=row.label, performance=performance, quality=row, corner=corner)


def _sentence(places: Iterable[Place]) -> str:
    """What the drawing finds, for whoever does not look at it."""
    by_corner: dict[str, list[str]] = defaultdict(list)
    for one in places:
        if one.corner:
            by_corner[one.corner].append(one.team)
    number = sum(map(len, by_corner.values()))
    if not number:
        return "No team has both enough case audits and enough figures to be placed."
    parts = [
        f"{len(by_corner[corner])} {'is' if len(by_corner[corner]) == 1 else 'are'} {corner}"
        for corner in CORNERS.values()
        if by_corner[corner]
    ]
    said = f"Of {pluralise(number, 'team')} with enough to go by, {listed(parts)}."
    if len(parts) == 1:
        corner = next(corner for corner in CORNERS.values() if by_corner[corner])
        every = {1: "The one team", 2: "Both teams"}.get(number, f"All {number} teams")
        said = f"{every} with enough to go by {'is' if number == 1 else 'are'} {corner}."
    only = by_corner[CORNERS[True, False]]
    return f"{said} Time limits alone would miss {listed(only)}." if only else said


def _performances(
    refs: Iterable[str], targets: Mapping[str, Target], is_public_view: bool
) -> dict[str, Performance]:
    found = current_set()
    if found is None:
        return {}
    wanted = [ref for ref in refs if ref in targets or ref not in rules().timeliness]
    figures = _figures(found, wanted, is_public_view)
    if isinstance(refs, tuple) and len(refs) == 1:
        return {team: _of_one(these[0], targets) for team, these in figures.items()}
    return {team: _of_all(these, targets, found.margin) for team, these in figures.items()}


def _figures(found: CurrentSet, refs: list[str], is_public_view: bool) -> dict[str, list[PublicFigure]]:
    """Of each team the figures of the last twelve months, of what is counted on a day those of the day."""
    lines = found.worked_out.figure_lines.filter(
        ref__in=refs, part="", breakdown=TEAM, period_end=found.worked_out.as_at_on
    )
    by_team: dict[str, list[PublicFigure]] = defaultdict(list)
    for one in shown(lines.order_by("id"), is_public_view=is_public_view):
        is_of_a_day = catalogue()[one.figure.ref].measure_type != "period"
        if is_month(one.figure.period) == is_of_a_day:
            by_team[one.figure.breakdown[TEAM]].append(one)
    return by_team


def _of_all(figures: Iterable[PublicFigure], targets: Mapping[str, Target], margin: Decimal) -> Performance:
    rated = []
    for one in figures:
        definition = catalogue()[one.figure.ref]
        if "value" in one.hidden or one.figure.value is None:
            continue
        found = rating(
            one.figure, definition, unit_of(one.figure, definition), targets[one.figure.ref], margin
        )
        if found is not None:
            rated.append(found)
    if len(rated) < rules().least_indicators:
        few = pluralise(len(rated), "indicator") if rated else "no indicator"
        return Performance(percent=None, said=f"{few} can be judged: too few")
    at_target = rated.count(GREEN)
    return Performance(
        percent=100 * at_target / len(rated),
        said=f"{at_target} of {pluralise(len(rated), 'indicator')} at target",
    )


def _of_one(one: PublicFigure, targets: Mapping[str, Target]) -> Performance:
    value = one.figure.value
    if "value" in one.hidden or value is None:
        return Performance(percent=None, said="hidden: a small number" if one.hidden else "no figure")
    target = targets.get(one.figure.ref)
    said = f"{value:.1f}%" + (f", target {target.value:f}%" if target is not None else ", no target")
    return Performance(percent=float(value), said=said)
