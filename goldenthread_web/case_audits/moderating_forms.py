"""What is asked of whoever looks again, and of whoever says who does?"""

from typing import Any

from django import forms

from goldenthread_web.accounts.models import User
from goldenthread_web.case_audits.models.doing import Grade
from goldenthread_web.case_audits.moderating_choice import moderators
from goldenthread_web.concerns.checked_texts import CheckedTexts

_NO_NAME = "Say what you saw, without the name of anybody."


class Post(forms.ModelChoiceField):
    """A person, by the post they hold."""

    def label_from_instance(self, obj: Any) -> str:
        """The post."""
        return str(obj.title)


def _words(label: str, hint: str, *, is_required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=is_required,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


def _grade(label: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, widget=forms.RadioSelect, choices=Grade.choices)


class BlindForm(CheckedTexts):
    """A grade of one's own, before the first one is shown."""

    texts = ("text",)
    grade = _grade("Your grade", "Of the practice in this case. You give it once: it stays as you gave it.")
    text = _words("What does it rest on?", _NO_NAME)


class SettleForm(CheckedTexts):
    """Which grade counts, once both are seen."""

    texts = ("reason",)
    grade = _grade("Which grade counts?")
    reason = _words("Why?", "Needed where it is not the auditor’s. " + _NO_NAME, is_required=False)
    is_agreed = forms.TypedChoiceField(
        label="Have you spoken with the auditor, and do you both agree?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes, we agree"), ("no", "No, we see it differently")],
        coerce=lambda said: said == "yes",
    )


class ModeratorForm(forms.Form):
    """Who looks again?"""

    moderator = Post(queryset=User.objects.none(), label="Who looks at it again?", empty_label="Choose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in moderators()]
        self.fields["moderator"].queryset = User.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
