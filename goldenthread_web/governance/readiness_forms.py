"""What is asked of somebody who prepares a visit?"""

from datetime import datetime
from typing import Any

from django import forms

from goldenthread_web.config.clock import LONDON
from goldenthread_web.inspections.forming import NO_CHILD, day_field
from goldenthread_web.inspections.frames import channels, evidence_classes

_POST = "A post, not a person’s name."


class ItemForm(forms.Form):
    """Something that has to be ready."""

    text = forms.CharField(label="What has to be ready", max_length=300, help_text=NO_CHILD)
    post = forms.CharField(label="Who sees to it", help_text=_POST, max_length=120)
    due_on = day_field("By")


class EvidenceForm(forms.Form):
    """An item of the evidence pack."""

    evidence_class = forms.ChoiceField(label="Kind of evidence")
    what = forms.CharField(
        label="What it is",
        max_length=200,
        help_text=f"A list or a sample, never one child. {NO_CHILD}",
    )
    place = forms.CharField(
        label="Where it lies", help_text="The folder, the system, the page.", max_length=200
    )
    reference = forms.CharField(label="Reference", max_length=60, required=False)
    dated_on = day_field("The day it is about", required=False)
    post = forms.CharField(label="Who provides it", help_text=_POST, max_length=120)
    is_ready = forms.BooleanField(label="It lies there already", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_class"].choices = list(evidence_classes().items())


class _MomentForm(forms.Form):
    """A day and a time in England."""

    def clean(self) -> dict[str, Any]:
        """The moment that day and time make."""
        said = super().clean() or {}
        day, time = said.pop("day", None), said.pop("time", None)
        if day and time:
            said[self.moment] = datetime.combine(day, time, tzinfo=LONDON)
        return said

    moment = "starts_at"


class HandOverForm(_MomentForm):
    """What inspectors got."""

    moment = "handed_at"
    to = forms.CharField(label="To whom", help_text=_POST, max_length=120)
    day = day_field("Day")
    time = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    channel = forms.ChoiceField(label="How")
    handed_by = forms.CharField(label="By whom", help_text=_POST, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = list(channels().items())


class InterviewForm(_MomentForm):
    """A talk of inspectors with somebody."""

    with_whom = forms.CharField(
        label="With whom", help_text="Posts or a group, not people’s names.", max_length=200
    )
    day = day_field("Day")
    time = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=480, initial=45)
    place = forms.CharField(label="Where", max_length=120, required=False)
    inspector = forms.CharField(label="Inspector", help_text=_POST, max_length=120, required=False)
    about = forms.CharField(label="About", max_length=200, required=False, help_text=NO_CHILD)
