"""What is asked in a clinic: why, safe or not, what is agreed; what became of what was agreed."""

from typing import Any

from django import forms

from goldenthread.calendar import add_working_days
from goldenthread_web.clinics.kinds import frame, kinds, reasons
from goldenthread_web.clinics.models import Clinic, ClinicAction, ClinicException
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.config.clock import today
from goldenthread_web.programme.models import Body

_SAFE = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
_KEPT = {"": None, "yes": True, "no": False}


def _day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class JudgeForm(CheckedTexts):
    """One exception: its reason, whether the child is safe, and what is agreed, if anything."""

    reason = forms.ChoiceField(label="Reason", required=False)
    is_safe = forms.ChoiceField(label="Is the child safe?", choices=_SAFE, required=False)
    note = forms.CharField(label="Note", required=False, max_length=500)
    text = forms.CharField(label="Action", required=False, max_length=500)
    owner = forms.CharField(label="Who", required=False, max_length=120)
    due_on = _day("By when", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, of: ClinicException, clinic: Clinic) -> None:
        """A form for one exception, its fields named apart from those of the others."""
        first = {
            "reason": of.reason,
            "is_safe": {None: "", True: "yes", False: "no"}[of.is_safe],
            "note": of.note,
            "owner": of.worker_id,
            "due_on": add_working_days(clinic.held_on or today(), frame().due_days),
            "version": of.version,
        }
        agrees = clinic.state == Clinic.State.UNDER_WAY
        self.texts = ("note", "text") if agrees else ("note",)
        super().__init__(data, auto_id=f"x{of.pk}_%s", initial=first)
        self.fields["reason"].choices = [("", "Choose a reason"), *reasons().items()]  # type: ignore[attr-defined]
        if not of.reference:
            del self.fields["is_safe"]
        if not agrees:
            for name in ("text", "owner", "due_on"):
                del self.fields[name]
        self.is_judged = kinds()[of.kind].is_judged

    def clean(self) -> dict[str, Any]:
        """An action has all three: what, who and by when."""
        said = super().clean()
        said["is_safe"] = _KEPT[said.get("is_safe") or ""]
        if said.get("text") and not (said.get("owner") and said.get("due_on")):
            raise forms.ValidationError("Say who does it, and by when.")
        return said


class OutcomeForm(CheckedTexts):
    """What became of an action of an earlier clinic."""

    texts = ("text",)

    outcome = forms.ChoiceField(
        label="What became of it",
        choices=[("", "Choose"), *ClinicAction.Outcome.choices, ("carried", "Not done: carry it on")],
    )
    text = forms.CharField(label="Note", required=False, max_length=500)
    completed_on = _day("Done on", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, of: ClinicAction) -> None:
        """A form for one action, its fields named apart from those of the others."""
        super().__init__(
            data, auto_id=f"a{of.pk}_%s", initial={"completed_on": today(), "version": of.version}
        )

    def clean(self) -> dict[str, Any]:
        """Done needs a day; what is not done needs a reason."""
        said = super().clean()
        if said.get("outcome") in ("carried", "superseded") and not said.get("text"):
            raise forms.ValidationError("Say why, in a few words.")
        if said.get("outcome") != "carried" and not said.get("completed_on"):
            raise forms.ValidationError("Say on which day.")
        return said


class ActionForm(CheckedTexts):
    """An action of the whole clinic, about no single exception."""

    texts = ("text",)

    text = forms.CharField(label="What is to be done", max_length=500)
    owner = forms.CharField(label="Who does it", max_length=120, help_text="A worker’s key, or a post.")
    due_on = _day("By when")


class CloseForm(CheckedTexts):
    """How the clinic went."""

    texts = ("note",)

    note = forms.CharField(
        label="A word on how it went",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
    )


class NotHeldForm(forms.Form):
    """Why a clinic was not held."""

    because = forms.CharField(label="Why was it not held?", max_length=300)


class EscalationForm(forms.Form):
    """What goes before the operational board."""

    body = forms.ModelChoiceField(label="Board", queryset=Body.objects.none(), empty_label=None)
    action = forms.ModelChoiceField(
        label="The action it is about",
        queryset=ClinicAction.objects.none(),
        required=False,
        empty_label="None of them",
    )
    text = forms.CharField(
        label="What cannot be solved in the team",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Members of the board see no child: no name, no number, nobody who can be recognised.",
    )
    wanted = forms.CharField(label="What the board is asked to do", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any, *, clinic: Clinic, about: str = "") -> None:
        """The operational boards, and the open actions of the clinic and those before it."""
        super().__init__(data, initial={"action": about})
        self.fields["body"].queryset = Body.objects.filter(is_operational=True)  # type: ignore[attr-defined]
        open_ones = ClinicAction.objects.filter(clinic__team=clinic.team, outcome="")
        self.fields["action"].queryset = open_ones  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the board answered."""

    answer = forms.CharField(label="What the board answered", widget=forms.Textarea(attrs={"rows": 3}))
    answered_on = _day("On which day")
