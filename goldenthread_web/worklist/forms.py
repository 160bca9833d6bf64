"""What may be typed on a worklist?"""

from datetime import date, timedelta
from typing import Any

from django import forms

from goldenthread_web.worklist.free_text import warnings_about
from goldenthread_web.worklist.models import Oversight

_DAY = {"type": "date"}


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs=_DAY, format="%Y-%m-%d")


class OversightForm(forms.Form):
    """Management oversight of one child."""

    decided_on = forms.DateField(label="Date of the decision", widget=_day_input())
    decision = forms.ChoiceField(
        label="Decision", choices=Oversight.Decision.choices, widget=forms.RadioSelect
    )
    direction = forms.CharField(
        label="Direction to the worker",
        help_text="What is to be done, by when, and why. No names: the case record holds those.",
        widget=forms.Textarea(attrs={"rows": 5}),
        min_length=20,
        max_length=4000,
    )
    next_on = forms.DateField(label="Next oversight by", widget=_day_input())
    is_checked = forms.BooleanField(
        label="I have read the warning; the text holds nothing that identifies a person.", required=False
    )

    def __init__(self, *args: Any, today: date, weeks: int, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"decided_on": today, "next_on": today + timedelta(weeks=weeks)})
        super().__init__(*args, **kwargs)
        self.today = today
        self.needs_check = False

    def clean_decided_on(self) -> date:
        """No decision of tomorrow."""
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError("The date of the decision is after today: correct it.")
        return day

    def clean(self) -> dict[str, Any]:
        """The next one comes later; what looks like a person's details is pointed out."""
        found = super().clean() or {}
        decided, following = found.get("decided_on"), found.get("next_on")
        if decided and following and following <= decided:
            self.add_error("next_on", "The next oversight must be after this decision.")
        said = warnings_about(found.get("direction", ""))
        self.needs_check = bool(said)
        if said and not found.get("is_checked"):
            self.add_error("direction", f"{said[0]} Take it out, or say below that you checked it.")
        return found
