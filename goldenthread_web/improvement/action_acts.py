"""Which acts are there on an action, and who may do them? By permission and by the word in their address."""

from typing import Any

from goldenthread_web.improvement import (
    cycle_services,
    date_services,
    evidence_services,
    forms,
    plan_services,
)
from goldenthread_web.improvement.acts import Act
from goldenthread_web.improvement.models import Action, Objective


def action_stored(action: Action) -> dict[str, Any]:
    """What a form of an action is filled with."""
    names = forms.ActionForm.base_fields
    ticked = ("recommendations", "components", "enablers")
    return {name: getattr(action, name) for name in names if name not in ticked} | {
        **{name: list(getattr(action, name).all()) for name in ticked},
        "version": action.version,
    }


def _trouble_stored(action: Action) -> dict[str, Any]:
    return {
        "blocked_because": action.blocked_because,
        "escalation": action.escalation,
        "recovery": action.recovery,
        "decision": action.recovery_decision,
        "version": action.version,
    }


def _objective_stored(objective: Objective) -> dict[str, Any]:
    return {
        "theme": objective.theme,
        "text": objective.text,
        "components": list(objective.components.all()),
        "version": objective.version,
    }


def _finish_milestone(action: Action, *, milestone: Any, on: Any, by: Any) -> None:
    date_services.finish_milestone(milestone, on=on, by=by)


def _verify(action: Action, *, evidence: Any, by: Any) -> None:
    evidence_services.verify_evidence(evidence, by=by)


def _embed(action: Action, *, evidence: Any, retest_on: Any, by: Any) -> None:
    award = action.embeddings.filter(reverted_at__isnull=True).first()
    if award is None:
        evidence_services.award_embedded(action, evidence=evidence, retest_on=retest_on, by=by)
    else:
        evidence_services.retest(award, evidence=evidence, retest_on=retest_on, by=by)


def _set_indicator(action: Action, *, ref: str, by: Any, **said: Any) -> None:
    plan_services.set_indicator(action, ref, **said, by=by)


def _judge(action: Action, *, impact: int, by: Any, **said: Any) -> None:
    evidence_services.judge_impact(action, impact, **said, by=by)


def _say_status(action: Action, *, letter: str, because: str, by: Any) -> None:
    date_services.say_status(action, letter, because=because, by=by)


REPORT = {
    "note": Act(
        title="Write a progress note",
        button="Write the note",
        said="Noted.",
        form=forms.NoteForm,
        do=cycle_services.add_note,
    ),
    "forecast": Act(
        title="Expect it on another day",
        button="Move the forecast",
        said="The forecast has moved. The day promised stays as it was.",
        form=forms.ForecastForm,
        do=date_services.move_forecast,
    ),
    "milestone-done": Act(
        title="Finish a milestone",
        button="It is done",
        said="The milestone is done.",
        form=forms.MilestoneDoneForm,
        do=_finish_milestone,
    ),
    "done": Act(
        title="Finish the action",
        button="It is done",
        said="Done. Whether it helps children is tested next.",
        form=forms.DayForm,
        do=date_services.finish_action,
        lead="Every milestone must be done, and there must be evidence.",
    ),
    "trouble": Act(
        title="Say what stands in the way",
        button="Save",
        said="Saved.",
        form=forms.TroubleForm,
        do=date_services.report_trouble,
        stored=_trouble_stored,
    ),
    "evidence": Act(
        title="Add evidence",
        button="Add the evidence",
        said="Added.",
        form=forms.EvidenceForm,
        do=evidence_services.add_evidence,
    ),
    "impact": Act(
        title="Judge the impact",
        button="Save the judgement",
        said="Saved.",
        form=forms.ImpactForm,
        do=_judge,
        lead="Whether children are better off for it: another question than whether it is done.",
    ),
}
EDIT = {
    "change": Act(
        title="Change the action",
        button="Save",
        said="Saved.",
        form=forms.ActionForm,
        do=plan_services.change_action,
        stored=action_stored,
    ),
    "milestone": Act(
        title="Add a milestone",
        button="Add the milestone",
        said="Added.",
        form=forms.MilestoneForm,
        do=plan_services.add_milestone,
    ),
    "indicator": Act(
        title="Set an indicator",
        button="Save the indicator",
        said="Saved.",
        form=forms.IndicatorForm,
        do=_set_indicator,
    ),
    "baseline": Act(
        title="Promise another day",
        button="Move the day promised",
        said="Another day is promised. The first one stays in the history.",
        form=forms.BaselineForm,
        do=date_services.move_baseline,
        lead="Only a decision of a body moves a day that was promised.",
    ),
    "status": Act(
        title="Say another status",
        button="Save",
        said="Saved.",
        form=forms.StatusForm,
        do=_say_status,
        lead="Done and embedded cannot be said: they are shown.",
    ),
    "sign-off": Act(
        title="Sign it off",
        button="Sign it off",
        said="Signed off.",
        form=forms.SignOffForm,
        do=date_services.sign_off,
    ),
    "withdraw": Act(
        title="Withdraw the action",
        button="Withdraw it",
        said="Withdrawn. It stays to be read.",
        form=forms.ReasonForm,
        do=plan_services.withdraw_action,
    ),
}
VERIFY = {
    "evidence": Act(
        title="Verify evidence",
        button="I have looked at it",
        said="Verified.",
        form=forms.VerifyForm,
        do=_verify,
        lead="You looked at it yourself, and it says what is written of it.",
    ),
    "embedded": Act(
        title="Say that it is embedded",
        button="It is embedded",
        said="Embedded. It will be tested again.",
        form=forms.EmbedForm,
        do=_embed,
        lead="By somebody other than its owner, on two kinds of fresh evidence. It falls back by itself.",
    ),
}
OBJECTIVE = Act(
    title="Change the objective",
    button="Save",
    said="Saved.",
    form=forms.ObjectiveForm,
    do=plan_services.change_objective,
    stored=_objective_stored,
)


def _add_objective(_: None, *, ref: str, by: Any, **said: Any) -> None:
    plan_services.add_objective(ref, **said, by=by)


def _add_action(_: None, *, ref: str, by: Any, **said: Any) -> None:
    plan_services.add_action(ref, **said, by=by)


NEW_OBJECTIVE = Act(
    title="Add an objective",
    button="Add the objective",
    said="Added.",
    form=forms.ObjectiveForm,
    do=_add_objective,
)
NEW_ACTION = Act(
    title="Add an action", button="Add the action", said="Added.", form=forms.ActionForm, do=_add_action
)
