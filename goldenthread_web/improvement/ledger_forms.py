"""What is asked of somebody who says what is done about a finding?"""

from typing import Any

from django import forms

from goldenthread_web.improvement.models import Disposition
from goldenthread_web.improvement.queries import actions
from goldenthread_web.inspections.forming import NO_CHILD, text_field, version_field


class AnswerForm(forms.Form):
    """What is done about a finding."""

    version = version_field()
    kind = forms.ChoiceField(
        label="What is done about it?", choices=Disposition.Kind.choices, widget=forms.RadioSelect
    )
    action = forms.ChoiceField(
        label="The action that answers it",
        required=False,
        help_text="A new action is added to the plan first, then chosen here.",
    )
    reason = text_field(
        "Why",
        rows=3,
        required=False,
        max_length=2000,
        help_text="Needed where no action is taken: a reason somebody can be asked about. " + NO_CHILD,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in actions()}
        self.fields["action"].choices = [
            ("", "No action"),
            *((key, f"{one.ref} {one.text[:110]}") for key, one in self.known.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """The action that is chosen."""
        said = super().clean() or {}
        said["action"] = self.known.get(said.get("action") or "")
        return said
