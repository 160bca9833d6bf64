"""What is asked of somebody who enters, changes, scores, escalates or closes a risk, or tests a control?"""

from datetime import date
from typing import Any

from django import forms

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.improvement.queries import actions
from goldenthread_web.programme.queries import bodies, themes
from goldenthread_web.risks import scales
from goldenthread_web.risks.models import ControlTest, Mitigation, Risk
from goldenthread_web.risks.scales import Score
from goldenthread_web.ui.words import capitalised

NO_CHILD = "No child’s name or number."


def _words(label: str, hint: str = "", rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}), max_length=2000
    )


def _day(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def _level(label: str, of: dict[int, dict[str, str]]) -> forms.TypedChoiceField:
    choices = [(level, f"{level} {said['word']}") for level, said in of.items()]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int)


def _note(label: str = "Why?", hint: str = NO_CHILD) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}), min_length=10, max_length=2000
    )


class RiskForm(forms.Form):
    """The words of a risk, and where it is to be brought."""

    if_text = _words("If", "What might happen, without the word if at its start. " + NO_CHILD)
    then_text = _words("Then", "What would follow, without the word then at its start.")
    cause = _words("Cause", "What makes it likely.")
    event = _words("Event", "What one would see happen.")
    impact = _words("Impact on children")
    category = forms.ChoiceField(label="Category")
    theme = forms.ModelChoiceField(queryset=None, label="Theme of the plan", required=False)
    post = forms.CharField(
        label="Owner", help_text="The post that answers for it, not a person’s name.", max_length=120
    )
    target_likelihood = _level("Target: likelihood", scales.likelihoods())
    target_impact = _level("Target: impact", scales.impacts())
    proximity = forms.ChoiceField(label="How soon could it happen?")
    appetite = forms.ChoiceField(label="How much of this risk does the council bear?")
    review_on = _day("Next review")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "category", scales.categories())
        _choices(self, "proximity", scales.proximities())
        _choices(self, "appetite", {code: one["words"] for code, one in scales.appetites().items()})
        _choose(self, "theme", themes())

    def clean_if_text(self) -> str:
        """Ready to stand between the words if and then."""
        return self.cleaned_data["if_text"].strip().rstrip(".,").removeprefix("If ").removeprefix("if ")

    def clean_then_text(self) -> str:
        """Ready to stand after the word then."""
        return self.cleaned_data["then_text"].strip().rstrip(".").removeprefix("Then ").removeprefix("then ")

    def said(self) -> dict[str, Any]:
        """The words, as the services take them."""
        return {
            name: value for name, value in self.cleaned_data.items() if name in WORDS and name in self.fields
        }

    def target(self) -> Score:
        """Where it is to be brought."""
        return Score(self.cleaned_data["target_likelihood"], self.cleaned_data["target_impact"])


WORDS = ("if_text", "then_text", "cause", "event", "impact", "category", "theme", "post")
WORDS += ("proximity", "appetite", "review_on")


class NewRiskForm(RiskForm):
    """A risk that nobody has entered."""

    ref = forms.RegexField(
        r"^K\d{1,4}$",
        label="Reference",
        help_text="K and a number, for example K14.",
        error_messages={"invalid": "Reference: write K and a number, for example K14."},
    )
    inherent_likelihood = _level("Before anything is done: likelihood", scales.likelihoods())
    inherent_impact = _level("Before anything is done: impact", scales.impacts())
    current_likelihood = _level("Now: likelihood", scales.likelihoods())
    current_impact = _level("Now: impact", scales.impacts())
    identified_on = _day("Identified on")
    note = _note("Why is it scored so?")

    def __init__(self, *args: Any, ref: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ref"].initial = ref
        self.fields["identified_on"].initial = today
        self.order_fields(["ref"])

    def score(self, kind: str) -> Score:
        """The score of a kind: inherent, current."""
        return Score(self.cleaned_data[f"{kind}_likelihood"], self.cleaned_data[f"{kind}_impact"])


class ScoreForm(forms.Form):
    """Another score, or the same one looked at again; always with a note."""

    likelihood = _level("Likelihood", scales.likelihoods())
    impact = _level("Impact", scales.impacts())
    moved_on = _day("As from")
    note = _note("Why does it move, or why does it stay?")


class StandingForm(forms.Form):
    """A risk goes to a body above, comes back, is closed, or is opened again."""

    what = forms.ChoiceField(label="What happens to it?", widget=forms.RadioSelect)
    body = forms.ModelChoiceField(
        queryset=None, label="Body", required=False, help_text="Only where it is escalated."
    )
    moved_on = _day("As from")
    note = _note("Why?", "What is asked of the body, or why it can be closed. " + NO_CHILD)

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "body", bodies())
        ways = [("escalate", "Escalate it to a body")]
        if risk.escalated_to is not None:
            ways.append(("take_back", f"Take it back from {risk.escalated_to.name}"))
        ways.append(("close", "Close it"))
        self.fields["what"].choices = [("reopen", "Open it again")] if risk.closed_on else ways  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Escalating names a body."""
        found = super().clean() or {}
        if found.get("what") == "escalate" and not found.get("body"):
            self.add_error("body", "Body: choose the one it is escalated to.")
        return found


class MitigationForm(forms.Form):
    """What is done about a risk."""

    kind = forms.ChoiceField(
        label="How does it work?",
        widget=forms.RadioSelect,
        choices=[
            (Mitigation.Kind.ACTION, "An action: it changes something, and is done one day"),
            (Mitigation.Kind.CONTROL, "A control: it holds all the time, and is tested"),
        ],
    )
    text = _words("What is done?", NO_CHILD)
    post = forms.CharField(label="Post that answers for it", max_length=120)
    action = forms.ModelChoiceField(
        queryset=None, label="Action of the plan", required=False, help_text="Only for an action."
    )
    test_due_on = _day("Tested next on", "Only for a control.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "action", actions(), lambda one: f"{one.ref} {one.text[:80]}")
        self.fields["test_due_on"].required = False


class ControlTestForm(forms.Form):
    """What the test of a control showed."""

    result = forms.ChoiceField(
        label="Does it work?",
        widget=forms.RadioSelect,
        choices=[(code, capitalised(str(words))) for code, words in ControlTest.Result.choices],
    )
    tested_on = _day("Tested on")
    note = _note("What was looked at, and what was found?")
    next_due_on = _day("Tested next on")


class WarningForm(forms.Form):
    """An indicator that would show the risk coming."""

    ref = forms.ChoiceField(label="Indicator")
    because = _words("What would it show?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "ref", {ref: f"{ref} {one.title}" for ref, one in catalogue().items()})


def _choices(form: forms.Form, name: str, choices: dict[str, str]) -> None:
    form.fields[name].choices = [("", "Choose"), *choices.items()]  # type: ignore[attr-defined]


def _choose(form: forms.Form, name: str, rows: Any, said: Any = None) -> None:
    field = form.fields[name]
    field.queryset = rows  # type: ignore[attr-defined]
    field.empty_label = "None"  # type: ignore[attr-defined]
    if said is not None:
        field.label_from_instance = said  # type: ignore[attr-defined]
