"""What is asked of somebody who sets a target?"""

from datetime import date
from typing import Any

from django import forms


class TargetForm(forms.Form):
    """A target of one indicator."""

    value = forms.DecimalField(
        label="Target",
        help_text="In the unit of the figure. Leave it blank to end the target in force.",
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=0,
    )
    tolerance = forms.DecimalField(
        label="Tolerance",
        help_text="How far from the target is still near it (amber). Blank: the council’s usual margin.",
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=0,
    )
    stretch = forms.DecimalField(
        label="Where the council wants to be in the end",
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=0,
    )
    owner = forms.CharField(
        label="Post that answers for it", help_text="A post, not a person’s name.", max_length=120
    )
    starts_on = forms.DateField(
        label="In force from", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    because = forms.CharField(
        label="Why this target?", widget=forms.Textarea(attrs={"rows": 3}), min_length=10, max_length=1000
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        """A tolerance or a stretch belongs to a target."""
        found = super().clean() or {}
        if found.get("value") is None and "value" not in self.errors:
            for name in ("tolerance", "stretch"):
                if found.get(name) is not None:
                    self.add_error(
                        name, "There is no target for this: fill the target in, or leave this blank."
                    )
        return found
