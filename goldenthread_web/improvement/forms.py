"""What may be typed into the plan? One form for each thing that is said of an action."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.config.clock import today
from goldenthread_web.improvement.models import Action, Evidence, Milestone, Objective
from goldenthread_web.inspections.models import Recommendation
from goldenthread_web.inspections.queries import findings
from goldenthread_web.programme.models import Component, Decision, Enabler, Theme
from goldenthread_web.programme.queries import decisions, in_favour

NO_CHILD = "No child’s name or number."


def words(label: str, hint: str = NO_CHILD, *, rows: int = 3, required: bool = True) -> forms.CharField:
    """A text of some sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(
    label: str, hint: str = "", *, required: bool = True, max_length: int = 120, disabled: bool = False
) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=max_length, disabled=disabled
    )


def day(label: str, hint: str = "", *, required: bool = True, is_today: bool = False) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        initial=today if is_today else None,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def indicator(
    label: str, hint: str = "Its reference in the definitions, for example CIN-02.", **more: Any
) -> Any:
    """The reference of an indicator."""
    return forms.CharField(label=label, help_text=hint, max_length=10, **more)


def ticks(label: str, queryset: "QuerySet[Any]", hint: str = "") -> forms.ModelMultipleChoiceField:
    """Any number of things."""
    return forms.ModelMultipleChoiceField(
        queryset=queryset,
        label=label,
        help_text=hint,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PlanForm(forms.Form):
    """A form that is about something: its choices are that thing's."""

    def __init__(self, *args: Any, about: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.choose()
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                # Read once, however often a page goes through them; an iterator is not counted first.
                field.choices = list(iter(field.choices))

    def choose(self) -> None:
        """Fill in what can be chosen; most forms have nothing to choose."""


class ObjectiveForm(PlanForm):
    """An objective."""

    ref = line("Reference", "For example O2.3.", max_length=20)
    theme = forms.ModelChoiceField(queryset=Theme.objects.all(), label="Theme", empty_label="Choose")
    text = words("What will be true", "In plain words.")
    components = ticks("Components of a good service", Component.objects.all())

    def choose(self) -> None:
        """The reference of an objective there is stays."""
        if self.about is not None:
            del self.fields["ref"]


class ActionForm(PlanForm):
    """An action. Its days are promised once, and moved on a page of their own."""

    ref = line("Reference", "Theme, objective and number, for example 2.3.1.", max_length=20)
    objective = forms.ModelChoiceField(
        queryset=Objective.objects.select_related("theme"), label="Objective", empty_label="Choose"
    )
    text = words("Action", "Specific: what will be there that is not there today.")
    intended_impact = words("Intended impact on children", "In plain words: what will be better, for whom.")
    recommendations = ticks("Recommendations it answers", Recommendation.objects.all())
    components = ticks("Components of a good service it serves", Component.objects.all())
    enablers = ticks("Enablers of improvement it belongs to", Enabler.objects.all())
    origin = forms.ChoiceField(label="Where it comes from", choices=Action.Origin.choices)
    lead_post = line("Accountable lead", "A post, not a person’s name.")
    lead = forms.ModelChoiceField(
        queryset=User.objects.filter(is_active=True),
        label="Their account",
        required=False,
        empty_label="None",
    )
    delivery_post = line("Delivery lead", "A post; leave it blank if it is the same.", required=False)
    partner = line("Partner agency", required=False)
    starts_on = day("Starts")
    baseline_due_on = day("Promised for", "Kept as it is: only a body’s decision moves it.")
    confidence = forms.ChoiceField(
        label="Confidence that it will be done in time",
        choices=[("", "Not said"), *Action.Confidence.choices],
        required=False,
    )
    cost_line = line("Cost line", "For example M1.", required=False, max_length=60)
    is_expected_to_worsen_first = forms.BooleanField(
        label="Its figures are expected to get worse first",
        help_text="As records become honest, for example.",
        required=False,
    )
    outside_decision = words("Decision somebody else must make first", "", rows=2, required=False)
    outside_body = line("Who must make it", "For example the safeguarding partnership.", required=False)
    outside_due_on = day("When it is expected", required=False)
    outside_decided_on = day("When it was made", required=False)

    def choose(self) -> None:
        """The reference and days of an action there is are not changed here; enablers only where used."""
        enablers: Any = self.fields["enablers"]
        enablers.choices = list(iter(enablers.choices))
        if not enablers.choices:
            del self.fields["enablers"]
        if self.about is not None:
            for name in ("ref", "starts_on", "baseline_due_on"):
                del self.fields[name]


class NoteForm(PlanForm):
    """A progress note."""

    text = words("How it goes on", f"Dated today, and never changed afterwards. {NO_CHILD}", rows=5)


class ForecastForm(PlanForm):
    """Another day expected."""

    milestone = forms.ModelChoiceField(
        queryset=Milestone.objects.none(), label="Of", required=False, empty_label="The action itself"
    )
    to = day("Expected now")
    because = words("Why it moves")

    def choose(self) -> None:
        """The milestones that are open."""
        self.fields["milestone"].queryset = self.about.milestones.filter(done_on__isnull=True)
        self.fields["milestone"].label_from_instance = lambda one: one.text


class BaselineForm(ForecastForm):
    """Another day promised."""

    to = day("Promised now")
    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        label="The body’s decision",
        required=False,
        empty_label="None",
    )

    def choose(self) -> None:
        """Decisions that agree."""
        super().choose()
        self.fields["decision"].queryset = in_favour()


class MilestoneForm(PlanForm):
    """A milestone."""

    text = words("What will be there", rows=2)
    baseline_on = day("Promised for")


class MilestoneDoneForm(PlanForm):
    """A milestone that is done."""

    milestone = forms.ModelChoiceField(queryset=Milestone.objects.none(), label="Milestone", empty_label=None)
    on = day("Done on", is_today=True)

    def choose(self) -> None:
        """The milestones that are open."""
        self.fields["milestone"].queryset = self.about.milestones.filter(done_on__isnull=True)
        self.fields["milestone"].label_from_instance = lambda one: one.text


class DayForm(PlanForm):
    """A day on which something was done."""

    on = day("Done on", is_today=True)


class TroubleForm(PlanForm):
    """What stands in the way."""

    blocked_because = words("What blocks it", "Leave it blank if nothing does.", rows=2, required=False)
    escalation = words("Escalated to", "A post or a body, and what they will do.", rows=2, required=False)
    recovery = words("How it recovers", rows=3, required=False)
    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(),
        label="Decision that agreed the new plan",
        required=False,
        empty_label="None",
    )

    def choose(self) -> None:
        """Decisions that agree."""
        self.fields["decision"].queryset = in_favour()


class StatusForm(PlanForm):
    """A status said by hand."""

    letter = forms.ChoiceField(
        label="Status",
        choices=[("", "As it is worked out"), ("G", "G On track"), ("A", "A At risk"), ("R", "R Off track")],
        required=False,
        widget=forms.RadioSelect,
    )
    because = words("Why", "Needed for a better status than is worked out.", required=False)


class ReasonForm(PlanForm):
    """A reason."""

    because = words("Why")


class SignOffForm(PlanForm):
    """A body took note."""

    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(), label="Decision", empty_label="Choose"
    )

    def choose(self) -> None:
        """Every decision: a body may also note."""
        self.fields["decision"].queryset = decisions()


class IndicatorForm(PlanForm):
    """An indicator of an action."""

    ref = indicator("Indicator")
    target = line("Target", "In words, with its day: 95% by March 2018.", required=False)
    baseline = line("Where it stood", "As it was said: 59.1%.", required=False, max_length=60)
    baseline_on = day("On", required=False)
    is_of_impact = forms.BooleanField(
        label="It shows impact", help_text="What children notice; otherwise progress.", required=False
    )


class EvidenceForm(PlanForm):
    """A piece of evidence."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=[one for one in Evidence.Kind.choices if one[0] != Evidence.Kind.DELIVERABLE],
        widget=forms.RadioSelect,
    )
    text = words("What it shows", f"In a sentence. {NO_CHILD}")
    result = forms.ChoiceField(
        label="What it says of the practice", choices=Evidence.Result.choices, widget=forms.RadioSelect
    )
    about_on = day("The day it is about", "Not the day it came.")
    received_on = day("The day it came", is_today=True)
    expires_on = day("Fresh until", "Leave it blank for the usual time of its kind.", required=False)
    ref = indicator(
        "Indicator",
        "For a figure: its reference. The figure is kept as it stands that day.",
        required=False,
    )
    finding = forms.ModelChoiceField(
        queryset=None, label="Finding, for an inspector’s words", required=False, empty_label="None"
    )
    where = line("Where a document is kept", "", required=False, max_length=200)

    def choose(self) -> None:
        """Findings that stand."""
        self.fields["finding"].queryset = findings()


class ImpactForm(PlanForm):
    """Whether children are better off."""

    impact = forms.TypedChoiceField(
        label="Impact", choices=Action.Impact.choices, coerce=int, widget=forms.RadioSelect
    )
    because = words("What this rests on")
    test_on = day("Too early to say: tested on", required=False)
    test_ref = indicator("Too early to say: tested by", required=False)


class EmbedForm(PlanForm):
    """An award of embedded, or its test."""

    evidence = ticks(
        "Evidence it rests on",
        Evidence.objects.none(),
        "At least two kinds of fresh evidence: figures, children’s records, what people say.",
    )
    retest_on = day("To be tested again by")

    def choose(self) -> None:
        """The action's evidence that says that it works."""
        self.fields["evidence"].queryset = self.about.evidence.filter(result=Evidence.Result.FOR)
        self.fields["evidence"].label_from_instance = _piece_said


class VerifyForm(PlanForm):
    """A piece of evidence that somebody looked at."""

    evidence = forms.ModelChoiceField(queryset=Evidence.objects.none(), label="Evidence", empty_label=None)

    def choose(self) -> None:
        """What nobody has verified."""
        self.fields["evidence"].queryset = self.about.evidence.filter(verified_by__isnull=True)
        self.fields["evidence"].label_from_instance = _piece_said


def _piece_said(piece: Evidence) -> str:
    return f"{piece.get_kind_display()}, {_brief(piece.about_on)}: {piece.text[:90]}"


def _brief(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
