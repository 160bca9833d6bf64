"""Does what somebody typed hold what would identify a person? A form asks again before it takes it."""

from typing import Any, ClassVar

from django import forms

from goldenthread_web.worklist.free_text import warnings_about

NO_CHILD = (
    "No names, and nothing by which anybody could be recognised: no address, no date of birth, no number."
)


class CheckedText(forms.Form):
    """A form whose texts (`texts` are their names) are looked through; its tick box is there if needed."""

    texts: ClassVar[tuple[str, ...]] = ()
    is_checked = forms.BooleanField(
        label="I have read the warning; the text holds nothing that identifies a person.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [
            one
            for name in self.texts
            for one in warnings_about(str(self.data.get(self.add_prefix(name), "")))
        ]
        self.needs_check = bool(found)
        box = self.fields.pop("is_checked")
        if found:
            self.fields["is_checked"] = box  # last

    def clean(self) -> dict[str, Any]:
        """What looks like a person's details is pointed out, once."""
        said = super().clean() or {}
        if self.needs_check and not said.get("is_checked"):
            for name in self.texts:
                for warning in warnings_about(said.get(name) or "")[:1]:
                    self.add_error(name, f"{warning} Take it out, or say below that you checked it.")
        return said
