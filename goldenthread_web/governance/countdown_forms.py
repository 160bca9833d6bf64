"""What is asked of somebody who keeps the calendar around day 0?"""

from typing import Any

from django import forms

from goldenthread_web.governance.countdown import countdowns
from goldenthread_web.governance.countdown_services import FARTHEST
from goldenthread_web.governance.models import Countdown
from goldenthread_web.inspections.forming import NO_CHILD, day_field, text_field, version_field
from goldenthread_web.ui.words import capitalised


class DayZeroForm(forms.Form):
    """What day 0 is, and when."""

    kind = forms.ChoiceField(
        label="Is the inspection",
        widget=forms.RadioSelect,
        choices=[(code, capitalised(words)) for code, words in Countdown.Kind.choices],
    )
    day_zero_on = day_field("Day 0", help_text="The working day of the call, as it came or is expected.")


class MoveForm(DayZeroForm):
    """Day 0 on another day."""

    version = version_field()


class OpenForm(DayZeroForm):
    """A calendar nobody has opened."""

    title = forms.CharField(label="Name", max_length=120, help_text="For example: Rehearsal, spring.")
    like = forms.ModelChoiceField(
        queryset=None, label="Begin with the items of", required=False, empty_label="The usual list"
    )
    field_order = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].queryset = countdowns()  # type: ignore[attr-defined]


class CountdownItemForm(forms.Form):
    """Something to be ready."""

    text = forms.CharField(label="What has to be ready", max_length=300, help_text=NO_CHILD)
    post = forms.CharField(label="Who sees to it", max_length=120, help_text="A post, not a person’s name.")
    working_day = forms.IntegerField(
        label="Working days from day 0",
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text="0 is the day of the call; with a minus before it.",
    )


class ChangeItemForm(CountdownItemForm):
    """Something to be ready, changed."""

    version = version_field()


class CloseForm(forms.Form):
    """What was learned."""

    learned = text_field("What does the next calendar take from it?", help_text=NO_CHILD)
    version = version_field()
