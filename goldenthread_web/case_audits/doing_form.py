"""What does the form of one case audit ask? Each answer, each domain, the child and the whole.

Nothing is required: whatever is there is saved; what is missing for completion is told by `completing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from goldenthread_web.case_audits import kinds
from goldenthread_web.case_audits.completing import (
    Missing,
    answer_field,
    grade_field,
    where_field,
    words_field,
)
from goldenthread_web.case_audits.models import Answer, CaseAudit
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.sections import Section
from goldenthread_web.worklist.free_text import warnings_about

NO_NAMES = "No names, numbers or addresses: the case record holds those."
LONGEST = 6000
_YES_NO = (("True", "Yes"), ("False", "No"))
_FLAGS = ("with_practitioner", "family_contacted", "is_unsafe")
# Fields of the case audit itself, as they are saved.
OWN = ("looked_from_on", "looked_to_on", *_FLAGS, "lived_experience", "judged_impact", "impact_text")
OWN += ("judged_grade", "grade_text", "strengths", "to_improve", "reflection")
_OF_THE_LOOK = ("looked_from_on", "looked_to_on", "with_practitioner", "family_contacted")
_OF_THE_END = ("lived_experience", "judged_impact", "impact_text", "is_unsafe", "strengths", "to_improve")
_OF_THE_END += ("reflection", "judged_grade", "grade_text")
_OF_A_CHILD = ("family_contacted", "lived_experience", "judged_impact", "impact_text", "is_unsafe")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the form says, as the service takes it."""

    own: dict[str, Any]
    answers: dict[int, tuple[str, str, str]]  # of a question: the answer, what was seen, where
    domain_grades: dict[str, str]


def _words(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "true"}),
    )


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _one_of(label: str, choices: Iterable[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, required=False, choices=list(choices), widget=forms.RadioSelect
    )


def _yes_no(label: str, hint: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=_YES_NO,
        coerce=lambda said: said == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )


class DoingForm(forms.Form):
    """What an auditor writes."""

    looked_from_on = _day("First day of the record you looked at")
    looked_to_on = _day("Last day of the record you looked at")
    with_practitioner = _yes_no("Did you look at it together with the practitioner?")
    family_contacted = _yes_no("Did you speak with the child or the family?")
    lived_experience = _words("What is it like to be this child?", f"Through the child’s eyes. {NO_NAMES}", 5)
    judged_impact = _one_of(
        "Impact on the child", Grade.choices, "What practice has changed for the child, whatever its quality."
    )
    impact_text = _words("What is better for the child because of it, or is not?", NO_NAMES)
    is_unsafe = _yes_no(
        "Is the child unsafe now?", "If yes, raise an immediate concern now. It does not wait for this form."
    )
    judged_grade = _one_of("Grade of practice", Grade.choices, "How good the work is, taken together.")
    grade_text = _words("Why is it this grade?", NO_NAMES)
    strengths = _words("What was done well?", "One thing a line.")
    to_improve = _words("What would make it better?", "One thing a line.")
    reflection = _words("What does the practitioner say?", "In their own words, if you spoke. " + NO_NAMES)

    def __init__(self, *args: Any, case_audit: CaseAudit, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_audit, self.sections = case_audit, sections
        if not kinds.rules_of(case_audit.kind).about_child:
            for name in _OF_A_CHILD:
                del self.fields[name]
        for section in sections:
            for place, question in enumerate(section.questions, 1):
                label = f"{section.title}, question {place}"
                self.fields[answer_field(question.pk)] = _one_of(label, Answer.Said.choices)
                self.fields[words_field(question.pk)] = _words(f"{label}: what did you see?", rows=2)
                self.fields[where_field(question.pk)] = forms.CharField(
                    label=f"{label}: where in the record?", required=False, max_length=200
                )
            if section.has_grade:
                label = f"{section.title}: grade of this domain"
                self.fields[grade_field(section.code)] = _one_of(label, Grade.choices)
        # As they stand on the page, so that what is missing is said in that order.
        of_sections = [name for name in self.fields if name not in OWN]
        self.order_fields([*_OF_THE_LOOK, *of_sections, *_OF_THE_END])

    def said(self) -> Said:
        """What a valid form says."""
        given = self.cleaned_data
        return Said(
            own={name: given[name] for name in OWN if name in self.fields},
            answers={
                one.pk: (
                    given[answer_field(one.pk)],
                    given[words_field(one.pk)].strip(),
                    given[where_field(one.pk)].strip(),
                )
                for section in self.sections
                for one in section.questions
            },
            domain_grades={
                section.code: given[grade_field(section.code)]
                for section in self.sections
                if section.has_grade and given[grade_field(section.code)]
            },
        )

    def refuse(self, missing: Iterable[Missing]) -> None:
        """Say at each field what is missing."""
        for one in missing:
            self.add_error(one.field, one.sentence)

    def warnings(self) -> list[tuple[str, str]]:
        """Where what is written looks like somebody's details: the field's id, and a sentence."""
        found = []
        for bound in self:
            value = bound.value()
            if isinstance(value, str) and isinstance(bound.field, forms.CharField):
                found += [
                    (bound.id_for_label, f"{bound.label}: {said.lower()}") for said in warnings_about(value)
                ]
        return found


def initial_of(
    case_audit: CaseAudit, sections: Sequence[Section], answers: Mapping[int, Answer]
) -> dict[str, Any]:
    """What is saved, as the form begins."""
    found: dict[str, Any] = {name: getattr(case_audit, name) for name in OWN}
    for section in sections:
        for question in section.questions:
            answer = answers.get(question.pk)
            found[answer_field(question.pk)] = "" if answer is None else answer.answer
            found[words_field(question.pk)] = "" if answer is None else answer.narrative
            found[where_field(question.pk)] = "" if answer is None else answer.evidence
        if section.has_grade:
            found[grade_field(section.code)] = case_audit.domain_grades.get(section.code, "")
    return found
