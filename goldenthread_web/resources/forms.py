"""What is asked of somebody who enters a line of money, what was agreed, planned, spent or expected?"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.improvement.queries import actions
from goldenthread_web.programme.queries import in_favour, themes
from goldenthread_web.resources.models import BenefitEvidence, InvestmentLine, Post
from goldenthread_web.resources.money import money_exact, money_read
from goldenthread_web.resources.quarters import Quarter, quarter_of
from goldenthread_web.resources.queries import lines
from goldenthread_web.resources.sources import services_of_children, sources
from goldenthread_web.ui.words import capitalised

QUARTERS_BACK = 12  # that can still be entered


class MoneyField(forms.CharField):
    """An amount in pounds, written as people write it: 450,000 or 4.2m."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "In pounds, for example 450,000 or 4.2m."} | options)

    def to_python(self, value: Any) -> Any:
        """The amount, exact; nothing where nothing was written."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return money_read(text)
        except ValueError as problem:
            raise forms.ValidationError(f"{self.label}: {problem}") from None

    def prepare_value(self, value: Any) -> Any:
        """As it is written out."""
        return money_exact(value) if isinstance(value, Decimal) else value


def _words(label: str, hint: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=3000, required=required)


def _day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required)


def _post(label: str) -> forms.CharField:
    return forms.CharField(label=label, help_text="A post, not a person’s name.", max_length=120)


class LineForm(forms.Form):
    """A line of money in words."""

    title = forms.CharField(label="Title", max_length=200)
    about = _words("What is it for?")
    source = forms.ChoiceField(label="Where does it come from?", choices=lambda: list(sources().items()))
    is_programme_cost = forms.BooleanField(
        label="It is part of the cost of the improvement programme", required=False
    )
    starts_on = _day("From")
    ends_on = _day("To", "One-off money needs its last day.", required=False)
    post = _post("Budget holder")
    action = forms.ModelChoiceField(queryset=None, label="Action of the plan", required=False)
    indicator = forms.ChoiceField(label="Indicator that is to move", required=False)
    benefit = _words("What are children to have of it?")
    benefit_test_on = _day("When is that looked at?")
    exit_plan = _words(
        "What happens when it ends?",
        "One-off money needs this: which posts end, what moves to the base budget, what stops.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refs = [("", "None"), *((ref, f"{ref} {one.title}") for ref, one in catalogue().items())]
        self.fields["indicator"].choices = refs  # type: ignore[attr-defined]
        _choose(self, "action", actions(), lambda one: f"{one.ref} {one.text[:80]}")


class NewLineForm(LineForm):
    """A line that nobody has entered."""

    ref = forms.RegexField(
        r"^M\d{1,4}$",
        label="Reference",
        help_text="M and a number.",
        error_messages={"invalid": "Reference: write M and a number, for example M9."},
    )
    kind = forms.ChoiceField(
        label="Does it come every year?",
        widget=forms.RadioSelect,
        choices=[
            (InvestmentLine.Kind.RECURRENT, "Recurrent: every year"),
            (InvestmentLine.Kind.ONE_OFF, "One-off: it ends"),
        ],
    )

    field_order = ("ref", "kind")


class ApprovalForm(forms.Form):
    """What a body agreed to."""

    amount = MoneyField(label="Amount approved")
    decision = forms.ModelChoiceField(queryset=None, label="Decision it rests on", empty_label="Choose")

    def __init__(self, *args: Any, basis: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = f"Amount approved, {basis}"
        field = self.fields["decision"]
        field.queryset = in_favour()  # type: ignore[attr-defined]
        field.label_from_instance = _decision_said  # type: ignore[attr-defined]


class SpendForm(forms.Form):
    """Money spent."""

    spent_on = _day("Spent on")
    amount = MoneyField(
        label="Amount",
        help_text="In pounds, for example 450,000. Less than nothing takes back what was wrong.",
    )
    note = forms.CharField(label="What was it spent on?", max_length=300)


class ServiceSpendForm(forms.Form):
    """What a service cost in a quarter."""

    code = forms.ChoiceField(
        label="Service", choices=lambda: [(code, one.title) for code, one in services_of_children().items()]
    )
    quarter = forms.ChoiceField(label="Quarter")
    amount = MoneyField(label="What it cost in the quarter")
    source = forms.CharField(
        label="Where the amount is from", max_length=200, help_text="For example: ledger, end of period 9."
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = quarter_of(on).before
        self.quarters = {f"{last.year}-{last.number}": last}
        while len(self.quarters) < QUARTERS_BACK:
            last = last.before
            self.quarters[f"{last.year}-{last.number}"] = last
        choices = [(code, f"{one.said}, {one.months_said}") for code, one in self.quarters.items()]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was entered, the quarter as one."""
        return self.cleaned_data | {"quarter": self.quarters[self.cleaned_data["quarter"]]}


class ForecastForm(forms.Form):
    """What a line is expected to cost."""

    amount = MoneyField(label="Expected")
    made_on = _day("As at")
    because = _words("What does it rest on?")

    def __init__(self, *args: Any, span: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = f"Expected cost, {span}"


class PlanForm(forms.Form):
    """How much is to be spent in each quarter."""

    def __init__(
        self, *args: Any, quarters: list[Quarter], now: dict[Quarter, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = quarters
        for one in quarters:
            self.fields[f"q{one.year}_{one.number}"] = MoneyField(
                label=one.said, help_text=one.months_said, required=False, initial=now.get(one)
            )

    def amounts(self) -> dict[Quarter, Decimal]:
        """What is planned for each quarter; nothing where it was left blank."""
        return {one: self.cleaned_data[f"q{one.year}_{one.number}"] or Decimal(0) for one in self.quarters}


class EvidenceForm(forms.Form):
    """What came of the money."""

    shows = forms.ChoiceField(
        label="What does it show?",
        widget=forms.RadioSelect,
        choices=[(code, capitalised(str(words))) for code, words in BenefitEvidence.Shows.choices],
    )
    about_on = _day("The day it is about")
    text = _words("In words", "No child’s name or number.")
    with_figure = forms.BooleanField(
        label="Freeze the figure of the line’s indicator as it stood on that day", required=False
    )
    test_again_on = _day("Looked at again on", "Only where it is too early to say.", required=False)


class SignForm(forms.Form):
    """A signature."""

    statement = _words(
        "What do you sign?", "For example: checked against the ledger; forecasts are the budget holders’."
    )


class ReviewForm(forms.Form):
    """How a piece of the service works, and how it is to work."""

    title = forms.CharField(label="What is reviewed?", max_length=200)
    line = forms.ModelChoiceField(queryset=None, label="Paid from", required=False)
    as_is = _words("How it works now")
    to_be = _words("How it is to work")
    post = _post("Owner")
    live_due_on = _day("Live by")
    live_on = _day("Live since", required=False)
    effect = _words("What came of it", "Once it is live.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "line", lines().prefetch_related(None))


class PostForm(forms.Form):
    """Who is in a post."""

    status = forms.ChoiceField(
        label="Who is in it?",
        widget=forms.RadioSelect,
        choices=[(code, capitalised(str(words))) for code, words in Post.Status.choices],
    )
    since = _day("Since")
    expected_on = _day("Filled for good by", "For a post that is interim or vacant.", required=False)
    note = forms.CharField(label="Note", max_length=300, required=False, help_text="No person’s name.")


class NewPostForm(PostForm):
    """A post that is not on the list."""

    title = forms.CharField(label="Post", max_length=120)
    theme = forms.ModelChoiceField(queryset=None, label="Theme of the plan", required=False)
    field_order = ("title",)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today
        _choose(self, "theme", themes())


def _decision_said(decision: Any) -> str:
    return f"{decision.body.name}, {decision.decided_on:%-d %B %Y}: {decision.proposed[:80]}"


def _choose(form: forms.Form, name: str, rows: Any, said: Any = None) -> None:
    field = form.fields[name]
    field.queryset = rows  # type: ignore[attr-defined]
    field.empty_label = "None"  # type: ignore[attr-defined]
    if said is not None:
        field.label_from_instance = said  # type: ignore[attr-defined]
