"""What is written of stages: what each is to reach, and the review at its end."""

from collections.abc import Iterable, Mapping
from datetime import date

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.improvement.checking import check_indicator, check_not_ahead, check_words
from goldenthread_web.improvement.models import Action, GateReview, Stage, StageAim
from goldenthread_web.programme.models import Decision
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check


@service(Permission.EDIT_PLAN)
def set_stage(
    number: int,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    statement: str = "",
    version: int = 0,
    by: User,
) -> Stage:
    """Add a stage (`version` 0), or change what is said of it. Raises SavedMeanwhile."""
    if ends_on <= starts_on:
        raise Refused("A stage must end after it starts.")
    overlapping = Stage.objects.exclude(number=number).filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    if overlapping.exists():
        raise Refused("Its days belong to another stage: stages follow one another.")
    check(Stage.objects.select_for_update().filter(number=number).first(), version)
    found, _ = Stage.objects.update_or_create(
        number=number,
        defaults={
            "version": version + 1,
            "name": check_words(name, "what the stage is called"),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "statement": statement.strip(),
        },
    )
    record("stage.set", found, by=by, changes={"from": starts_on.isoformat(), "to": ends_on.isoformat()})
    return found


@service(Permission.EDIT_PLAN)
def add_aim(
    stage: Stage,
    *,
    text: str,
    actions: Iterable[Action] = (),
    ref: str = "",
    target: str = "",
    progress: str = "",
    by: User,
) -> StageAim:
    """Say what a stage is to reach: by which actions, and by which indicator it will be seen."""
    chosen = list(actions)
    _check_tied(chosen, ref, target)
    made = StageAim.objects.create(
        stage=stage,
        place=stage.aims.count() + 1,
        text=check_words(text, "what the stage is to reach"),
        ref=ref,
        target=target.strip(),
        progress=progress.strip(),
    )
    made.actions.set(chosen)
    record("stage.aim_added", made, by=by, changes={"stage": stage.number})
    return made


@service(Permission.EDIT_PLAN)
def change_aim(
    aim: StageAim,
    *,
    version: int,
    text: str,
    progress: str,
    actions: Iterable[Action],
    ref: str,
    target: str,
    by: User,
) -> StageAim:
    """Say otherwise what a stage is to reach, or how far that is. Raises SavedMeanwhile."""
    stored = StageAim.objects.select_for_update().get(pk=aim.pk)
    check(stored, version)
    chosen = list(actions)
    _check_tied(chosen, ref, target)
    stored.text = check_words(text, "what the stage is to reach")
    stored.progress, stored.ref, stored.target = progress.strip(), ref, target.strip()
    stored.version += 1
    stored.save()
    stored.actions.set(chosen)
    record("stage.aim_changed", stored, by=by, changes={"version": stored.version})
    return stored


@service(Permission.EDIT_PLAN)
def hold_gate(
    stage: Stage,
    *,
    held_on: date,
    decision: Decision | None,
    outcome: str,
    because: str,
    outcomes: Mapping[int, str],
    by: User,
) -> GateReview:
    """Record what a body decided at the end of a stage, and of each aim what became of it.

    `outcomes`: by key of the aim, a code of StageAim.Outcome. Aims carried on stand in the next stage.
    """
    check_not_ahead(held_on, "The review")
    if decision is None:
        raise Refused("Name the decision of the body that held the review.")
    if GateReview.objects.filter(stage=stage).exists():
        raise Refused(f"The end of stage {stage.number} has been reviewed already.")
    aims = list(stage.aims.all())
    if set(outcomes) != {aim.pk for aim in aims}:
        raise Refused("Say of every aim of the stage whether it was met, is carried on or is dropped.")
    moved = [aim for aim in aims if outcomes[aim.pk] == StageAim.Outcome.CARRIED]
    if outcome == GateReview.Outcome.PASSED and moved:
        raise Refused("Aims are carried on: the stage is passed with aims carried on.")
    if outcome == GateReview.Outcome.WITH_AIMS_CARRIED and not moved:
        raise Refused("Name the aims that are carried on.")
    if outcome != GateReview.Outcome.NOT_PASSED and not decision.is_in_favour:
        raise Refused("The decision does not agree: the stage cannot be passed on it.")
    made = GateReview.objects.create(
        stage=stage,
        held_on=held_on,
        decision=decision,
        outcome=GateReview.Outcome(outcome),
        because=check_words(because, "why"),
        by=by,
    )
    made.carried.set(moved)
    if outcome != GateReview.Outcome.NOT_PASSED:
        _settle_aims(stage, aims, outcomes)
    record("stage.reviewed", made, by=by, changes={"stage": stage.number, "outcome": outcome})
    return made


def _settle_aims(stage: Stage, aims: list[StageAim], outcomes: Mapping[int, str]) -> None:
    following = Stage.objects.filter(number__gt=stage.number).first()
    for aim in aims:
        aim.outcome = StageAim.Outcome(outcomes[aim.pk])
        aim.save(update_fields=["outcome"])
        if aim.outcome != StageAim.Outcome.CARRIED:
            continue
        if following is None:
            raise Refused("There is no stage after this one to carry aims into: add it first.")
        made = StageAim.objects.create(
            stage=following,
            place=following.aims.count() + 1,
            text=aim.text,
            ref=aim.ref,
            target=aim.target,
            carried_from=aim,
        )
        made.actions.set(aim.actions.all())


def _check_tied(actions: list[Action], ref: str, target: str) -> None:
    if not actions and not ref:
        raise Refused("Tie the aim to an action or to an indicator: what nothing shows cannot be reviewed.")
    if ref:
        check_indicator(ref)
        if not target.strip():
            raise Refused(f"Say where {ref} is to be at the end of the stage.")
