"""How is somebody warned who writes what could identify a person? A form asks once more before it saves."""

from typing import Any

from django import forms

from goldenthread_web.worklist.free_text import warnings_about

CHECKED = "is_checked"


class CheckedTexts(forms.Form):
    """A form whose texts are looked through. The tick that it was checked is there only if needed."""

    texts: tuple[str, ...] = ()  # names of the fields that are looked through

    is_checked = forms.BooleanField(
        label="I have read the warning: the text holds nothing that identifies a person.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {name: warnings_about(self.data.get(self.add_prefix(name), "")) for name in self.texts}
        self.warned = {name: found for name, found in said.items() if found}
        self.order_fields([name for name in self.fields if name != CHECKED])  # the tick stands last
        if not self.warned:
            del self.fields[CHECKED]

    def clean(self) -> dict[str, Any]:
        """What looks like a person's details is pointed out until somebody says that it is none."""
        found = super().clean() or {}
        if self.warned and not found.get(CHECKED):
            for name, said in self.warned.items():
                self.add_error(name, f"{said[0]} Take it out, or say below that you checked it.")
        found.pop(CHECKED, None)
        return found
