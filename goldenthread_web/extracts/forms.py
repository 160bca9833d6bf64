"""What does a person type or choose on the pages of the extracts?"""

from datetime import date
from typing import Any

from django import forms

from goldenthread_web.config.clock import today


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilesInput(forms.FileInput):
    """Many files at once."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})


class FilesField(forms.FileField):
    """One file or many."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file by itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(self.error_messages["required"])
        return list(given)


class DeliverForm(forms.Form):
    """The files of one delivery and the day they were made."""

    files = FilesField(
        label="Files",
        help_text=(
            "Choose all files of one delivery together: local extracts (CSV files or one ZIP), an Annex A "
            "workbook, a CIN census XML, SSDA903 CSVs, a workforce census XML. Up to 200 MB each."
        ),
        error_messages={"required": "Choose the files to load."},
    )
    as_at_on = forms.DateField(
        label="The files show everything recorded up to the end of",
        help_text=(
            "Leave it blank if the files say so themselves: a manifest, a CIN census or an SSDA903 does."
        ),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "Write the day as day, month and year, for example 31 12 2017."},
    )
    use_mapping = forms.BooleanField(
        label="Take headings for what they were corrected to last time",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, has_mapping: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_mapping:
            del self.fields["use_mapping"]

    def clean_as_at_on(self) -> date | None:
        """No file can show what is still to come."""
        given = self.cleaned_data["as_at_on"]
        if given is not None and given > today():
            raise forms.ValidationError("That day is still to come: give the day the files were made.")
        return given
