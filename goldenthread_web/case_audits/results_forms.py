"""What is asked of somebody who uses results as evidence, adds a theme, or says what is done about one?"""

from datetime import date
from typing import Any

from django import forms

from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.units import open_units
from goldenthread_web.case_audits.models import Learning, LearningOutcome
from goldenthread_web.case_audits.results_reading import SELECTIONS
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.improvement import queries as plan
from goldenthread_web.improvement.models import Evidence
from goldenthread_web.standards.domains import domain_title, domains
from goldenthread_web.standards.models import Standard
from goldenthread_web.standards.queries import edition_in_force, in_the_making

NO_CHILD = "No name of a child or of anybody else."


def _day(label: str, hint: str = "", **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, **options)


def _pick(form: forms.Form, name: str, rows: Any, said: Any) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
    form.fields[name].label_from_instance = said  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """The result of a period as evidence of an action of the plan."""

    action = forms.ModelChoiceField(queryset=None, label="Action of the plan", empty_label="Choose")
    selection = forms.ChoiceField(label="Which case audits?", choices=list(SELECTIONS.items()))
    starts_on = _day("From")
    ends_on = _day("To")
    team = forms.ChoiceField(label="Team", required=False)
    learning = forms.ModelChoiceField(
        queryset=None,
        label="Theme of learning",
        required=False,
        empty_label="None: the share that is good or better",
    )
    result = forms.ChoiceField(
        label="What does it say of the action?", widget=forms.RadioSelect, choices=Evidence.Result.choices
    )
    expires_on = _day("Fresh until", "Blank: as long as evidence of case audits is fresh.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _pick(self, "action", plan.actions(), lambda one: f"{one.ref} {one.text[:90]}")
        _pick(self, "learning", Learning.objects.all(), lambda one: one.title)

    def of_teams(self, on: date) -> "EvidenceForm":
        """With the teams of a day to choose from."""
        names = sorted(set(open_units(Unit.Kind.TEAM, on).values_list("name", flat=True)))
        self.fields["team"].choices = [("", "Every team"), *((one, one) for one in names)]  # type: ignore[attr-defined]
        return self


class ThemeForm(forms.Form):
    """A theme of learning."""

    title = forms.CharField(label="What is learnt?", help_text="In a few words. " + NO_CHILD, max_length=160)
    domain = forms.ChoiceField(label="Domain", choices=[(code, one.title) for code, one in domains().items()])
    is_strength = forms.BooleanField(label="It is a strength that others can learn from", required=False)


class CodesForm(forms.Form):
    """The themes that a case audit shows."""

    themes = forms.ModelMultipleChoiceField(
        queryset=None, label="What does it show?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _pick(self, "themes", Learning.objects.order_by("domain", "title"), lambda one: one.title)


class LearningOutcomeForm(CheckedTexts):
    """What is done about a theme."""

    texts = ("text",)
    kind = forms.ChoiceField(
        label="What is done?", widget=forms.RadioSelect, choices=LearningOutcome.Kind.choices
    )
    action = forms.ModelChoiceField(
        queryset=None,
        label="Action of the plan",
        required=False,
        empty_label="None",
        help_text="Only for an action. A new one is added by whoever keeps the plan.",
    )
    standard = forms.ModelChoiceField(
        queryset=None,
        label="Practice standard",
        required=False,
        empty_label="None",
        help_text="Only for a standard. An edition that is being written gets a note.",
    )
    text = forms.CharField(
        label="What exactly, or why nothing?",
        help_text=NO_CHILD,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _pick(self, "action", plan.actions(), lambda one: f"{one.ref} {one.text[:90]}")
        edition = in_the_making() or edition_in_force()
        rows = Standard.objects.filter(edition=edition) if edition else Standard.objects.none()
        _pick(self, "standard", rows, lambda one: f"{domain_title(one.domain)}: {one.statement}")
