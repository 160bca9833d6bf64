"""What if two people edit one thing at once? The second is told, sees both values, and nothing is lost.

What can be edited carries a number, `version`. A form posts the number it was shown with; a service calls
`check` on the row it has locked; whoever comes second gets `SavedMeanwhile`, and the page shows
`differences`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms


class Versioned(Protocol):
    """A row that counts how often it was saved."""

    version: int


class SavedMeanwhile(Exception):
    """Somebody else saved it since the form was opened: nothing of this form was saved."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field that two people want to be different things, in words."""

    label: str
    stored: str  # what the other person saved
    yours: str


def check(row: Versioned | None, version: int) -> None:
    """Raise SavedMeanwhile unless the row, locked, is still as the form showed it; 0: it was not there."""
    if (0 if row is None else row.version) != version:
        raise SavedMeanwhile


def differences(form: forms.BaseForm, stored: Mapping[str, Any]) -> list[Difference]:
    """The fields of a valid form that differ from what is stored now; `stored` as its initial values."""
    found = []
    for name, field in form.fields.items():
        if name not in stored or isinstance(field.widget, forms.HiddenInput):
            continue
        mine, theirs = form.cleaned_data.get(name), stored[name]
        said, other = _said(field, mine), _said(field, theirs)
        if said != other:
            found.append(Difference(label=str(field.label), stored=other, yours=said))
    return found


def go_on_from(form: forms.BaseForm, stored: Mapping[str, Any]) -> None:
    """Let a posted form go on from what is stored now: whoever saves once more has seen what differs."""
    if "version" in stored:
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = str(stored["version"])


def _said(field: forms.Field, value: Any) -> str:
    """A value in the words of its field; blank: nothing."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(sorted(_said(field, one) for one in value))
    choices = {str(key): str(words) for key, words in getattr(field, "choices", ())}
    return choices.get(str(value), str(value))
