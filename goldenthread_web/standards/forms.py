"""What is asked of somebody who drafts, proposes, adopts or sends back practice standards?"""

import re
from datetime import date
from typing import Any

from django import forms

from goldenthread.indicators.catalogue import catalogue
from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.programme.queries import in_favour
from goldenthread_web.standards.checking import tags
from goldenthread_web.standards.domains import domains
from goldenthread_web.standards.models import Standard

NO_CHILD = "No child’s name or number: standards are about every child."


def _words(label: str, hint: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=required, max_length=4000)


class LinesField(forms.CharField):
    """Several sentences, one on each line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> str:
        """As it is typed."""
        return "\n".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Asked for, something must stand there."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class IndicatorsField(forms.CharField):
    """References of indicators, separated by commas or spaces."""

    def prepare_value(self, value: Any) -> str:
        """As they are typed."""
        return ", ".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Each reference once; one that the catalogue does not have is refused."""
        refs = [one.upper() for one in re.split(r"[\s,;]+", str(value or "")) if one]
        unknown = [one for one in refs if one not in catalogue()]
        if unknown:
            raise forms.ValidationError(
                f"Linked indicators: there is no {unknown[0][:20]}. References look like AS-06; "
                "the definitions list them all."
            )
        return list(dict.fromkeys(refs))


class AboutForm(forms.Form):
    """What an edition is for."""

    about = _words("What is new in it, and why?", "One or two sentences that everybody reads. " + NO_CHILD)


class StandardForm(forms.Form):
    """A standard with what each grade looks like."""

    domain = forms.ChoiceField(label="Domain")
    section = forms.CharField(
        label="Section", max_length=120, help_text="What it is about in two or three words: Conferences."
    )
    statement = _words("The standard", "What every child can count on, in one sentence. " + NO_CHILD, rows=2)
    expectations = LinesField(
        label="Key expectations",
        help_text="What it asks day by day, in the first person: I have … One on each line.",
    )
    inadequate = _words(
        "What inadequate looks like", "For the child, not for the calendar: what the child lives through."
    )
    requires_improvement = _words("What requires improvement looks like")
    good = _words("What good looks like")
    outstanding = _words("What outstanding looks like")
    statute = forms.CharField(
        label="Law and guidance",
        max_length=300,
        required=False,
        help_text="Act or guidance by its full name, with the section if you have it before you.",
    )
    clock = forms.CharField(
        label="Time limit", max_length=200, required=False, help_text="In words, if it has one."
    )
    indicators = IndicatorsField(
        label="Linked indicators",
        required=False,
        help_text="References with commas between them, for example AS-06, QA-07.",
    )
    tags = forms.MultipleChoiceField(
        label="What it is about, for the indicators of case audits",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    training = forms.CharField(label="Training", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, one.title) for code, one in domains().items()]
        self.fields["domain"].choices = choices  # type: ignore[attr-defined]
        self.fields["tags"].choices = list(tags().items())  # type: ignore[attr-defined]


class NewStandardForm(StandardForm):
    """A standard that is in no edition yet."""

    code = forms.SlugField(
        label="Short name",
        max_length=60,
        help_text="Small letters and hyphens, for example seen-and-heard. It is never changed.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["code"])


class QuestionForm(forms.Form):
    """What whoever looks at a case asks about a standard."""

    text = _words("Question", "It can be answered with met, partly met, not met, or does not apply.", rows=2)
    cohorts = forms.MultipleChoiceField(
        label="Of which children is it asked?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all boxes empty to ask it of every child.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohorts"].choices = cohort_choices()  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """From which day an edition holds, and which body agreed."""

    in_force_on = forms.DateField(
        label="In force from",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    decision = forms.ModelChoiceField(
        queryset=None,
        label="Decision of a body",
        required=False,
        help_text="Where one agreed to it.",
        empty_label="None",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_force_on"].initial = today
        field = self.fields["decision"]
        field.queryset = in_favour()  # type: ignore[attr-defined]
        field.label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.body.name}, {one.decided_on.day} {one.decided_on:%B %Y}: {one.proposed[:80]}"
        )


class ConfirmForm(forms.Form):
    """Nothing but the button."""


class SendBackForm(forms.Form):
    """What must change first."""

    because = _words("What must change before you adopt it?", NO_CHILD)


def cohort_choices() -> list[tuple[str, str]]:
    """Every cohort that stands for children rather than for things that happened to them, or closed cases."""
    return [(code, one.title) for code, one in cohorts().items() if code in QUESTION_COHORTS]


# Of whom questions are asked: children as they stand, and those whose assessment or case has just closed.
QUESTION_COHORTS = frozenset(
    {code for code, one in cohorts().items() if not one.is_of_events} | {"closed", "assessments_authorised"}
)


def initial_of(standard: Standard) -> dict[str, Any]:
    """What a form about a standard begins with."""
    return {name: getattr(standard, name) for name in StandardForm.base_fields}
