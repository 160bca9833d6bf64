"""What may be typed about the programme and its bodies?"""

from typing import Any

from django import forms

from goldenthread_web.programme.models import Body
from goldenthread_web.programme.queries import components
from goldenthread_web.ui.words import capitalised

POST = "A post, not a person’s name."


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def _sentences(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=required, max_length=4000)


class AimForm(forms.Form):
    """What the council wants to reach, and by when."""

    name = forms.CharField(label="Name of the programme", max_length=200)
    framework = forms.CharField(
        label="Inspection framework", help_text="SIF or ILACS, as the last inspection was.", max_length=20
    )
    target_grade = forms.CharField(label="Grade to reach", max_length=40)
    starts_on = _day("First day")
    target_on = _day("To be reached by")


class ComponentForm(forms.Form):
    """A component of a good service, or an enabler of improvement."""

    title = forms.CharField(label="Title", max_length=200)
    looks_like = _sentences("What good looks like", required=False)


class ThemeForm(forms.Form):
    """A theme of the plan."""

    title = forms.CharField(label="Title", max_length=200)
    focus = _sentences("Where it looks", required=False)
    remaining = _sentences(
        "Remaining challenges", "What is still hard, as a report may say it.", required=False
    )
    post = forms.CharField(label="Who answers for it", help_text=POST, max_length=120)
    components = forms.ModelMultipleChoiceField(
        label="Components of a good service that it serves",
        queryset=components(),
        widget=forms.CheckboxSelectMultiple,
    )


class BodyForm(forms.Form):
    """A board, committee or meeting."""

    code = forms.SlugField(
        label="Short name", help_text="Small letters and underscores; it is never changed.", max_length=40
    )
    name = forms.CharField(label="Name", max_length=200)
    purpose = _sentences("What it is for")
    chair = forms.CharField(label="Chair", help_text=POST, max_length=120)
    rhythm = forms.ChoiceField(
        label="How often it meets",
        choices=[(code, capitalised(words)) for code, words in Body.Rhythm.choices],
    )
    quorum = forms.IntegerField(
        label="Quorum", help_text="Voting members; 0: none.", min_value=0, max_value=100, initial=0
    )
    statute = forms.CharField(label="Law it sits under", required=False, max_length=200)
    verb = forms.CharField(
        label="What a report asks of it",
        help_text="Endorse, agree, note, note and comment on.",
        required=False,
        max_length=60,
    )
    is_public = forms.BooleanField(
        label="It meets in public, and whoever may see meetings reads its papers", required=False
    )
    is_operational = forms.BooleanField(
        label="Safeguarding actions return to each of its meetings until they are closed", required=False
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]
        self.is_new = is_new

    def clean_code(self) -> str:
        """Not one that is taken."""
        code: str = self.cleaned_data["code"]
        if Body.objects.filter(code=code).exists():
            raise forms.ValidationError(f"{code} is the short name of another body: choose another.")
        return code
