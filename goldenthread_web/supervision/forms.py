"""What is asked about an agreement, an action between sessions, or a session opened for a case audit?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread_web.accounts.models import User
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.supervision.models import Session
from goldenthread_web.supervision.rules import choices, frequencies
from goldenthread_web.supervision.workers import Worker

NO_NAME = "No name, of a child or of anybody else: the case record holds those."


def day_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget, required=required)


def words_field(label: str, hint: str = NO_NAME, *, rows: int = 3, required: bool = True) -> forms.CharField:
    """Some sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=4000, required=required)


def _roles() -> list[tuple[str, str]]:
    return [(code, f"{one.title}: {one.said}") for code, one in frequencies().items()]


class AgreementForm(forms.Form):
    """A worker who is supervised from now on."""

    worker = forms.ChoiceField(
        label="Worker", help_text="Workers of your teams whom nobody supervises here yet."
    )
    role = forms.ChoiceField(label="Supervised as", help_text="It says how often.")
    starts_on = day_field("Supervised since")
    counted_from_on = day_field(
        "Newly qualified: weeks are counted from", "Only for newly qualified workers.", required=False
    )
    kept_since_on = day_field(
        "Recorded here since",
        "Sessions of days before may be entered from paper, with what they did and did not review.",
    )

    def __init__(self, *args: Any, workers: Sequence[Worker], on: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": on, "kept_since_on": on})
        super().__init__(*args, **kwargs)
        self.workers = {one.key: one for one in workers}
        said = [(one.key, f"{one.said} ({frequencies()[one.role].title})") for one in workers]
        self.fields["worker"].choices = [("", "Choose"), *said]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "As the post says"), *_roles()]  # type: ignore[attr-defined]
        self.fields["role"].required = False

    def said(self) -> dict[str, Any]:
        """As the service takes it, the worker first."""
        found = dict(self.cleaned_data)
        worker = self.workers[found.pop("worker")]
        return found | {"worker": worker, "role": found["role"] or worker.role}


class AgreementChangeForm(forms.Form):
    """The worker's post, team and role."""

    title = forms.CharField(label="Post", help_text="The post they hold, not their name.", max_length=120)
    team = forms.CharField(label="Team", max_length=120)
    role = forms.ChoiceField(label="Supervised as", help_text="It says how often.")
    counted_from_on = day_field("Newly qualified: weeks are counted from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles()  # type: ignore[attr-defined]


class SupervisorForm(forms.Form):
    """Somebody else supervises."""

    person = forms.ModelChoiceField(queryset=None, label="New supervisor", empty_label="Choose")
    starts_on = day_field("Since", "From this day on the present supervisor reads the file no longer.")
    because = words_field("Why?", "In a sentence.")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class OtherFrequencyForm(forms.Form):
    """More or less often for a while, or away."""

    weeks = forms.IntegerField(
        label="A session every how many weeks?",
        help_text="Leave it blank while the worker is away: then no session is due.",
        min_value=1,
        max_value=26,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    starts_on = day_field("From")
    ends_on = day_field("To, this day included")
    reason = words_field("Why?", "In a sentence. " + NO_NAME)


class EndForm(forms.Form):
    """The agreement ends."""

    ends_on = day_field("Last day")
    because = words_field("Why?", "In a sentence.")


class SessionForm(forms.Form):
    """A session begins."""

    held_on = day_field("Day on which you meet")
    kind = forms.ChoiceField(
        label="How?",
        widget=forms.RadioSelect,
        choices=Session.Kind.choices,
        help_text="One to one opens with the actions of the last session; in a group nobody’s are read out.",
    )


class DoneForm(forms.Form):
    """An action is done."""

    done_on = day_field("Done on")


class AnswerForm(CheckedTexts):
    """What happens with an action that was carried again and again."""

    texts = ("text",)
    answer = forms.ChoiceField(label="What happens?", widget=forms.RadioSelect)
    by_on = day_field("By which other day?", "Only if it is still right.", required=False)
    text = words_field("In a sentence, to the supervisor and the worker")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = list(choices("answers").items())  # type: ignore[attr-defined]


class OpeningForm(forms.Form):
    """A session is opened for a case audit of supervision files."""

    session = forms.ModelChoiceField(queryset=None, label="Session", empty_label="Choose")
    person = forms.ModelChoiceField(queryset=None, label="To whom?", empty_label="Choose")
    case_audit = forms.RegexField(
        r"^[A-Z]{1,3}\d{1,6}$",
        label="Case audit",
        help_text="Its reference, for example A12.",
        error_messages={"invalid": "Case audit: write its reference, for example A12."},
    )
    reason = words_field("Why?", "In a sentence. " + NO_NAME)
    ends_on = day_field("Until, this day included")

    def __init__(self, *args: Any, sessions: Any, people: "Any", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session, person = self.fields["session"], self.fields["person"]
        session.queryset, person.queryset = sessions, people  # type: ignore[attr-defined]
        session.label_from_instance = _session_said  # type: ignore[attr-defined]
        person.label_from_instance = _person_said  # type: ignore[attr-defined]


def _session_said(one: Session) -> str:
    return f"{one.agreement.said}, {one.agreement.team}: {one.held_on:%-d %B %Y} ({one})"


def _person_said(one: User) -> str:
    return one.title
