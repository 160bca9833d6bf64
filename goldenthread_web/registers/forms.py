"""What is asked of somebody who keeps the registers?"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms

from goldenthread_web.config.clock import LONDON, london
from goldenthread_web.registers.models import Home, HomeInspection, Outage, Training, judgement_choices
from goldenthread_web.registers.reference_files import KINDS as FILES
from goldenthread_web.registers.reference_files import columns_of
from goldenthread_web.registers.schooling_files import MOVES, RETURNS

KINDS = ((True, "Full inspection"), (False, "Interim or assurance visit"))


def _day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required)


def _time(label: str, *, required: bool = True) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=required)


class HomeForm(forms.Form):
    """A home's name, and when it opened and closed."""

    name = forms.CharField(label="Name", help_text="What the council calls it. No address.", max_length=120)
    opened_on = _day("Opened on", "Leave it blank where nobody knows.", required=False)


class ChangedHomeForm(HomeForm):
    """The same, once it is on the register."""

    closed_on = _day("Closed on", "From then on it is none of the council’s homes.", required=False)


class InspectionForm(forms.Form):
    """What an inspection judged of a home."""

    inspected_on = _day("First day of the inspection")
    is_full = forms.TypedChoiceField(
        label="What was it?",
        help_text="Only a full inspection counts for how many homes are good or outstanding.",
        choices=KINDS,
        coerce=lambda text: text == "True",
        widget=forms.RadioSelect,
    )
    judgement = forms.ChoiceField(label="Overall judgement", choices=judgement_choices)


class TrainingForm(forms.Form):
    """How many of an agency are trained in thresholds."""

    agency = forms.CharField(
        label="Agency", help_text="Or the group of staff, for example schools.", max_length=120
    )
    as_at_on = _day("Counted for")
    target_count = forms.IntegerField(label="How many are to be trained?", min_value=1, max_value=100_000)
    trained_count = forms.IntegerField(label="How many are by that day?", min_value=0, max_value=100_000)


class OutageForm(forms.Form):
    """When nobody could work in the case system."""

    what = forms.CharField(
        label="What could not be done?",
        help_text="In a few words. No child’s name or number.",
        max_length=200,
    )
    began_on = _day("Began on")
    began_at = _time("Began at")
    over_on = _day("Over on", "Leave both blank while it goes on.", required=False)
    over_at = _time("Over at", required=False)
    planned_hours = forms.DecimalField(
        label="Hours of it that were announced before",
        help_text="From its beginning; 0 where it came unannounced.",
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=2,
    )

    def clean(self) -> dict[str, Any]:
        """The end has a day and a time, or neither."""
        said = super().clean() or self.cleaned_data
        if (said.get("over_on") is None) != (said.get("over_at") is None):
            self.add_error("over_at", "Give both the day and the time it was over, or neither")
        return said

    def said(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        over = data["over_on"]
        return {
            "what": data["what"],
            "planned_hours": data["planned_hours"],
            "started_at": datetime.combine(data["began_on"], data["began_at"], LONDON),
            "ended_at": None if over is None else datetime.combine(over, data["over_at"], LONDON),
        }


class ChildcareForm(forms.Form):
    """Funded childcare of two-year-olds in a term."""

    term = forms.CharField(
        label="Term", help_text="For example Autumn 2017. Again corrects it.", max_length=60
    )
    counted_on = _day("Counted for")
    eligible_count = forms.IntegerField(label="How many may have it?", min_value=1, max_value=1_000_000)
    taking_up_count = forms.IntegerField(label="How many of them do?", min_value=0, max_value=1_000_000)


class ReturnsForm(forms.Form):
    """A file of the virtual school."""

    file = forms.FileField(
        label="Returns of the virtual school, as CSV",
        help_text=f"A line for each child and term, under a first line of {', '.join(RETURNS)}. "
        "What it says of a term takes the place of what was there.",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )


class MovesForm(forms.Form):
    """A list of schools and moves."""

    file = forms.FileField(
        label="Schools and moves, as CSV",
        help_text=f"Under a first line of {', '.join(MOVES)}: a line for each move in the school year, and "
        "one without a day for each child who has a school and has not moved. It takes the place of the "
        "whole list.",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )


_TAKES_BACK = "Leave it blank to take back what was entered for it."


def _source() -> forms.CharField:
    return forms.CharField(
        label="Where is it from?",
        help_text="The publication or the post that answers for it, with its day.",
        max_length=200,
    )


class EstimateForm(forms.Form):
    """Children of the area in the middle of a year."""

    area = forms.CharField(
        label="Locality",
        help_text="Leave it blank for the whole council; else as the children’s records name the locality.",
        max_length=60,
        required=False,
    )
    year = forms.IntegerField(
        label="Estimate for the middle of",
        help_text="The year. Figures of periods that end in the year after it are set beside it. Until it is "
        "published, you may enter the one before under this year, and say so below.",
        min_value=2000,
        max_value=2100,
    )
    population_0_17 = forms.IntegerField(
        label="Children aged 0 to 17",
        help_text=f"Of all ages under 18 together. {_TAKES_BACK}",
        min_value=1,
        max_value=20_000_000,
        required=False,
    )
    source = _source()


class TermForm(forms.Form):
    """When a term of the council's schools begins and ends."""

    academic_year = forms.CharField(label="School year", help_text="For example 2017/18.", max_length=7)
    term = forms.CharField(label="Term", help_text="For example Autumn.", max_length=60)
    started_on = _day("First day", "Leave both days blank to take the term back.", required=False)
    ended_on = _day("Last day", required=False)
    source = _source()


class PlacesForm(forms.Form):
    """Places with the council's own foster carers."""

    as_at_on = _day("Counted for")
    approved_places = forms.IntegerField(
        label="Approved places",
        help_text="Leave both numbers blank to take the count back.",
        min_value=0,
        max_value=100_000,
        required=False,
    )
    occupied_places = forms.IntegerField(label="Places taken", min_value=0, max_value=100_000, required=False)
    source = _source()


class EntriesForm(forms.Form):
    """A file of estimates, terms or places."""

    file = forms.FileField(
        label="Estimates, terms or places, as CSV",
        help_text="Under a first line of "
        + "; or ".join(", ".join(columns_of(kind)) for kind in FILES)
        + ". Each line counts from now on in place of what was entered for the same.",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )
    source = _source()


def values_of(row: Home | HomeInspection | Training | Outage) -> dict[str, Any]:
    """What is stored, as the form of it begins."""
    if isinstance(row, Outage):
        began, over = london(row.started_at), row.ended_at and london(row.ended_at)
        return {
            "what": row.what,
            "began_on": began.date(),
            "began_at": began.time(),
            "over_on": over and over.date(),
            "over_at": over and over.time(),
            "planned_hours": row.planned_hours,
        }
    names = {
        Home: ("name", "opened_on", "closed_on"),
        HomeInspection: ("inspected_on", "is_full", "judgement"),
        Training: ("agency", "as_at_on", "target_count", "trained_count"),
    }[type(row)]
    return {name: getattr(row, name) for name in names}
