"""How does a field of a Django form become one of the components?"""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms import Field as FormField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea

AUTOCOMPLETE = ("autocomplete", "inputmode", "spellcheck", "autocapitalize", "accept", "multiple", "readonly")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A form field in plain words."""

    kind: str  # input, textarea, select, radios, checkboxes, checkbox, file
    id: str
    name: str
    label: str
    hint: str
    error: str
    value: Any
    input_type: str = "text"
    choices: tuple[tuple[str, str, bool], ...] = ()  # value, words, chosen
    is_required: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)


def as_field(bound: BoundField) -> Field:
    """The field as the component shows it."""
    kind = _kind(bound)
    return Field(
        kind=kind,
        # The first item of a group bears the group's own id, so that the error summary can lead to it.
        id=bound.auto_id if kind in ("radios", "checkboxes") else bound.id_for_label,
        name=bound.html_name,
        label=str(bound.label),
        hint=str(bound.help_text),
        error=" ".join(_sentences(bound, kind)),
        value=_value(bound, kind),
        input_type=getattr(bound.field.widget, "input_type", "text"),
        choices=_choices(bound) if kind in ("select", "radios", "checkboxes") else (),
        is_required=bound.field.required,
        attributes={key: said for key, said in bound.field.widget.attrs.items() if key in AUTOCOMPLETE},
    )


def errors_of(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form with the field it is about, for the error summary."""
    found = [{"text": str(error), "href": ""} for error in form.non_field_errors()]
    for bound in form:
        found += [
            {"text": said, "href": f"#{as_field(bound).id}"} for said in _sentences(bound, _kind(bound))
        ]
    return found


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, RadioSelect):
        return "radios"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, Textarea):
        return "textarea"
    return "file" if widget.input_type == "file" else "input"


def _sentences(bound: BoundField, kind: str) -> list[str]:
    """The errors of a field; Django's own about an empty one names no field, so the label is added."""
    done = "chosen" if kind in ("select", "radios", "checkboxes", "file") else "filled in"
    own = FormField.default_error_messages["required"]
    label = str(bound.label)
    empty = f"{label} Not {done} yet." if label.endswith("?") else f"{label}: not {done} yet."
    return [empty if error == own else str(error) for error in bound.errors]


def _value(bound: BoundField, kind: str) -> Any:
    """What a text field holds, as its browser expects it: days as 2017-12-31."""
    if kind in ("input", "textarea"):
        return bound.field.widget.format_value(bound.value()) or ""
    return bound.value() or ""


def _choices(bound: BoundField) -> tuple[tuple[str, str, bool], ...]:
    value = bound.value()
    chosen = {str(one) for one in value} if isinstance(value, (list, tuple)) else {str(value)}
    if value is None:
        chosen = {""}
    return tuple((str(key), str(words), str(key) in chosen) for key, words in bound.field.choices)
