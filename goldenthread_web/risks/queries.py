"""How do the risks stand on a day, what moved since another, and what warns? Reads of the register.

Pages, packs and reports all ask here: the score of a day past is read from the movements, never from what
the risk says today.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from goldenthread.figures.targets import RED
from goldenthread_web.config.clock import today
from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.programme.models import Body
from goldenthread_web.risks.models import ControlTest, EarlyWarning, Mitigation, Movement, Risk
from goldenthread_web.risks.scales import LEVELS, Score, appetites

MONTHS_TO_ALERT = 2
# After so long without a word a risk counts as not looked at.
QUIET_AFTER = timedelta(days=184)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One risk as it stood at the end of a day."""

    risk: Risk
    on: date
    score: Score
    before: Score | None  # at the end of the earlier day; None: it was not there yet
    since: date | None
    movements: tuple[Movement, ...]  # up to the day, the latest first
    moved: tuple[Movement, ...]  # those after the earlier day
    escalated_to: Body | None
    escalated_on: date | None
    closed_on: date | None
    warnings: tuple[str, ...] = ()  # indicators that were beyond tolerance two months running
    lacks: tuple[str, ...] = field(default=())

    @property
    def movement(self) -> str:
        """What moved since the earlier day, in words: up from 12 to 16."""
        if self.closed_on is not None and (self.since is None or self.closed_on > self.since):
            return "closed"
        if self.before is None:
            return "new"
        if self.score.number == self.before.number:
            return "unchanged"
        way = "up" if self.score.number > self.before.number else "down"
        return f"{way} from {self.before.number} to {self.score.number}"

    @property
    def arrow(self) -> str:
        """up, down, level; blank where there is nothing to compare with. Never shown without the words."""
        if self.movement in ("new", "closed"):
            return ""
        return self.movement.split()[0] if self.movement != "unchanged" else "level"

    @property
    def is_closed(self) -> bool:
        """Whether it was closed on or before the day."""
        return self.closed_on is not None

    @property
    def is_review_overdue(self) -> bool:
        """Whether it should have been looked at before the day."""
        return not self.is_closed and self.risk.review_on < self.on

    @property
    def is_beyond_appetite(self) -> bool:
        """Whether its score is above what the council says it bears."""
        return self.score.number > appetites()[self.risk.appetite]["most"]

    @property
    def is_target_above(self) -> bool:
        """Whether it stands lower already than where it is to be brought."""
        return self.risk.target.number > self.score.number

    @property
    def latest(self) -> Movement | None:
        """What was last said of it."""
        return self.movements[0] if self.movements else None


@dataclass(frozen=True, kw_only=True)
class HeatCell:
    """A square of the heat map with the risks in it."""

    score: Score
    lines: tuple[Line, ...]


def risks() -> "QuerySet[Risk]":
    """Every risk with what belongs to it, closed ones too, in the order they were entered."""
    return _risks(mitigations())


def _risks(mitigated: "QuerySet[Mitigation]") -> "QuerySet[Risk]":
    return Risk.objects.select_related("theme", "person", "escalated_to").prefetch_related(
        Prefetch("movements", Movement.objects.select_related("recorded_by", "body")),
        Prefetch("mitigations", mitigated),
        "warnings",
    )


def mitigations() -> "QuerySet[Mitigation]":
    """What is done about risks, with the tests of controls, the latest first."""
    tests = ControlTest.objects.select_related("recorded_by")
    return Mitigation.objects.select_related("action").prefetch_related(Prefetch("tests", tests))


def warnings() -> "QuerySet[EarlyWarning]":
    """Every indicator that warns of a risk, with the risk."""
    return EarlyWarning.objects.select_related("risk")


def register(
    on: date | None = None,
    *,
    since: date | None = None,
    is_public_view: bool = True,
    with_closed: bool = False,
) -> list[Line]:
    """The register as it stood at the end of a day, with movement since another; the highest first.

    Risks closed after `since` are there, and say so; those closed earlier only where asked for. Warnings are
    read in the public view unless the reader may see small numbers. Seven queries, however many risks.
    """
    day = on or today()
    found = [risk for risk in _risks(Mitigation.objects.all()) if risk.identified_on <= day]
    refs = {one.ref for risk in found for one in risk.warnings.all()}
    warned = alerting(quoted(refs, on=day, is_public_view=is_public_view))
    lines = [line_of(risk, on=day, since=since, warned=warned) for risk in found]
    kept = [line for line in lines if with_closed or not line.is_closed or line.movement == "closed"]
    return sorted(kept, key=lambda line: (line.is_closed, -line.score.number, line.risk.pk))


def line_of(risk: Risk, *, on: date, since: date | None = None, warned: Collection[str] = ()) -> Line:
    """One risk as it stood at the end of a day."""
    movements = tuple(one for one in risk.movements.all() if one.moved_on <= on)
    return _line(
        risk,
        movements,
        on=on,
        since=since,
        warnings=tuple(one.ref for one in risk.warnings.all() if one.ref in warned),
        lacks=_lacks(risk, movements, on),
    )


def _line(
    risk: Risk, movements: tuple[Movement, ...], *, on: date, since: date | None = None, **told: Any
) -> Line:
    earlier = () if since is None else tuple(one for one in movements if one.moved_on <= since)
    escalation = _escalation(movements)
    return Line(
        risk=risk,
        on=on,
        score=movements[0].to if movements else risk.current,
        before=_before(movements, earlier, since),
        since=since,
        movements=movements,
        moved=tuple(one for one in movements if since is None or one.moved_on > since),
        escalated_to=None if escalation is None else escalation.body,
        escalated_on=None if escalation is None else escalation.moved_on,
        closed_on=_closed_on(movements),
        **told,
    )


def alerting(figures: Mapping[str, Quoted]) -> frozenset[str]:
    """Which of some indicators were beyond tolerance in each of the last two months.

    They bring a risk nearer; they never move its score. Nothing is claimed of a month that cannot be judged.
    """
    return frozenset(
        ref
        for ref, one in figures.items()
        if len(one.points) >= MONTHS_TO_ALERT
        and all(point.letter == RED.letter for point in one.points[-MONTHS_TO_ALERT:])
    )


def escalated(on: date | None = None) -> list[Line]:
    """The risks that a body above holds on a day, the highest first. One query.

    Only what they are and how they moved is read: these lines name no warnings, and nothing that they lack.
    """
    day = on or today()
    ever = Movement.objects.filter(kind=Movement.Kind.ESCALATED).values("risk")
    found: dict[int, tuple[Risk, list[Movement]]] = {}
    for one in Movement.objects.select_related("risk", "body").filter(risk__in=ever, moved_on__lte=day):
        found.setdefault(one.risk_id, (one.risk, []))[1].append(one)
    lines = [_line(risk, tuple(moved), on=day) for risk, moved in found.values()]
    kept = [one for one in lines if one.escalated_to is not None and not one.is_closed]
    return sorted(kept, key=lambda line: (-line.score.number, line.risk.pk))


def lacking(on: date | None = None) -> list[Line]:
    """Open risks without the least that a report says of each: owner, dates, score, movement, mitigation."""
    return [line for line in register(on) if line.lacks and not line.is_closed]


def heat(lines: Iterable[Line]) -> list[list[HeatCell]]:
    """Five rows from almost certain down to rare; five cells each, from slight to severe impact."""
    listed = [line for line in lines if not line.is_closed]
    return [
        [
            HeatCell(
                score=Score(likelihood, impact),
                lines=tuple(line for line in listed if line.score == Score(likelihood, impact)),
            )
            for impact in LEVELS
        ]
        for likelihood in reversed(LEVELS)
    ]


def for_action(action_id: int) -> list[Risk]:
    """Open risks that an action of the plan works against."""
    found = Risk.objects.filter(
        mitigations__action_id=action_id, mitigations__ended_on=None, closed_on=None
    ).distinct()
    return list(found)


def controls_to_test(on: date) -> list[Mitigation]:
    """Controls of open risks whose test is overdue on a day, the longest first."""
    found = (
        mitigations()
        .select_related("risk")
        .filter(kind=Mitigation.Kind.CONTROL, ended_on=None, risk__closed_on=None, test_due_on__lt=on)
    )
    return list(found.order_by("test_due_on", "id"))


def _before(movements: Sequence[Movement], earlier: Sequence[Movement], since: date | None) -> Score | None:
    """The score at the earlier day; without one, the score before the latest change of it."""
    if since is not None:
        return earlier[0].to if earlier else None
    changed = next((one for one in movements if one.came_from not in (None, one.to)), None)
    return changed.came_from if changed is not None else (movements[-1].to if movements else None)


def _escalation(movements: Iterable[Movement]) -> Movement | None:
    """The escalation in force: the latest that was not taken back; closing a risk takes it back, too."""
    ways = (Movement.Kind.ESCALATED, Movement.Kind.RETURNED, Movement.Kind.CLOSED)
    last = next((one for one in movements if one.kind in ways), None)
    return last if last is not None and last.kind == Movement.Kind.ESCALATED else None


def _closed_on(movements: Iterable[Movement]) -> date | None:
    ways = (Movement.Kind.CLOSED, Movement.Kind.REOPENED)
    last = next((one for one in movements if one.kind in ways), None)
    return last.moved_on if last is not None and last.kind == Movement.Kind.CLOSED else None


def _lacks(risk: Risk, movements: Sequence[Movement], on: date) -> tuple[str, ...]:
    """What a report could not say of it, each to be read after "it has"."""
    running = [one for one in risk.mitigations.all() if one.ended_on is None or one.ended_on > on]
    said = {
        "no owner": not risk.post,
        "no mitigation": not running,
        "a review that is overdue": risk.review_on < on,
        "no movement note for six months": not movements or on - movements[0].moved_on > QUIET_AFTER,
        "a control whose test is overdue": any(
            one.is_control and one.test_due_on is not None and one.test_due_on < on for one in running
        ),
    }
    return tuple(words for words, is_so in said.items() if is_so)
