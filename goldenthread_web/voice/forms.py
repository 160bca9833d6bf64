"""What is asked of somebody who writes down a voice, replies to it, or asks people something?"""

from typing import Any

from django import forms

from goldenthread.standard.schema import code_labels
from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.units import open_units
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.queries import actions
from goldenthread_web.voice import words
from goldenthread_web.voice.about_children import typed
from goldenthread_web.voice.models import Asking, Survey

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


def _teams() -> list[tuple[str, str]]:
    names = open_units(Unit.Kind.TEAM, today()).values_list("name", flat=True)
    return [("", "No one team"), *((name, name) for name in sorted(set(names)))]


class AboutAChild(CheckedTexts):
    """Words that may be about one child whom the person sees."""

    texts = ("text",)

    reference = forms.CharField(
        label="Child it is about",
        help_text="Only where it is about one child: the number in the case system, or the reference here. "
        "It is then read by those alone who may see the child.",
        max_length=80,
        required=False,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        """Ask for a child only where the person sees any."""
        super().__init__(*args, **kwargs)
        self.by = by
        if not by.held_role.sees_children:
            del self.fields["reference"]

    def clean_reference(self) -> str:
        """The keyed reference; whether there are other children is not said."""
        said: str = self.cleaned_data["reference"].strip()
        found = typed(self.by, said) if said else ""
        if said and not found:
            raise forms.ValidationError("There is no such child on your list: check the number.")
        return found


class FeedbackForm(AboutAChild):
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

    def __init__(self, data: Any, *, by: User) -> None:
        """Offer the teams of today."""
        super().__init__(data, by=by, initial={"received_on": today(), "is_positive": ""})
        self.order_fields(["audience", "reference"])
        self.fields["team"].choices = _teams()  # type: ignore[attr-defined]

    def clean_is_positive(self) -> bool | None:
        """Yes, no, or neither."""
        return _KEPT[self.cleaned_data["is_positive"]]


class CodingForm(AboutAChild):
    """Words corrected, and coded."""

    text = _text("What they said", NO_NAME)
    themes = _themes()
    is_positive = forms.ChoiceField(
        label="On the whole", choices=_POSITIVE, required=False, widget=forms.RadioSelect
    )

    clean_is_positive = FeedbackForm.clean_is_positive

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The child comes after the words."""
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "themes", "is_positive"])


class AskingForm(forms.Form):
    """A round of asking."""

    title = forms.CharField(label="What it is called", max_length=160)
    audience = _choice("Whom we ask", words.audiences())
    channel = _choice("How we ask", words.channels())
    starts_on = _day("First day")
    ends_on = _day("Last day")
    invited = forms.IntegerField(label="How many people are asked", min_value=1)


class ReplyForm(CheckedTexts):
    """You said."""

    texts = ("said",)

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


class DidForm(CheckedTexts):
    """We did."""

    texts = ("did",)

    did = _text("We did", f"So that those who said it see what came of it. {NO_NAME}")
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
                label="Your team, if you want to say",
                choices=[("", "I would rather not say"), *_teams()[1:]],
                required=False,
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
