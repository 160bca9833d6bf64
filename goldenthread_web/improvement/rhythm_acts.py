"""Which acts are there on months, stages, versions and twelve weeks? By permission and address."""

from typing import Any

from goldenthread_web.improvement import cycle_services, stage_services, twelve_week_services
from goldenthread_web.improvement import rhythm_forms as forms
from goldenthread_web.improvement.acts import Act
from goldenthread_web.improvement.models import Cycle, NextStep, Stage, StageAim, TwelveWeekPlan


def _open_cycle(_: None, *, name: str, by: Any, **days: Any) -> None:
    cycle_services.open_cycle(name, **days, by=by)


def _report(cycle: Cycle, *, action: Any, by: Any, **said: Any) -> None:
    cycle_services.report(cycle, action, **said, by=by)


def _challenge(cycle: Cycle, *, action: Any, question: str, by: Any) -> None:
    cycle_services.put_challenge(cycle, action, question=question, by=by)


def _answer(cycle: Cycle, *, challenge: Any, answer: str, by: Any) -> None:
    cycle_services.answer_challenge(challenge, answer=answer, by=by)


def _next_step(_: None, *, theme: Any, by: Any, **said: Any) -> None:
    cycle_services.set_next_step(theme, **said, by=by)


def _close_step(step: NextStep, *, outcome: str, said: str, by: Any) -> None:
    cycle_services.close_next_step(step, outcome=outcome, said=said, by=by)


def _approve(_: None, *, decision: Any, summary: str, by: Any) -> None:
    cycle_services.approve_version(decision, summary=summary, by=by)


def _set_stage(stage: Stage, *, by: Any, **said: Any) -> None:
    stage_services.set_stage(stage.number, **said, by=by)


def _stage_stored(stage: Stage) -> dict[str, Any]:
    names = ("name", "starts_on", "ends_on", "statement", "version")
    return {name: getattr(stage, name) for name in names}


def _aim_stored(aim: StageAim) -> dict[str, Any]:
    names = ("text", "progress", "ref", "target", "version")
    return {name: getattr(aim, name) for name in names} | {"actions": list(aim.actions.all())}


def _begin(_: None, *, by: Any, **said: Any) -> None:
    twelve_week_services.begin(**said, by=by)


def _finish(plan: TwelveWeekPlan, *, deliverable: Any, by: Any, **said: Any) -> None:
    twelve_week_services.finish_deliverable(deliverable, **said, by=by)


def _watch(plan: TwelveWeekPlan, *, ref: str, by: Any, **said: Any) -> None:
    twelve_week_services.watch_indicator(plan, ref, **said, by=by)


def _checkpoint(plan: TwelveWeekPlan, *, week: int, decided: str, by: Any) -> None:
    twelve_week_services.hold_checkpoint(plan, week, decided=decided, by=by)


def _focus(plan: TwelveWeekPlan, *, action: Any, by: Any, **said: Any) -> None:
    twelve_week_services.set_focus_time(action, plan=plan, **said, by=by)


def _focus_result(plan: TwelveWeekPlan, *, focus: Any, result: str, by: Any) -> None:
    twelve_week_services.say_focus_result(focus, result=result, by=by)


def _act(title: str, button: str, form: Any, do: Any, said: str = "Saved.", **more: Any) -> Act:
    return Act(title=title, button=button, said=said, form=form, do=do, **more)


OPEN_CYCLE = _act("Open a month", "Open it", forms.CycleForm, _open_cycle, "Open: owners owe their updates.")
NEXT_STEP = _act("Set a next step", "Set it", forms.NextStepForm, _next_step)
CLOSE_STEP = _act("Say what became of a next step", "Save", forms.NextStepClosedForm, _close_step)
APPROVE = _act(
    "Approve a version",
    "Keep this version",
    forms.VersionForm,
    _approve,
    "Kept. Nothing changes it from here on.",
    lead="The plan as it stands now is kept whole. Only a decision of a body approves it.",
)
BEGIN = _act("Begin twelve weeks", "Begin", forms.TwelveWeeksForm, _begin, "Begun.")

CYCLE_EDIT = {
    "freeze": _act(
        "Freeze the month",
        "Freeze it",
        forms.FreezeForm,
        cycle_services.freeze,
        "Frozen.",
        lead="How every action stands is kept for the board. Later updates count for the next month.",
    ),
    "challenge": _act("Put a challenge", "Ask", forms.ChallengeForm, _challenge, "Asked."),
}
CYCLE_REPORT = {
    "update": _act("Report on an action", "Report", forms.UpdateForm, _report, "Reported."),
    "answer": _act("Answer a challenge", "Answer", forms.AnswerForm, _answer, "Answered."),
}
STAGE_EDIT = {
    "change": _act("Change the stage", "Save", forms.StageForm, _set_stage, stored=_stage_stored),
    "aim": _act("Add an aim", "Add the aim", forms.AimForm, stage_services.add_aim, "Added."),
    "review": _act(
        "Review the end of the stage",
        "Record the review",
        forms.GateForm,
        stage_services.hold_gate,
        "Recorded.",
        lead="A body decides whether the next stage may begin, and what becomes of each aim.",
    ),
}
ADD_STAGE = _act(
    "Add a stage",
    "Add it",
    forms.StageForm,
    _set_stage,
    "Added.",
    lead="A stretch of the programme that ends with a review by a body. Stages follow one another.",
)
CHANGE_AIM = _act("Change an aim", "Save", forms.AimForm, stage_services.change_aim, stored=_aim_stored)
WEEKS_EDIT = {
    "deliverable": _act(
        "Add a deliverable", "Add it", forms.DeliverableForm, twelve_week_services.add_deliverable, "Added."
    ),
    "indicator": _act("Watch an indicator", "Watch it", forms.WatchForm, _watch, "Watched from here on."),
    "checkpoint": _act("Hold the checkpoint", "Keep it", forms.CheckpointForm, _checkpoint, "Kept."),
    "halfway": _act(
        "Sum up half-way", "Keep it", forms.TextForm, twelve_week_services.sum_up_halfway, "Kept."
    ),
    "time": _act("Give a team time", "Give it", forms.FocusForm, _focus),
    "close": _act(
        "Close the twelve weeks", "Close them", forms.CloseForm, twelve_week_services.close, "Closed."
    ),
}
WEEKS_REPORT = {
    "done": _act(
        "Finish a deliverable",
        "It is done",
        forms.DeliverableDoneForm,
        _finish,
        "Done. What came of it stands as evidence at the action.",
    ),
    "time-result": _act("Say what came of a team’s time", "Save", forms.FocusResultForm, _focus_result),
}
WEEKS_NOTE = _act(
    "Write the weekly note",
    "Write it",
    forms.TextForm,
    twelve_week_services.write_weekly_note,
    "Written.",
    lead="The director’s note of this week.",
)
