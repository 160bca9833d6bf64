"""In which fields is a report begun, written and let go?"""

from typing import Any

from django import forms

from goldenthread_web.reports.forums import forums
from goldenthread_web.reports.models import Priority


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ContentForm(forms.Form):
    """A new content: its period and the day of its figures."""

    label = forms.CharField(
        label="Period in words", help_text="As readers know it, for example quarter 3 2017/18.", max_length=60
    )
    title = forms.CharField(label="Title", max_length=200)
    starts_on = forms.DateField(label="First day", widget=_day())
    ends_on = forms.DateField(label="Last day", widget=_day())
    as_at_on = forms.DateField(
        label="Day of the figures", help_text="As a rule the last day of the period.", widget=_day()
    )


class ReportForm(forms.Form):
    """The form of a content for one forum."""

    template = forms.ChoiceField(label="For whom")
    meeting_on = forms.DateField(
        label="Day of the meeting", help_text="For the public summary: the day it comes out.", widget=_day()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(one.code, one.forum) for one in forums().values()]  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """The text of one section."""

    text = forms.CharField(
        label="Text",
        help_text="Paragraphs with a blank line between them; a line that begins with - is an item of a "
        "list. No child's name or number.",
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        max_length=30_000,
        required=False,
        strip=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PrioritiesForm(forms.Form):
    """What the next period is for."""

    priorities = forms.CharField(
        label="Priorities of the next period",
        help_text="One a line, at most twelve. The next report says what became of each.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
        required=False,
    )


class AccountForm(forms.Form):
    """What became of a priority."""

    became = forms.ChoiceField(label="What became of it", choices=Priority.Became.choices)
    account = forms.CharField(label="In words", max_length=500)


class WeaknessesForm(forms.Form):
    """Why a report goes without answers to weaknesses."""

    because = forms.CharField(
        label="Why it goes out without an answer to them",
        help_text="And when they will be answered.",
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=20,
        max_length=1000,
    )
