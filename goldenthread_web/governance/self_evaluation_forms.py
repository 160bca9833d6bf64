"""What is asked of somebody who says what the council knows of itself, and how it knows?"""

from typing import Any

from django import forms

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.config.clock import today
from goldenthread_web.governance.models import Statement, StatementEvidence
from goldenthread_web.governance.self_evaluation import areas_on, framework_on
from goldenthread_web.improvement.queries import actions
from goldenthread_web.inspections.forming import NO_CHILD, day_field, text_field
from goldenthread_web.inspections.frames import frameworks
from goldenthread_web.inspections.queries import findings
from goldenthread_web.standards.queries import standards_in_force
from goldenthread_web.ui.words import capitalised


class _StatementForm(forms.Form):
    """What is said, how sure, and what follows."""

    sign = forms.ChoiceField(label="Is it good?", widget=forms.RadioSelect, choices=Statement.Sign.choices)
    text = text_field("What do we know of practice and of what it changes for children?", help_text=NO_CHILD)
    grade = forms.ChoiceField(label="How we judge ourselves in this area", required=False)
    confidence = forms.ChoiceField(
        label="How sure are we?",
        choices=[(code, capitalised(words)) for code, words in Statement.Confidence.choices],
    )
    action = forms.ModelChoiceField(
        queryset=None, empty_label="None", label="Action of the plan", required=False
    )
    next_step = text_field(
        "Next step",
        rows=2,
        required=False,
        help_text="A weakness needs an action of the plan or a next step.",
    )

    def __init__(self, *args: Any, framework: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades = frameworks()[framework].grades
        self.fields["grade"].choices = [("", "Not said"), *grades.items()]  # type: ignore[attr-defined]
        chosen = self.fields["action"]
        chosen.queryset = actions()  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda one: f"{one.ref} {one.text[:80]}"  # type: ignore[attr-defined]


class NewStatementForm(_StatementForm):
    """A statement nobody has made."""

    area = forms.ChoiceField(label="Area that inspectors judge")
    field_order = ("area",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, framework=framework_on(today()).code, **kwargs)
        self.fields["area"].choices = list(areas_on(today()).items())  # type: ignore[attr-defined]


class ReviewForm(_StatementForm):
    """A statement looked at again."""

    holding = forms.ModelMultipleChoiceField(
        queryset=StatementEvidence.objects.none(),
        label="Evidence that still holds",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, framework=statement.framework, **kwargs)
        field = self.fields["holding"]
        field.queryset = statement.evidence.select_related("finding")  # type: ignore[attr-defined]
        field.label_from_instance = evidence_said  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why the council no longer says it."""

    because = forms.CharField(label="Why do we no longer say it?", max_length=300)


class StatementEvidenceForm(forms.Form):
    """Why the council knows it."""

    kind = forms.ChoiceField(
        label="What shows it?", widget=forms.RadioSelect, choices=StatementEvidence.Kind.choices
    )
    indicator = forms.ChoiceField(
        label="Indicator", required=False, help_text="Its latest figure is kept as it stands."
    )
    standard = forms.ModelChoiceField(
        queryset=None,
        empty_label="None",
        to_field_name="code",
        label="Practice standard",
        required=False,
        help_text="How often case audits found it met is kept as it stands.",
    )
    finding = forms.ModelChoiceField(queryset=None, empty_label="None", label="Finding", required=False)
    text = text_field("What does it show?", rows=2, required=False, help_text=NO_CHILD)
    about_on = day_field(
        "The day it is about", required=False, help_text="For what people say, and for documents."
    )
    where = forms.CharField(
        label="Where it is kept",
        max_length=200,
        required=False,
        help_text="For what people say, and for documents.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refs = [("", "None"), *((ref, f"{ref} {one.title}") for ref, one in catalogue().items())]
        self.fields["indicator"].choices = refs  # type: ignore[attr-defined]
        for name, rows, said in (
            ("standard", standards_in_force(), lambda one: f"{one.code} {one.statement[:80]}"),
            ("finding", findings(), str),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = said  # type: ignore[attr-defined]


def evidence_said(one: StatementEvidence) -> str:
    """A piece of evidence in words: what it says, or whose words they are."""
    said = f"“{one.finding.quote}” ({one.finding.ref})" if one.finding else one.said
    return ": ".join(part for part in (one.text, said) if part)
