"""What is asked of somebody who writes down a voice, replies to it, or asks people something?"""

from typing import Any

from django import forms

from goldenthread.standard.schema import code_labels
from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.queries import actions
from goldenthread_web.voice import words
from goldenthread_web.voice.models import Asking, Survey
from goldenthread_web.worklist.free_text import warnings_about

NO_NAME = "No name, and nothing by which somebody could be recognised."
_POSITIVE = (("yes", "Positive on the whole"), ("no", "Not positive"), ("", "Neither, or both"))
_KEPT = {"yes": True, "no": False, "": None}


def _day(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def _text(label: str, hint: str = "", rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=2000,
        **options,
    )


def _choice(label: str, choices: dict[str, str], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices.items()), **options)


def _themes() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What it is about",
        choices=list(words.themes().items()),
        widget=forms.CheckboxSelectMultiple,
    )


def _last(form: forms.Form, name: str) -> None:
    """Put a field at the end of a form, if it is there."""
    if name in form.fields:
        form.order_fields([*(one for one in form.fields if one != name), name])


def _teams() -> list[tuple[str, str]]:
    names = open_units(Unit.Kind.TEAM, today()).values_list("name", flat=True)
    return [("", "No one team"), *((name, name) for name in sorted(set(names)))]


class Words(forms.Form):
    """Words of people: what looks like a name's number or address is pointed out before it is kept."""

    is_checked = forms.BooleanField(label="I have looked: nobody can be recognised by it", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the tick only where something was pointed out."""
        super().__init__(*args, **kwargs)
        if not (self.is_bound and warnings_about(str(self.data.get("text", "")))):
            del self.fields["is_checked"]

    def clean(self) -> dict[str, Any]:
        """Say what the words seem to hold, until somebody has looked."""
        said = super().clean() or {}
        found = warnings_about(said.get("text") or "")
        if found and not said.pop("is_checked", False):
            self.add_error("text", " ".join(found) + " Take it out, or say that you have looked.")
        return said


class FeedbackForm(Words):
    """What somebody said."""

    audience = _choice("Whose voice", words.audiences())
    channel = _choice("How it reached us", words.channels())
    received_on = _day("On which day")
    team = forms.ChoiceField(label="Team it is about", required=False)
    asking = forms.ModelChoiceField(
        label="Round of asking",
        queryset=Asking.objects.all(),
        required=False,
        empty_label="It came by itself",
    )
    text = _text("What they said", f"In their own words where you can. {NO_NAME}")
    themes = _themes()
    is_positive = forms.ChoiceField(
        label="On the whole", choices=_POSITIVE, required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any) -> None:
        """Offer the teams of today."""
        super().__init__(data, initial={"received_on": today(), "is_positive": ""})
        _last(self, "is_checked")
        self.fields["team"].choices = _teams()  # type: ignore[attr-defined]

    def clean_is_positive(self) -> bool | None:
        """Yes, no, or neither."""
        return _KEPT[self.cleaned_data["is_positive"]]


class CodingForm(Words):
    """Words corrected, and coded."""

    text = _text("What they said", NO_NAME)
    themes = _themes()
    is_positive = forms.ChoiceField(
        label="On the whole", choices=_POSITIVE, required=False, widget=forms.RadioSelect
    )

    clean_is_positive = FeedbackForm.clean_is_positive


class AskingForm(forms.Form):
    """A round of asking."""

    title = forms.CharField(label="What it is called", max_length=160)
    audience = _choice("Whom we ask", words.audiences())
    channel = _choice("How we ask", words.channels())
    starts_on = _day("First day")
    ends_on = _day("Last day")
    invited = forms.IntegerField(label="How many people are asked", min_value=1)


class ReplyForm(forms.Form):
    """You said."""

    audience = _choice("Who said it", words.audiences())
    theme = _choice("About", words.themes())
    said = _text("You said", f"The sense of what several people said. {NO_NAME}")
    owner = forms.CharField(label="Who sees to it", help_text="The post.", max_length=120)
    due_on = _day("By when")
    action = forms.ModelChoiceField(
        label="Action of the plan", queryset=None, required=False, empty_label="None: it is done by itself"
    )

    def __init__(self, data: Any) -> None:
        """Offer the actions of the plan."""
        super().__init__(data)
        self.fields["action"].queryset = actions()  # type: ignore[attr-defined]


class DidForm(forms.Form):
    """We did."""

    did = _text("We did", "So that those who said it see what came of it.")
    done_on = _day("On which day")


class SurveyForm(forms.Form):
    """A new survey."""

    title = forms.CharField(label="What it is called", max_length=160)
    kind = _choice("What it asks about", words.KINDS)
    audience = _choice("Whom it asks", words.audiences())
    items = forms.MultipleChoiceField(
        label="What it asks",
        help_text="Only those of its kind are asked. The same item in every survey has a trend.",
        choices=[(one.code, f"{words.KINDS[one.kind]}: {one.text}") for one in words.items().values()],
        widget=forms.CheckboxSelectMultiple,
    )
    opens_on = _day("First day")
    closes_on = _day("Last day")
    invited = forms.IntegerField(label="How many people are asked", min_value=1)
    asks_team = forms.BooleanField(
        label="Ask for the team",
        required=False,
        help_text=f"Teams with fewer than {words.smallest_group()} answers are never shown.",
    )


class AnswersForm(forms.Form):
    """The items of a survey, none of which must be answered."""

    def __init__(self, data: Any, *, survey: Survey) -> None:
        """One choice for each item, and the team where the survey asks it."""
        super().__init__(data)
        for code in survey.items:
            self.fields[code] = forms.ChoiceField(
                label=words.items()[code].text,
                choices=list(code_labels("survey_answer").items()),
                widget=forms.RadioSelect,
                required=False,
            )
        if survey.asks_team:
            self.fields["team"] = forms.ChoiceField(
                label="Your team, if you want to say", choices=_teams(), required=False
            )

    def answers(self) -> dict[str, str]:
        """What was answered."""
        return {code: said for code, said in self.cleaned_data.items() if code != "team" and said}


class ToldForm(forms.Form):
    """What people were told."""

    kind = _choice("About", {code: said for code, said in words.KINDS.items() if code != "staff_pulse"})
    audience = _choice("Who was told", words.audiences())
    subject = forms.CharField(label="What they were told", max_length=200)
    how = forms.CharField(label="How", max_length=200)
    told_on = _day("On which day")
    reached = forms.IntegerField(label="How many people it reached", min_value=0, required=False)
