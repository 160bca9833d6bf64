"""What is asked of a challenge: raised, answered, taken further, referred, resolved; of good practice?"""

from collections.abc import Sequence
from typing import Any

from django import forms

from goldenthread_web.challenges.models import Answer
from goldenthread_web.challenges.rules import choices, stages
from goldenthread_web.concerns.checked_texts import CheckedTexts
from goldenthread_web.extracts.children import Child

NO_NAME = "No name, of a child or of anybody else: the case record holds those."


def _day(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, widget=widget)


def _words(label: str, hint: str = NO_NAME, *, rows: int = 4, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, max_length=4000, required=required)


class _OfAChild(CheckedTexts):
    """About one of the children whom the person chairs."""

    child = forms.ChoiceField(label="Child", help_text="Children whose reviews or conferences you chair.")
    theme = forms.ChoiceField(label="Theme")

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {one.reference: one for one in children}
        named = [(one.reference, one.child_id) for one in children]
        self.fields["child"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]
        _choose(self, "theme", choices("themes"))

    def clean_child(self) -> Child:
        """The child itself."""
        return self.children[self.cleaned_data["child"]]


class RaiseForm(_OfAChild):
    """A challenge."""

    texts = ("text", "wanted", "childs_view", "no_view_because", "left_out_because")

    raised_as = forms.ChoiceField(label="You raise it as", widget=forms.RadioSelect)
    concern_type = forms.ChoiceField(label="What kind of concern is it?")
    text = _words("What is wrong for the child?", "What you saw, and what it means for the child. " + NO_NAME)
    wanted = _words("What do you ask for, by when?")
    childs_view = _words("What does the child say of it?", "In the child’s own words where you have them.")
    no_view_because = _words("If the child was not asked, why?", rows=2, required=False)
    stage = forms.ChoiceField(
        label="Stage", help_text="Informal as a rule. A stage may be left out, with the reason."
    )
    left_out_because = _words("If a stage is left out, why?", "", rows=2, required=False)
    raised_on = _day("Raised on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["childs_view"].required = False
        self.fields["raised_as"].choices = list(choices("raised_by").items())  # type: ignore[attr-defined]
        _choose(self, "concern_type", choices("concern_types"))
        titles = [(one.key, one.title) for one in stages().values()]
        self.fields["stage"].choices = titles  # type: ignore[attr-defined]
        order = ["child", "raised_as", "concern_type", "theme", "text", "wanted", "childs_view"]
        self.order_fields([*order, "no_view_because", "stage", "left_out_because", "raised_on"])

    def clean(self) -> dict[str, Any]:
        """The child is heard, or it is said why not; a stage left out has a reason."""
        found = super().clean()
        if "childs_view" not in self.errors and not (
            found.get("childs_view") or found.get("no_view_because")
        ):
            self.add_error(
                "childs_view", "What the child says: fill in this, or say why the child was not asked."
            )
        if found.get("stage") not in (None, "informal") and not found.get("left_out_because"):
            self.add_error("left_out_because", "Say why stages are left out.")
        return found

    def said(self) -> tuple[Child, dict[str, str], dict[str, Any]]:
        """The child, the words of the challenge, and at which stage it is raised and when."""
        words = dict(self.cleaned_data)
        how = {name: words.pop(name) for name in ("stage", "left_out_because", "raised_on")}
        return words.pop("child"), words, how


class AnswerForm(CheckedTexts):
    """What a manager answers."""

    texts = ("text", "will_do")

    position = forms.ChoiceField(
        label="Do you agree?", widget=forms.RadioSelect, choices=Answer.Position.choices
    )
    text = _words("Your answer")
    will_do = _words(
        "What is done about it, by whom and by when?",
        "Needed where you agree, wholly or in part. " + NO_NAME,
        required=False,
    )
    answered_on = _day("Answered on")


class EscalateForm(CheckedTexts):
    """To a higher stage."""

    texts = ("reason",)

    stage = forms.ChoiceField(label="To which stage?", help_text="A stage may be left out; say why below.")
    reason = _words("Why does it go further?")
    escalated_on = _day("On")

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [one for one in stages().values() if one.place > stages()[present].place]
        self.fields["stage"].choices = [(one.key, one.title) for one in above]  # type: ignore[attr-defined]


class ReferForm(CheckedTexts):
    """To CAFCASS."""

    texts = ("reason",)

    reason = _words("Why is it referred to CAFCASS?")
    referred_on = _day("Referred on")


class ResolveForm(CheckedTexts):
    """How it ended."""

    texts = ("text",)

    outcome = forms.ChoiceField(label="How did it end?", widget=forms.RadioSelect)
    text = _words("What came of it for the child?")
    resolved_on = _day("Resolved on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = list(choices("outcomes").items())  # type: ignore[attr-defined]


class GoodPracticeForm(_OfAChild):
    """Something done well."""

    texts = ("text",)

    text = _words("What was done well, and what did it change for the child?")
    noted_on = _day("Seen on")


def _choose(form: forms.Form, name: str, found: dict[str, str]) -> None:
    form.fields[name].choices = [("", "Choose"), *found.items()]  # type: ignore[attr-defined]
