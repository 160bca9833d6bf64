"""What may be typed about the review of every case of a service?"""

from collections.abc import Collection
from typing import Any

from django import forms

from goldenthread_web.accounts.models import User
from goldenthread_web.case_reviews.queries import reviewers
from goldenthread_web.case_reviews.review_form import ReviewForm
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.sampling.cohorts import choices

NO_CHILD = "No names, and nothing by which anybody could be recognised."


def _words(label: str, hint: str = "", rows: int = 3, most: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), max_length=most
    )


def _day(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def _teams(label: str, hint: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple
    )


class BeginForm(forms.Form):
    """Which cases are all reviewed, why, and by when."""

    title = forms.CharField(
        label="Name", max_length=160, help_text="For example: Every case of family support."
    )
    why = _words("Why is every case reviewed?")
    cohort = forms.ChoiceField(label="Which cases?")
    teams = _teams("Of which teams?", "None: of all teams.")
    due_on = _day("To be done by")

    def __init__(self, *args: Any, teams: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].choices = [  # type: ignore[attr-defined]
            (one.code, one.title) for one in choices() if not one.why_not and not one.is_of_events
        ]
        self.fields["teams"].choices = [(one, one) for one in sorted(teams)]  # type: ignore[attr-defined]


class HandOutForm(forms.Form):
    """Who reviews how many cases of which teams."""

    reviewer = forms.ModelChoiceField(
        queryset=None,
        label="Who reviews them?",
        help_text="Cases they hold, answer for, or had a part in are never among them.",
        empty_label="Choose",
    )
    number = forms.IntegerField(label="How many cases at the most?", min_value=1, max_value=500)
    teams = _teams(
        "Of which teams?", "None: of all teams. The number beside each is of cases nobody has yet."
    )

    def __init__(self, *args: Any, waiting: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        field.queryset = reviewers()  # type: ignore[attr-defined]
        field.label_from_instance = _person_said  # type: ignore[attr-defined]
        self.fields["teams"].choices = [  # type: ignore[attr-defined]
            (team, f"{team} ({number})") for team, number in waiting.items()
        ]


def _person_said(person: User) -> str:
    return f"{person.title} ({person.email})"


class CaseForm(CheckedTexts):
    """The review of one case: a few questions, an outcome, and why."""

    texts = ("text", "concern_text")

    def __init__(self, *args: Any, form: ReviewForm, **kwargs: Any) -> None:
        self.base = form
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            field_of(code): forms.ChoiceField(
                label=text, choices=list(form.answers.items()), widget=forms.RadioSelect, required=False
            )
            for code, text in form.questions.items()
        }
        asked["outcome"] = forms.ChoiceField(
            label="What follows for the child?",
            choices=list(form.outcomes.items()),
            widget=forms.RadioSelect,
            required=False,
        )
        asked["text"] = _words("Why?", "In a sentence or two. " + NO_CHILD)
        asked["concern_text"] = _words(
            "What makes you fear for the child now?",
            "Only for an immediate concern: whoever answers for the child is told at once. " + NO_CHILD,
        )
        asked["text"].required = asked["concern_text"].required = False
        self.fields = asked | self.fields  # what asks to check comes last

    def answers(self) -> dict[str, str]:
        """The answers by the code of the question."""
        return {code: self.cleaned_data[field_of(code)] for code in self.base.questions}


def field_of(code: str) -> str:
    """The name of a question's field."""
    return f"question-{code}"


class CloseForm(CheckedTexts):
    """What was found, and what becomes of the rest."""

    texts = ("found",)
    found = _words(
        "What was found?",
        "For all the cases together, and what becomes of those that were not reviewed. " + NO_CHILD,
        rows=6,
        most=6000,
    )
