"""In which field is a parameter of each kind changed?"""

from typing import Any

from django import forms

from goldenthread_web.parameters.catalogue import Parameter
from goldenthread_web.ui.words import capitalised


class ChangeForm(forms.Form):
    """Another value for one parameter, and why."""

    because = forms.CharField(
        label="Why is it changed?",
        help_text="Who decided it and where: a minute, a procedure, a law.",
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=1000,
    )

    def __init__(self, *args: Any, parameter: Parameter, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameter = parameter
        self.fields["value"] = _field(parameter, now)
        self.order_fields(["value", "because"])

    def clean_value(self) -> Any:
        """The value as the parameter keeps it."""
        value = self.cleaned_data["value"]
        if self.parameter.kind == "switch":
            return value == "yes"
        if self.parameter.kind == "list":
            entries = [entry.strip() for entry in value.split(",") if entry.strip()]
            if not entries:
                raise forms.ValidationError("Name at least one, or several with commas between them.")
            if all(isinstance(one, int) for one in self.parameter.default):
                return [_whole(entry) for entry in entries]
            return entries
        return value


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise forms.ValidationError(f"{text} is not a whole number: write numbers with commas.") from None


def _field(parameter: Parameter, now: Any) -> forms.Field:
    label = parameter.words
    if parameter.kind == "switch":
        choices = [("yes", "Yes"), ("no", "No")]
        return forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, initial="yes" if now else "no"
        )
    if parameter.kind == "number":
        return forms.IntegerField(label=label, min_value=0, max_value=10_000, initial=now)
    if parameter.kind == "decimal":
        return forms.FloatField(label=label, min_value=0, max_value=10_000, initial=now)
    if parameter.kind == "choice":
        choices = [(code, capitalised(words)) for code, words in parameter.choices_said()]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial=now)
    if parameter.kind == "list":
        return forms.CharField(
            label=label,
            help_text="With commas between them.",
            initial=", ".join(map(str, now)),
            max_length=500,
        )
    return forms.CharField(label=label, initial=now, max_length=100)
