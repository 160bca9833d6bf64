"""What is asked on the pages of figures?"""

from typing import Any

from django import forms

from goldenthread.figures.benchmarks import areas
from goldenthread_web.config.clock import today
from goldenthread_web.extracts.forms import DayInput
from goldenthread_web.figures.models import Annotation

_WHOLE = ("England", "London", "Inner London")  # no authorities


def authorities() -> list[str]:
    """The authorities there are published figures for."""
    return [area for area in areas() if area not in _WHOLE]


class AnnotationForm(forms.Form):
    """What happened, and when."""

    on = forms.DateField(
        label="Day",
        widget=DayInput(),
        error_messages={
            "required": "Give the day.",
            "invalid": "Write the day as day, month and year, for example 31 12 2017.",
        },
    )
    kind = forms.ChoiceField(label="What kind of thing", choices=Annotation.Kind, widget=forms.RadioSelect())
    text = forms.CharField(
        label="What happened",
        help_text="One sentence for readers of the chart. Name no child and no worker.",
        max_length=200,
        error_messages={"required": "Say what happened."},
    )
    everywhere = forms.BooleanField(label="Show it on the chart of every indicator", required=False)


class OwnerForm(forms.Form):
    """Which post answers for an indicator."""

    post = forms.CharField(
        label="Post that answers for it",
        help_text="A post, not a person’s name.",
        max_length=120,
        error_messages={"required": "Name the post."},
    )
    starts_on = forms.DateField(label="From", widget=DayInput(), error_messages={"required": "Give the day."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today()


class NeighboursForm(forms.Form):
    """Which authorities are this council's statistical neighbours."""

    areas = forms.MultipleChoiceField(
        label="Statistical neighbours",
        help_text="Authorities for which published figures are held here.",
        choices=[],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    starts_on = forms.DateField(label="From", widget=DayInput(), error_messages={"required": "Give the day."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [(area, area) for area in authorities()]
        self.fields["starts_on"].initial = today()
