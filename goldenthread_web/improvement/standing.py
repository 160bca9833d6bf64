"""How do the actions stand on a day? Their statuses from what is kept, for many at once.

What has fallen back by itself is worked out here too: no page shows an action as embedded that is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from goldenthread_web.config.clock import today
from goldenthread_web.improvement.models import Action, Cycle, Embedding, Milestone, Update
from goldenthread_web.improvement.queries import actions
from goldenthread_web.improvement.reverting import Fall, falls
from goldenthread_web.improvement.status import Facts, Status, Step, missed_in_a_row, status

ORDER = "RAGWCB"  # what needs somebody first


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An action and how it stands. `fall`: why it is embedded no longer, where that is not written yet."""

    action: Action
    status: Status
    milestones: tuple[Milestone, ...]
    evidence: int
    missed_updates: int
    embedding: Embedding | None  # the latest award
    fall: Fall | None
    day: date

    @property
    def is_embedded(self) -> bool:
        """Whether it is embedded still."""
        return self.status.letter == "B"

    @property
    def overdue(self) -> tuple[Milestone, ...]:
        """The milestones that were promised for a day that has passed; empty once the action is done."""
        if self.status.letter in "CB":
            return ()
        return tuple(one for one in self.milestones if one.done_on is None and one.baseline_on < self.day)


def standings(*, on: date | None = None, of: Iterable[Action] | None = None) -> list[Standing]:
    """How each live action stands on a day (today where none is named), in the order of the plan.

    Four queries, and three more where something is embedded, however many actions.
    """
    day = on or today()
    found = list(actions() if of is None else of)
    keys = [one.pk for one in found]
    steps: dict[int, list[Milestone]] = {}
    for step in Milestone.objects.filter(action__in=keys):
        steps.setdefault(step.action_id, []).append(step)
    pieces, awards = _evidence(keys), _awards(keys)
    fallen = falls([one for one in awards.values() if one.reverted_at is None], on=day)
    missed = missed_updates(found, day)
    return [
        _standing(
            one,
            day,
            tuple(steps.get(one.pk, ())),
            pieces.get(one.pk, 0),
            missed[one.pk],
            awards.get(one.pk),
            fallen,
        )
        for one in found
    ]


def standing(action: Action, *, on: date | None = None) -> Standing:
    """How one action stands."""
    return standings(on=on, of=[action])[0]


def counts(found: Iterable[Standing]) -> dict[str, int]:
    """How many actions stand at each letter, also where none does."""
    letters = [one.status.letter for one in found]
    return {letter: letters.count(letter) for letter in ORDER}


def missed_updates(found: Iterable[Action], day: date) -> dict[int, int]:
    """How many updates in a row each action's owner has missed. Two queries.

    An update is owed for every cycle opened while the action was live and not done.
    """
    cycles = list(Cycle.objects.filter(opened_on__lte=day).order_by("-opened_on"))
    came = set(Update.objects.filter(on__lte=day).values_list("action_id", "cycle_id"))
    missed = {}
    for one in found:
        owed = [
            cycle
            for cycle in cycles
            if cycle.opened_on >= one.starts_on
            and (one.done_on is None or cycle.updates_due_on < one.done_on)
            and (one.withdrawn_on is None or cycle.opened_on < one.withdrawn_on)
        ]
        missed[one.pk] = missed_in_a_row(
            [(cycle.updates_due_on, (one.pk, cycle.pk) in came) for cycle in owed], day
        )
    return missed


def _evidence(keys: list[int]) -> dict[int, int]:
    found = Action.objects.filter(pk__in=keys, evidence__isnull=False).values_list("pk")
    return dict(found.annotate(Count("evidence")).order_by())


def _awards(keys: list[int]) -> dict[int, Embedding]:
    """The latest award of each action that ever had one, with its evidence."""
    found: dict[int, Embedding] = {}
    awards = Embedding.objects.filter(action__in=keys).select_related("awarded_by", "action")
    for award in awards.prefetch_related("evidence"):
        found.setdefault(award.action_id, award)
    return found


def _standing(
    action: Action,
    day: date,
    steps: tuple[Milestone, ...],
    evidence: int,
    missed: int,
    award: Embedding | None,
    fallen: dict[int, Fall],
) -> Standing:
    fall = None if award is None else fallen.get(award.pk)
    facts = Facts(
        today=day,
        starts_on=action.starts_on,
        baseline_due_on=action.baseline_due_on,
        forecast_due_on=action.forecast_due_on,
        done_on=action.done_on,
        steps=tuple(
            Step(text=one.text, baseline_on=one.baseline_on, forecast_on=one.forecast_on, done_on=one.done_on)
            for one in steps
        ),
        evidence=evidence,
        missed_updates=missed,
        blocked_because=action.blocked_because,
        has_recovery=bool(action.recovery),
        has_escalation=bool(action.escalation),
        has_new_plan=action.recovery_decision_id is not None,
        embedded_on=_embedded_on(award, fall),
        fell_back=fall.because if fall else award.reverted_because if award else "",
        override=action.override,
        override_of=action.override_of,
        override_because=action.override_because,
    )
    return Standing(
        action=action,
        status=status(facts),
        milestones=steps,
        evidence=evidence,
        missed_updates=missed,
        embedding=award,
        fall=fall,
        day=day,
    )


def _embedded_on(award: Embedding | None, fall: Fall | None) -> date | None:
    if award is None or fall is not None or award.reverted_at is not None:
        return None
    return award.awarded_on
