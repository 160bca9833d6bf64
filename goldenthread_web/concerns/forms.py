"""What is asked of somebody who raises a concern, says whether the child is safe, resolves it, or is away?"""

from datetime import date
from typing import Any

from django import forms

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Reach
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.concerns.models import Concern
from goldenthread_web.concerns.posts import who_may_answer
from goldenthread_web.concerns.services import SHORTEST
from goldenthread_web.extracts.children import Child

NO_NAMES = "No names: the case record holds those."


def _sentence(label: str, hint: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=hint, widget=widget, min_length=SHORTEST, max_length=4000)


def _day(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


class RaiseForm(CheckedTexts):
    """A child may be in danger now: which, and why."""

    texts = ("text",)

    child = forms.CharField(
        label="Child", help_text="The number in the case system, or the reference here.", max_length=80
    )
    text = _sentence(
        "What makes you fear for the child now?", f"What you saw, in a sentence or two. {NO_NAMES}"
    )
    source = forms.ChoiceField(label="Where did you see it?", choices=Concern.Source.choices)
    source_ref = forms.CharField(
        label="Its reference", help_text="Of the case audit or the activity, if it has one.", required=False
    )

    def __init__(self, *args: Any, find: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.found: Child | None = None

    def clean_child(self) -> str:
        """A child the person may see; whether there are others is not said."""
        typed: str = self.cleaned_data["child"].strip()
        self.found = self.find(typed)
        if self.found is None:
            raise forms.ValidationError(
                "Child: there is no such child on your list. Check the number; if it is right, telephone the "
                "child’s manager now."
            )
        return typed

    def clean_source_ref(self) -> str:
        """As long as a reference is."""
        return self.cleaned_data["source_ref"].strip()[:40]


class SafetyForm(CheckedTexts):
    """Is the child safe, and what was done?"""

    texts = ("plan",)

    is_safe = forms.TypedChoiceField(
        label="Is the child safe?",
        choices=[("yes", "Yes, the child is safe"), ("no", "No, not yet: it goes further up at once")],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )
    plan = _sentence(
        "What was done, and what happens next?",
        f"Who saw the child, what was agreed, who does what by when. {NO_NAMES}",
    )


class ResolveForm(CheckedTexts):
    """What became of it?"""

    texts = ("resolution",)

    resolution = _sentence(
        "What became of it?",
        f"What was found, what was put right, and what the service learns from it. {NO_NAMES}",
    )


class AbsenceForm(forms.Form):
    """Who is away, from when to when, and who stands in."""

    person = forms.ModelChoiceField(queryset=None, label="Who is away?", empty_label="Choose")
    starts_on = _day("First day away")
    ends_on = _day("Last day away")
    deputy = forms.ModelChoiceField(
        queryset=None,
        label="Who stands in?",
        empty_label="Choose",
        help_text="They are told at once of every immediate concern, and may answer it.",
    )

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = by.held_role.reach is Reach.AUTHORITY
        self.fields["deputy"].queryset = who_may_answer() if others else who_may_answer().exclude(pk=by.pk)  # type: ignore[attr-defined]
        self.fields["person"].queryset = who_may_answer() if others else who_may_answer().filter(pk=by.pk)  # type: ignore[attr-defined]
        self.fields["person"].initial = by.pk
        self.fields["starts_on"].initial = today
