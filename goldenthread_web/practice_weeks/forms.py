"""What is asked of somebody who plans a Practice Week, puts leaders on its roster, or says what follows?"""

from datetime import date
from typing import Any

from django import forms

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.accounts.units import open_units
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.improvement.queries import actions
from goldenthread_web.practice_weeks import queries
from goldenthread_web.practice_weeks.models import PracticeWeek, RosterEntry
from goldenthread_web.practice_weeks.wording import AUDIENCES, activities

NO_NAMES = "No name of a child, a family or a worker."


def words_field(label: str, hint: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    """A field for some sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=4000, required=required)


def day_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required)


def post_field(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    """A field for a post."""
    return forms.CharField(label=label, help_text=hint, max_length=120, required=required)


class WeekForm(forms.Form):
    """A Practice Week."""

    theme = forms.CharField(label="Theme", help_text="One, in a few words.", max_length=200)
    purpose = words_field("Purpose", "What you want to learn, and what children gain from it.")
    plan = words_field("Plan", "How the days run, and who prepares what.", rows=5, required=False)
    starts_on = day_field("First day")
    ends_on = day_field("Last day")


class EntryForm(forms.Form):
    """One entry of a roster."""

    on = forms.TypedChoiceField(label="Day", coerce=date.fromisoformat)
    half = forms.ChoiceField(
        label="Half of the day", choices=RosterEntry.Half.choices, widget=forms.RadioSelect
    )
    activity = forms.ChoiceField(
        label="Activity",
        help_text="What opens a child’s record is only for leaders whose account sees children.",
    )
    post = post_field("Leader", "The post, for example Chief executive.")
    person = forms.ModelChoiceField(
        queryset=None, label="The leader’s account", required=False, empty_label="No account"
    )
    team = forms.ChoiceField(label="Team", required=False)
    with_whom = post_field("Who receives the leader?", "A post, not a name.", required=False)

    def __init__(self, *args: Any, week: PracticeWeek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = (week.ends_on - week.starts_on).days + 1
        all_days = [date.fromordinal(week.starts_on.toordinal() + number) for number in range(days)]
        teams = open_units(Unit.Kind.TEAM, week.starts_on).values_list("name", flat=True)
        _choices(self, "on", [(f"{one}", f"{one:%A} {one.day} {one:%B}") for one in all_days])
        _choices(self, "activity", [("", "Choose"), *_said_with_access()])
        _choices(self, "team", [("", "No one team"), *((one, one) for one in sorted(set(teams)))])
        self.fields["person"].queryset = who_takes_part()  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why an entry is cancelled."""

    because = forms.CharField(label="Why is it cancelled?", help_text=NO_NAMES, max_length=300)


class ConsentForm(forms.Form):
    """A family said yes."""

    consent_on = day_field("When did the family say yes?", "Before the leader comes.")
    consent_taken_by = post_field("Who asked them?", "The post, for example Social worker.")
    worker_present = post_field(
        "Which worker is present?", "The post. The leader is never alone with a family."
    )


class ThemesForm(forms.Form):
    """What an observation is about."""

    themes = forms.MultipleChoiceField(
        label="Themes", widget=forms.CheckboxSelectMultiple, required=False, help_text="As many as fit."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "themes", list(queries.themes().items()))


class OwnThemeForm(forms.Form):
    """A theme of the council's own."""

    words = forms.CharField(label="New theme", help_text="A few words.", max_length=80)


class YouSaidForm(CheckedTexts):
    """What people said and what is to be done about it."""

    texts = ("said", "doing")

    theme = forms.ChoiceField(label="Theme")
    audience = forms.ChoiceField(
        label="Who said it?", choices=list(AUDIENCES.items()), widget=forms.RadioSelect
    )
    said = words_field("You said", f"As they said it, so that they find themselves again. {NO_NAMES}")
    doing = words_field("What is to be done?")
    post = post_field("Who does it?", "The post, not a person’s name.")
    due_on = day_field("By when?")
    action = forms.ModelChoiceField(
        queryset=None, label="Action of the plan", required=False, empty_label="None"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "theme", [("", "Choose"), *queries.themes().items()])
        field = self.fields["action"]
        field.queryset = actions()  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.ref} {one.text[:80]}"  # type: ignore[attr-defined]


class WeDidForm(CheckedTexts):
    """What was done."""

    texts = ("did",)

    did = words_field("We did", f"What is different now. {NO_NAMES}")
    done_on = day_field("Done on")


class ReportForm(CheckedTexts):
    """What a week has shown. Its numbers are kept as they stand."""

    texts = ("strengths", "in_the_way", "follows")

    strengths = words_field("What was strong", f"A paragraph. {NO_NAMES}", rows=5)
    in_the_way = words_field("What gets in the way of good practice", rows=5)
    follows = words_field(
        "What follows from it", "Who does what by when; what goes into the improvement plan.", rows=5
    )
    reported_on = day_field("Date of the report")


def who_takes_part() -> Any:
    """Everybody whose role lets them take part in a Practice Week."""
    codes = [code for code, role in roles().items() if Permission.OBSERVE_PRACTICE in role.permissions]
    return User.objects.filter(role__in=codes, is_active=True)


def _said_with_access() -> list[tuple[str, str]]:
    """Activities with what they open, so that nobody chooses one unawares."""
    return [(code, f"{one.title} ({one.access.brief})") for code, one in activities().items()]


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
