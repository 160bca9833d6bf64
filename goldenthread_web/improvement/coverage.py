"""What would a lead inspector miss in the plan? Each recommendation, component and theme, gaps first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import Quoted
from goldenthread_web.improvement.models import Action, Evidence, Objective
from goldenthread_web.improvement.standing import Gathered, Standing, counts, gathered
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.programme.models import Component, Enabler, Theme

_LOOKED = (Evidence.Kind.CASE_AUDIT, Evidence.Kind.INSPECTOR)


@dataclass(frozen=True, kw_only=True)
class Indicated:
    """An indicator of impact with its latest figure against the target; blank where there is none."""

    ref: str
    value: str
    period: str
    target: str
    letter: str
    word: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the plan does about one thing. `gaps` are sentences; `is_uncovered`: nothing would happen."""

    ref: str  # R7, component 3, theme 1
    title: str
    kind: str  # of the thread, where one follows what it rests on, by its key
    key: str
    objectives: int
    actions: int
    by_status: dict[str, int]
    refs: tuple[str, ...]  # of its actions
    indicators: tuple[Indicated, ...]
    evidence_on: date | None
    case_audit_on: date | None
    impact: str
    gaps: tuple[str, ...]
    is_uncovered: bool


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Both ways round: what is done for each thing, and which live actions are for none of them."""

    rows: list[Row]  # those with gaps first
    without: list[Action]

    @property
    def uncovered(self) -> list[Row]:
        """Those for which nothing would happen."""
        return [row for row in self.rows if row.is_uncovered]


def by_recommendation(*, on: date | None = None, is_public_view: bool) -> Coverage:
    """What is done about each recommendation of inspectors."""
    day = on or today()
    found = gathered(on=day, with_evidence=True, shown_publicly=is_public_view)
    serving: dict[int, list[int]] = {}
    named: dict[int, tuple[str, str]] = {}  # by key
    rows = Recommendation.objects.order_by("-inspection__starts_on", "number")
    for key, number, title, action in rows.values_list("pk", "number", "title", "actions__pk"):
        named[key] = (f"R{number}", title)
        serving.setdefault(key, []).append(action)
    made = [
        _row(ref, title, ("recommendation", str(key)), serving[key], found, day)
        for key, (ref, title) in named.items()
    ]
    return _both_ways(made, found)


def by_component(*, on: date | None = None, is_public_view: bool) -> Coverage:
    """What is done for each component of a good service; an action that names none serves its objective's."""
    day = on or today()
    found = gathered(on=day, with_evidence=True, shown_publicly=is_public_view)
    own = _numbers(Action.components.through.objects.values_list("action_id", "component__number"))
    inherited = _numbers(
        Objective.components.through.objects.values_list("objective_id", "component__number")
    )
    serving: dict[int, list[int]] = {}
    for one in found.standings:
        for number in own.get(one.action.pk) or inherited.get(one.action.objective_id, ()):
            serving.setdefault(number, []).append(one.action.pk)
    named = Component.objects.order_by("number").values_list("number", "title")
    made = [
        _row(f"Component {n}", title, ("component", str(n)), serving.get(n, ()), found, day)
        for n, title in named
    ]
    return _both_ways(made, found)


def by_enabler(*, on: date | None = None, is_public_view: bool) -> Coverage:
    """What is done for each enabler of improvement; no rows where the council does not use them."""
    day = on or today()
    found = gathered(on=day, with_evidence=True, shown_publicly=is_public_view)
    serving: dict[int, list[int]] = {}
    named: dict[int, str] = {}
    for number, title, action in Enabler.objects.order_by("number").values_list(
        "number", "title", "actions__pk"
    ):
        named[number] = title
        serving.setdefault(number, []).append(action)
    made = [
        _row(f"Enabler {n}", title, ("enabler", str(n)), serving[n], found, day) for n, title in named.items()
    ]
    return _both_ways(made, found)


def by_theme(*, on: date | None = None, is_public_view: bool) -> Coverage:
    """What is done in each theme of the plan."""
    day = on or today()
    found = gathered(on=day, with_evidence=True, shown_publicly=is_public_view)
    made = []
    for theme in Theme.objects.all():
        keys = [each.action.pk for each in found.standings if each.action.objective.theme_id == theme.pk]
        place = ("theme", str(theme.number))
        made.append(_row(f"Theme {theme.number}", theme.title, place, keys, found, day))
    return _both_ways(made, found)


def _numbers(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, number in pairs:
        found.setdefault(key, []).append(number)
    return found


def _both_ways(rows: list[Row], found: Gathered) -> Coverage:
    served = {ref for row in rows for ref in row.refs}
    return Coverage(
        rows=sorted(rows, key=lambda row: (not row.is_uncovered, row.actions > 0, -len(row.gaps))),
        without=[one.action for one in found.standings if one.action.ref not in served],
    )


def _row(
    ref: str,
    title: str,
    place: tuple[str, str],
    keys: Iterable[int | None],
    gathered_: Gathered,
    day: date,
) -> Row:
    wanted = set(keys)
    found = [one for one in gathered_.standings if one.action.pk in wanted]
    evidence = [piece for one in found for piece in one.evidence]
    indicated = _indicated(found, gathered_.figures)
    gaps, is_uncovered = _gaps(found, indicated, evidence, day)
    return Row(
        ref=ref,
        title=title,
        kind=place[0],
        key=place[1],
        objectives=len({one.action.objective_id for one in found}),
        actions=len(found),
        by_status={letter: count for letter, count in counts(found).items() if count},
        refs=tuple(one.action.ref for one in found),
        indicators=indicated,
        evidence_on=max((piece.about_on for piece in evidence), default=None),
        case_audit_on=max((piece.about_on for piece in evidence if piece.kind in _LOOKED), default=None),
        impact=_impact(found),
        gaps=gaps,
        is_uncovered=is_uncovered,
    )


def _indicated(found: Iterable[Standing], figures: Mapping[str, Quoted]) -> tuple[Indicated, ...]:
    """The indicators of impact; where the council has set no target, an action's own stands there."""
    said: dict[str, str] = {}
    for each in (one for standing in found for one in standing.indicators if one.is_of_impact):
        said[each.ref] = said.get(each.ref) or each.target
    made = []
    for ref in sorted(said):
        figure = figures.get(ref)
        made.append(
            Indicated(
                ref=ref,
                value=figure.value if figure else "",
                period=figure.period if figure else "",
                target=(figure.target if figure else "") or said[ref],
                letter=figure.letter if figure else "",
                word=figure.word if figure else "",
            )
        )
    return tuple(made)


def _gaps(
    found: list[Standing], indicated: tuple[Indicated, ...], evidence: list[Evidence], day: date
) -> tuple[tuple[str, ...], bool]:
    if not found:
        return ("No live action.",), True
    gaps = []
    # Every action has a lead by the database's own rule; whether any would show impact is left to ask.
    has_indicator = any(each.is_of_impact for one in found for each in one.indicators)
    if not has_indicator:
        gaps.append("No action has an indicator of impact.")
    if not evidence:
        gaps.append("No evidence yet.")
    elif all(piece.expires_on < day for piece in evidence):
        gaps.append("All its evidence has expired.")
    if not any(piece.kind in _LOOKED for piece in evidence):
        gaps.append("Nobody has looked at children's records for it.")
    if all(one.status.letter == "R" for one in found):
        gaps.append("Every action is off track.")
    without = [each.ref for each in indicated if not each.value]
    if without:
        gaps.append(f"No figure: {', '.join(without)}.")
    off_target = [each.ref for each in indicated if each.letter == "R"]
    if off_target:
        gaps.append(f"Off target: {', '.join(off_target)}.")
    return tuple(gaps), not has_indicator


def _impact(found: Iterable[Standing]) -> str:
    judged = [one.action.get_impact_display() for one in found if one.action.impact is not None]
    said = [f"{judged.count(word)} {word.lower()}" for word in dict.fromkeys(judged)]
    return ", ".join(said)
