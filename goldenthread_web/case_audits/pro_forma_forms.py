"""What is asked of somebody who makes a pro forma, or asks something of their own in one?"""

from typing import Any

from django import forms

from goldenthread_web.case_audits import kinds
from goldenthread_web.case_audits.models.planning import Kind
from goldenthread_web.standards.domains import domain_title, domains, impact
from goldenthread_web.standards.forms import cohort_choices
from goldenthread_web.standards.models import Edition, Standard
from goldenthread_web.standards.queries import adopted_editions, standards_of


class ProFormaForm(forms.Form):
    """A pro forma by what it is for; its questions come from the standards."""

    title = forms.CharField(
        label="Title",
        max_length=120,
        help_text="What it is for: Child protection plans.",
    )
    kind = forms.ChoiceField(label="Kind of case audit", widget=forms.RadioSelect)
    in_domains = forms.MultipleChoiceField(
        label="Domains",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave domains and standards empty for what this kind usually asks about.",
    )
    standards = forms.MultipleChoiceField(
        label="Single standards", required=False, widget=forms.CheckboxSelectMultiple
    )
    cohorts = forms.MultipleChoiceField(
        label="For which children?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Questions for other children are left out. Leave all boxes empty for every child.",
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "kind", [(kind.value, _kind_said(kind)) for kind in Kind])
        _choices(self, "in_domains", [(code, one.title) for code, one in domains().items()])
        _choices(self, "standards", [(one.code, _said(one)) for one in standards_of(edition)])
        _choices(self, "cohorts", cohort_choices())

    def clean(self) -> dict[str, Any]:
        """A theme must be chosen for a thematic one."""
        found = super().clean() or {}
        if found.get("kind") == Kind.THEMATIC and not (found.get("in_domains") or found.get("standards")):
            self.add_error("in_domains", "Domains: choose the theme, at least one domain or one standard.")
        return found


class TitleForm(forms.Form):
    """Another title."""

    title = forms.CharField(label="Title", max_length=120)


class OwnQuestionForm(forms.Form):
    """A question that is in no standard."""

    text = forms.CharField(
        label="Question",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="It can be answered with met, partly met, not met, or does not apply.",
    )
    standard = forms.ChoiceField(
        label="Practice standard it rests on",
        required=False,
        help_text="It can be added later; without one the pro forma cannot be published.",
    )
    domain = forms.ChoiceField(label="Domain", required=False, help_text="Only where no standard is named.")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {one.code: one for one in standards_of(edition)}
        _choices(
            self, "standard", [("", "None yet"), *((code, _said(one)) for code, one in self.there.items())]
        )
        every = [(one.code, one.title) for one in (*domains().values(), impact())]
        _choices(self, "domain", [("", "That of the standard"), *every])

    def clean_standard(self) -> Standard | None:
        """The standard itself."""
        return self.there.get(self.cleaned_data["standard"])

    def clean(self) -> dict[str, Any]:
        """Without a standard it says where it belongs."""
        found = super().clean() or {}
        if not found.get("standard") and not found.get("domain"):
            self.add_error("domain", "Domain: choose one, or name the standard the question rests on.")
        return found


class CiteForm(forms.Form):
    """The standard on which a question rests."""

    standard = forms.ChoiceField(label="Practice standard")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {one.code: one for one in standards_of(edition)}
        _choices(
            self, "standard", [("", "Choose"), *((code, _said(one)) for code, one in self.there.items())]
        )

    def clean_standard(self) -> Standard:
        """The standard itself."""
        return self.there[self.cleaned_data["standard"]]


class MoreQuestionsForm(forms.Form):
    """Questions of the standards that a draft does not ask yet."""

    questions = forms.MultipleChoiceField(label="Questions", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, left: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = {str(one.pk): one for one in left}
        said = [(key, f"{domain_title(one.standard.domain)}: {one.text}") for key, one in self.left.items()]
        _choices(self, "questions", said)

    def chosen(self) -> list[Any]:
        """The questions themselves."""
        return [self.left[key] for key in self.cleaned_data["questions"]]


class VersionForm(forms.Form):
    """From which edition the next version is made."""

    edition = forms.ModelChoiceField(queryset=None, label="Edition of the standards", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = adopted_editions()  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Nothing but the button."""


def _kind_said(kind: Kind) -> str:
    """Its name and what it is about; the name once, where the words begin with it."""
    words = kinds.rules_of(kind.value).words
    return words if words.startswith(str(kind.label)) else f"{kind.label}: {words}"


def _said(one: Standard) -> str:
    return f"{domain_title(one.domain)}: {one.statement}"


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
