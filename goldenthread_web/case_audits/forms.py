"""What is asked of somebody who leads case audits: a programme, a round, one case audit, another auditor?"""

from typing import Any

from django import forms

from goldenthread_web.accounts.children import reference_of_typed
from goldenthread_web.case_audits import kinds, queries
from goldenthread_web.case_audits.models import AuditProgramme
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.case_audits.round_services import Drawing
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.sampling.cohorts import choices as cohort_choices
from goldenthread_web.sampling.drawing import STRATA
from goldenthread_web.sampling.models import Sample

NO_CHILD = "No child’s name or number."
CLOSED = "closed"  # the one cohort of events whose cases are looked at as a whole


def _day(label: str, hint: str = "", *, is_required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=is_required, widget=widget)


def _words(label: str, hint: str = "", *, is_required: bool = True, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=is_required, max_length=2000, widget=widget)


class People(forms.ModelMultipleChoiceField):
    """Auditors, by post."""

    def label_from_instance(self, obj: Any) -> str:
        """The post."""
        return str(obj.title)


class Person(forms.ModelChoiceField):
    """One auditor, by post."""

    def label_from_instance(self, obj: Any) -> str:
        """The post."""
        return str(obj.title)


def _one_auditor() -> Person:
    return Person(queryset=queries.auditors(), label="Auditor", empty_label="Choose")


class ProgrammeForm(forms.Form):
    """A programme of case audits."""

    title = forms.CharField(label="Title", max_length=160)
    theme = forms.CharField(
        label="Theme", required=False, max_length=200, help_text="Blank: practice as a whole."
    )
    kind = forms.ChoiceField(label="Kind", help_text="Other kinds are asked for one by one.")
    pro_forma = forms.ModelChoiceField(
        queryset=None, label="Pro forma", empty_label="Choose", help_text="Published ones, of the same kind."
    )
    cycle = forms.ChoiceField(label="How often", choices=AuditProgramme.Cycle.choices)
    cohorts = forms.MultipleChoiceField(
        label="From which children",
        widget=forms.CheckboxSelectMultiple,
        help_text="A sample of its own is drawn from each.",
    )
    size = forms.IntegerField(label="Case audits in a round", min_value=1, max_value=500)
    days = forms.IntegerField(
        label="Working days in which each is to be done", min_value=1, max_value=60, initial=10
    )
    starts_on = _day("First round on")
    ends_on = _day("Last day", "Blank: until somebody ends it.", is_required=False)
    auditors = People(
        queryset=None,
        label="Auditors",
        widget=forms.CheckboxSelectMultiple,
        help_text="Nobody is handed a case that is theirs, or in which they had a part.",
    )
    owner = forms.CharField(label="Post that answers for it", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, Kind(code).label) for code, one in kinds.kind_rules().items() if one.in_programmes
        ]
        self.fields["pro_forma"].queryset = queries.pro_formas_in_use()  # type: ignore[attr-defined]
        self.fields["cohorts"].choices = _cohorts()  # type: ignore[attr-defined]
        self.fields["auditors"].queryset = queries.auditors()  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What it says, as the services take it."""
        return self.cleaned_data | {"auditors": list(self.cleaned_data["auditors"])}


class RoundForm(CheckedTexts):
    """How the children of a round are chosen."""

    texts = ("reason",)
    method = forms.ChoiceField(
        label="How are children chosen?", widget=forms.RadioSelect, choices=Sample.Method.choices
    )
    strata = forms.ChoiceField(
        label="Within which groups?",
        required=False,
        choices=[("", "None"), *STRATA.items()],
        help_text="Only where children are chosen at random within groups: each group has its share.",
    )
    reason = _words(
        "Why these children?",
        f"Only where they are chosen for a reason. {NO_CHILD} It never counts in one trend with random ones.",
        is_required=False,
    )
    children = _words(
        "Which children?",
        "Only where they are chosen for a reason: their ids as in the case system, one a line.",
        is_required=False,
    )
    seed = forms.CharField(
        label="Seed",
        required=False,
        max_length=20,
        help_text="Blank: the service makes one. It is kept: with it the same children are drawn again.",
    )

    def clean(self) -> dict[str, Any]:
        """What a way of choosing needs, and nothing that it does not use."""
        found = super().clean() or {}
        method = found.get("method")
        if method == Sample.Method.STRATIFIED and not found.get("strata"):
            self.add_error("strata", "Within which groups: choose teams, services or ages.")
        if method == Sample.Method.TARGETED:
            if not found.get("reason"):
                self.add_error("reason", "Why these children: say it, or choose them at random.")
            if not found.get("children"):
                self.add_error("children", "Which children: enter at least one id.")
        return found

    def drawing(self) -> Drawing:
        """As the service takes it."""
        said, is_targeted = self.cleaned_data, self.cleaned_data["method"] == Sample.Method.TARGETED
        typed = said["children"].split() if is_targeted else []
        return Drawing(
            method=said["method"],
            strata=said["strata"] if said["method"] == Sample.Method.STRATIFIED else "",
            reason=said["reason"] if is_targeted else "",
            references=[reference_of_typed(one) for one in typed],
            seed=said["seed"],
        )


class RequestForm(CheckedTexts):
    """One case audit by itself."""

    texts = ("about", "reason")
    kind = forms.ChoiceField(label="Kind")
    pro_forma = forms.ModelChoiceField(queryset=None, label="Pro forma", empty_label="Choose")
    child = forms.CharField(
        label="Child",
        required=False,
        max_length=80,
        help_text="The id as in the case system. Blank for a supervision file or an observation.",
    )
    cohort = forms.ChoiceField(
        label="The child is",
        required=False,
        help_text="So that only questions are asked that concern such a child.",
    )
    team = forms.ChoiceField(
        label="Team",
        required=False,
        help_text="Of a supervision file or an observation; a child’s own team is known.",
    )
    about = forms.CharField(
        label="What is looked at",
        required=False,
        max_length=200,
        help_text="For example: supervision file of a social worker. No person’s name.",
    )
    reason = _words("Why this one?", NO_CHILD)
    auditor = _one_auditor()
    due_on = _day("To be done by")

    def __init__(self, *args: Any, teams: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, f"{Kind(code).label}: {one.words[:1].lower()}{one.words[1:]}")
            for code, one in kinds.kind_rules().items()
            if code != Kind.RE_AUDIT
        ]
        self.fields["pro_forma"].queryset = queries.pro_formas_in_use()  # type: ignore[attr-defined]
        self.fields["cohort"].choices = [("", "Not said"), *_cohorts()]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "Choose"), *((one, one) for one in teams)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """About a child, or about something of a team."""
        found = super().clean() or {}
        rules = kinds.kind_rules().get(found.get("kind", ""))
        if rules is not None and rules.about_child and not found.get("child"):
            self.add_error("child", "Child: enter the id, this kind is about one child.")
        if rules is not None and not rules.about_child:
            for name, words in (("team", "Team: choose one."), ("about", "What is looked at: say it.")):
                if not found.get(name):
                    self.add_error(name, words)
        return found


class AuditorForm(forms.Form):
    """Another auditor."""

    auditor = _one_auditor()


class LeftForm(AuditorForm):
    """An auditor for a child whom nobody of the programme could look at."""

    due_on = _day("To be done by")


class TimeForm(forms.Form):
    """More time."""

    due_on = _day("To be done by")


class WithdrawForm(CheckedTexts):
    """Why a case audit will not be done."""

    texts = ("because",)
    because = _words("Why will it not be done?", NO_CHILD)


class ConcernForm(CheckedTexts):
    """What makes an auditor fear for a child."""

    texts = ("text",)
    text = forms.CharField(
        label="What makes you fear for the child now?",
        help_text="Two or three sentences: what you saw, and what could happen. No names.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _cohorts() -> list[tuple[str, str]]:
    """Groups of children as they stand, and closed cases; the others are for dip samples."""
    return [
        (one.code, one.title if not one.why_not else f"{one.title} (not delivered)")
        for one in cohort_choices()
        if not one.is_of_events or one.code == CLOSED
    ]
