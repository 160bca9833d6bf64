"""What is asked about an action, a plan, a re-audit?"""

from datetime import date
from typing import Any

from django import forms

from goldenthread_web.case_audits import queries
from goldenthread_web.case_audits.following_rules import rules
from goldenthread_web.case_audits.models import CaseAudit, CaseAuditAction
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.improvement import queries as plan

NO_CHILD = "No name of a child or of anybody else."


def _day(label: str, hint: str = "", **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, **options)


def _words(label: str, hint: str = NO_CHILD) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ActionForm(CheckedTexts):
    """What somebody is to do."""

    texts = ("text", "owner")
    kind = forms.ChoiceField(
        label="For whom is it?", widget=forms.RadioSelect, choices=CaseAuditAction.Kind.choices
    )
    text = _words("What is to be done?", "One thing, so that one can say when it is done. " + NO_CHILD)
    owner = forms.CharField(label="Who does it?", help_text="The post, not a person’s name.", max_length=120)
    due_on = _day("By when?")


class OutcomeForm(CheckedTexts):
    """An action is done."""

    texts = ("outcome",)
    outcome = _words("What came of it?", "What is different now. " + NO_CHILD)
    completed_on = _day("Done on")


class PlanLinkForm(forms.Form):
    """The action of the plan that a change to how we work became part of."""

    plan_action = forms.ModelChoiceField(queryset=None, label="Action of the plan", empty_label="Choose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["plan_action"]
        field.queryset = plan.actions()  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.ref} {one.text[:90]}"  # type: ignore[attr-defined]


class RecordPlanForm(forms.Form):
    """The plan of actions is whole."""

    recorded_on = _day("Recorded on")


class WaiveForm(forms.Form):
    """Why a case is not looked at again."""

    why = forms.ChoiceField(label="Why is the case not looked at again?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = list(rules().waived.items())  # type: ignore[attr-defined]


class ReAuditForm(forms.Form):
    """Who looks at a case again, and by when."""

    auditor = forms.ModelChoiceField(queryset=None, label="Auditor", empty_label="Choose")
    due_on = _day("To be done by")

    def __init__(self, *args: Any, first: CaseAudit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["auditor"]
        field.queryset = queries.auditors().exclude(pk=first.auditor_id)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: str(one.title)  # type: ignore[attr-defined]
        due = first.re_audit_due_on
        self.fields["due_on"].initial = due if due is not None and due > today else None
