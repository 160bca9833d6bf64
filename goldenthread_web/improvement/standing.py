"""How do the actions stand on a day? Their statuses from what is kept, for many at once.

What has fallen back by itself is worked out here too: no page shows an action as embedded that is not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from goldenthread_web.config.clock import today
from goldenthread_web.figures.asked_once import once
from goldenthread_web.figures.quoting import Quoted, quoted
from goldenthread_web.improvement.models import (
    Action,
    ActionIndicator,
    Cycle,
    Embedding,
    Evidence,
    Milestone,
)
from goldenthread_web.improvement.queries import actions, all_actions
from goldenthread_web.improvement.reverting import Fall, InForce, awards_of, fall_of
from goldenthread_web.improvement.rules import rules
from goldenthread_web.improvement.status import Facts, Status, Step, missed_in_a_row, status
from goldenthread_web.ui.together import together

ORDER = "RAGWCB"  # what needs somebody first


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An action and how it stands. `fall`: why it is embedded no longer, where that is not written yet."""

    action: Action
    status: Status
    milestones: tuple[Milestone, ...]
    evidence: tuple[Evidence, ...]
    indicators: tuple[ActionIndicator, ...]
    missed_updates: int
    embedding: Embedding | None  # the latest award
    fall: Fall | None
    day: date

    @property
    def is_embedded(self) -> bool:
        """Whether it is embedded still."""
        return self.status.letter == "B"

    @property
    def waits_since(self) -> date | None:
        """The day that has passed by which somebody else was to decide first; None: it waits for nobody."""
        action = self.action
        if self.status.letter in "CB" or not action.outside_decision or action.outside_decided_on:
            return None
        due_on = action.outside_due_on
        return due_on if due_on is not None and due_on < self.day else None

    @property
    def overdue(self) -> tuple[Milestone, ...]:
        """The milestones that were promised for a day that has passed; empty once the action is done."""
        if self.status.letter in "CB":
            return ()
        return tuple(one for one in self.milestones if one.done_on is None and one.baseline_on < self.day)


def standings(*, on: date | None = None, of: Iterable[Action] | None = None) -> list[Standing]:
    """How each live action stands on a day (today where none is named), in the order of the plan.

    `of`: actions as `queries.all_actions` reads them. Three queries and the three of figures, however many.
    """
    return gathered(on=on, of=of).standings


def live(on: date, *, read: Mapping[str, list[Any]] | None = None) -> list[Standing]:
    """How each live action stands on a day; read once for a page that asks in several places."""
    return once(("live actions", on), lambda: gathered(on=on, read=read).standings)


def _is_partly_hidden(figure: Quoted) -> bool:
    """Whether a month cannot be judged although there is a target: its numbers may be hidden."""
    return bool(figure.target) and not all(one.letter for one in figure.points[-rules().tolerance_months :])


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Actions as they stand, with the figures of their indicators by reference where they were asked for."""

    standings: list[Standing]
    figures: dict[str, Quoted]


def lists(day: date, of: Collection[int] | None = None) -> dict[str, "QuerySet[Any]"]:
    """What `gathered` reads beside actions and awards, for `together`: of some actions, or of all live ones.

    Each cycle is there once for each update that came in it, or once with none.
    """
    steps = Milestone.objects.order_by("baseline_on", "place", "id")
    cycles = Cycle.objects.filter(opened_on__lte=day).order_by("-opened_on", "-id")
    return {
        "milestones": steps.filter(action__withdrawn_on__isnull=True)
        if of is None
        else steps.filter(action__in=of),
        "cycles": cycles.annotate(update_of=F("updates__action_id"), update_on=F("updates__on")),
    }


def gathered(
    *,
    on: date | None = None,
    of: Iterable[Action] | None = None,
    with_evidence: bool = False,
    shown_publicly: bool | None = None,
    read: Mapping[str, list[Any]] | None = None,
) -> Gathered:
    """The same with evidence, and with the figures of every linked indicator, for pages that show those too.

    `shown_publicly`: whether small numbers are hidden in what is shown; None: no figure is shown. Whether an
    action fell back is asked of the figures themselves all the same. `read`: the `lists`, if they were read.
    """
    day = on or today()
    found = list(actions() if of is None else of)
    keys = [one.pk for one in found]
    if read is None:
        wanted: dict[str, QuerySet[Any]] = lists(day, keys)
        if shown_publicly is not None:
            wanted["indicators"] = ActionIndicator.objects.filter(action__in=keys)
        if with_evidence:
            wanted["evidence"] = Evidence.objects.filter(action__in=keys)
        read = together(**wanted)
    steps, awards = by_action(read["milestones"]), awards_of(keys, on=day)
    indicators, pieces = by_action(read.get("indicators", ())), by_action(read.get("evidence", ()))
    asked = {ref for one in awards.values() if one.award.reverted_at is None for ref in one.refs}
    figures, shown = _figures(
        asked, {one.ref for each in indicators.values() for one in each}, shown_publicly, day
    )
    missed = missed_updates(found, read["cycles"], day)
    stand = []
    for one in found:
        award = awards.get(one.pk)
        fall = None if award is None else fall_of(award, figures, day)
        stand.append(
            Standing(
                action=one,
                status=status(_facts(one, day, steps.get(one.pk, []), missed[one.pk], award, fall)),
                milestones=tuple(steps.get(one.pk, ())),
                evidence=tuple(pieces.get(one.pk, ())),
                indicators=tuple(indicators.get(one.pk, ())),
                missed_updates=missed[one.pk],
                embedding=None if award is None else award.award,
                fall=fall,
                day=day,
            )
        )
    return Gathered(standings=stand, figures=shown)


def _figures(
    asked: set[str], linked: set[str], shown_publicly: bool | None, day: date
) -> tuple[dict[str, Quoted], dict[str, Quoted]]:
    """The figures by which awards may fall, and those to be shown; the same where nothing is hidden."""
    if not shown_publicly:
        both = quoted(asked | linked, on=day, is_public_view=False)
        return both, both
    shown = quoted(linked, on=day, is_public_view=True)
    hidden = {ref for ref in asked if ref in shown and _is_partly_hidden(shown[ref])}
    figures = shown | quoted(hidden, on=day, is_public_view=False) if hidden else shown
    return figures, shown


def standing(action: Action, *, on: date | None = None) -> Standing:
    """How one action stands, as it is kept now."""
    return standings(on=on, of=all_actions().filter(pk=action.pk))[0]


def counts(found: Iterable[Standing]) -> dict[str, int]:
    """How many actions stand at each letter, also where none does."""
    letters = [one.status.letter for one in found]
    return {letter: letters.count(letter) for letter in ORDER}


def missed_updates(found: Iterable[Action], rows: Iterable[Any], day: date) -> dict[int, int]:
    """How many updates in a row each action's owner has missed, from the cycles of `lists`.

    An update is owed for every cycle opened while the action was live and not done.
    """
    cycles: dict[int, tuple[date, date]] = {}
    came = set()
    for row in rows:
        cycles[row.pk] = (row.opened_on, row.updates_due_on)
        if row.update_of is not None and row.update_on <= day:
            came.add((row.update_of, row.pk))
    return {
        one.pk: missed_in_a_row(
            [
                (due_on, (one.pk, key) in came)
                for key, (opened_on, due_on) in cycles.items()
                if _is_owed(one, opened_on, due_on)
            ],
            day,
        )
        for one in found
    }


def _is_owed(action: Action, opened_on: date, due_on: date) -> bool:
    return (
        opened_on >= action.starts_on
        and (action.done_on is None or due_on < action.done_on)
        and (action.withdrawn_on is None or opened_on < action.withdrawn_on)
    )


def by_action(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by the key of the action they are of."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.action_id, []).append(row)
    return found


def _facts(
    action: Any,  # as all_actions reads it
    day: date,
    steps: list[Milestone],
    missed: int,
    award: InForce | None,
    fall: Fall | None,
) -> Facts:
    embedded_on, fell_back = None, ""
    if award is not None:
        latest = award.award
        fell_back = fall.because if fall else latest.reverted_because
        embedded_on = None if fall or latest.reverted_at is not None else latest.awarded_on
    return Facts(
        today=day,
        starts_on=action.starts_on,
        baseline_due_on=action.baseline_due_on,
        forecast_due_on=action.forecast_due_on,
        done_on=action.done_on,
        steps=tuple(
            Step(text=one.text, baseline_on=one.baseline_on, forecast_on=one.forecast_on, done_on=one.done_on)
            for one in steps
        ),
        evidence=action.pieces or 0,
        missed_updates=missed,
        blocked_because=action.blocked_because,
        waits_for=_waits_for(action),
        has_recovery=bool(action.recovery),
        has_escalation=bool(action.escalation),
        has_new_plan=action.recovery_decision_id is not None,
        embedded_on=embedded_on,
        fell_back=fell_back,
        override=action.override,
        override_of=action.override_of,
        override_because=action.override_because,
    )


def _waits_for(action: Any) -> Step | None:
    """The decision of somebody else as a step with its day; None: there is none, or nobody named a day."""
    if not action.outside_decision or action.outside_due_on is None:
        return None
    return Step(
        text=f"{action.outside_body}: {action.outside_decision}",
        baseline_on=action.outside_due_on,
        forecast_on=action.outside_due_on,
        done_on=action.outside_decided_on,
    )
