"""What is asked of somebody who enters a letter or marks a finding in one?"""

from typing import Any

from django import forms

from goldenthread_web.accounts.models import Unit
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today
from goldenthread_web.inspections.forming import NO_CHILD, day_field, text_field, version_field
from goldenthread_web.inspections.frames import practice_areas
from goldenthread_web.inspections.models import Finding, Inspection, Letter, Paragraph, Visit
from goldenthread_web.inspections.queries import recommendations
from goldenthread_web.programme.queries import components, themes


class LetterForm(forms.Form):
    """A letter of a visit or the report of an inspection: a file, or its text."""

    of = forms.ChoiceField(label="What it is of")
    supersedes = forms.ChoiceField(
        label="Takes the place of",
        required=False,
        help_text="A corrected text is a new letter; findings whose words stand in it move along.",
    )
    dated_on = day_field("Dated")
    received_on = day_field("Received", help_text="Findings must be answered counting from this day.")
    is_public = forms.BooleanField(
        label="It is, or will be, published",
        required=False,
        help_text="The first visit’s letter often is not.",
    )
    is_copied_to_dfe = forms.BooleanField(
        label="It was copied to the Department for Education", required=False
    )
    file = forms.FileField(
        label="The letter as a file",
        required=False,
        allow_empty_file=True,  # one that was refused as it came in is empty, and says why
        help_text="Word (.docx), a PDF with text in it, or plain text, at most 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = text_field("Or its text, pasted", rows=10, required=False, max_length=500_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things: dict[str, Visit | Inspection] = {}
        for visit in Visit.objects.order_by("-number"):
            self.things[f"visit-{visit.number}"] = visit
        for inspection in Inspection.objects.all():
            self.things[f"inspection-{inspection.pk}"] = inspection
        self.fields["of"].choices = [(key, _said(thing)) for key, thing in self.things.items()]
        standing = Letter.objects.filter(superseded_by__isnull=True).select_related("visit", "inspection")
        self.letters = {str(one.pk): one for one in standing}
        self.fields["supersedes"].choices = [
            ("", "No other letter"),
            *((key, f"{one}, {one.of}") for key, one in self.letters.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """One of file and text, and what it is of."""
        said = super().clean() or {}
        file, text = said.get("file"), (said.get("text") or "").strip()
        if bool(file) == bool(text):
            self.add_error(
                "file",
                "Hand over the letter as a file or paste its text: one of the two."
                if not file
                else "There are a file and a text: hand over one of the two.",
            )
        said["of"] = self.things.get(said.get("of", ""))
        said["supersedes"] = self.letters.get(said.get("supersedes") or "")
        return said


class PublishForm(forms.Form):
    """When and where a letter was published."""

    published_on = day_field("Published on")
    url = forms.URLField(label="Where", required=False, assume_scheme="https")


class _AboutForm(forms.Form):
    """What a finding is about."""

    valence = forms.ChoiceField(
        label="What the inspector says with it", choices=Finding.Valence.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label="Short title, in our words", max_length=160, help_text=NO_CHILD)
    practice_area = forms.ChoiceField(label="Area of practice")
    team = forms.ChoiceField(label="Team or service", required=False)
    recommendation = forms.ChoiceField(label="Recommendation it bears on", required=False)
    theme = forms.ChoiceField(label="Theme of the plan", required=False)
    component = forms.ChoiceField(label="Component of a good service", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {
            "recommendation": {str(one.pk): one for one in recommendations()},
            "theme": {str(one.pk): one for one in themes().prefetch_related(None)},
            "component": {str(one.pk): one for one in components()},
        }
        for name, found in self.known.items():
            self.fields[name].choices = [("", "None"), *((key, str(one)) for key, one in found.items())]
        self.fields["practice_area"].choices = [
            ("", "Choose one"),
            *((one.code, one.title) for one in practice_areas().values()),
        ]
        found = open_units(Unit.Kind.TEAM, today()) | open_units(Unit.Kind.SERVICE, today())
        teams = sorted(set(found.values_list("name", flat=True)))
        given = str(self.initial.get("team") or "")
        if given and given not in teams:  # one that is closed since
            teams = [given, *teams]
        self.fields["team"].choices = [("", "The whole service"), *((name, name) for name in teams)]

    def clean(self) -> dict[str, Any]:
        """The rows that the choices name."""
        said = super().clean() or {}
        for name, found in self.known.items():
            said[name] = found.get(said.get(name) or "")
        return said


class MarkForm(_AboutForm):
    """Words of a letter, marked as a finding."""

    field_order = ("paragraph", "words")
    paragraph = forms.ChoiceField(label="Paragraph")
    words = text_field(
        "Words of the finding",
        rows=4,
        help_text="Copied letter for letter. Selecting them in the letter fills this in.",
    )
    is_repeat = forms.BooleanField(
        label="The inspector says that it was said before",
        required=False,
        help_text="Which earlier finding it repeats is chosen on the finding’s own page.",
    )

    def __init__(self, *args: Any, paragraphs: list[Paragraph], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paragraphs = {one.anchor: one for one in paragraphs}
        self.fields["paragraph"].choices = [
            (one.anchor, f"{one.anchor}: {one.text[:70]}{'…' if len(one.text) > 70 else ''}")
            for one in paragraphs
        ]


class FindingForm(_AboutForm):
    """What a finding that is marked is about."""

    version = version_field()


def _said(thing: Visit | Inspection) -> str:
    if isinstance(thing, Visit):
        return f"Visit {thing.number}, {thing.starts_on:%-d %B %Y}"
    return f"Inspection, {thing.frame.title.lower()}, {thing.starts_on:%B %Y}"
