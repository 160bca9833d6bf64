"""What is asked of somebody who enters an inspection, a recommendation, a visit, a home?"""

from typing import Any

from django import forms

from goldenthread_web.inspections.forming import NO_CHILD, day_field, text_field, version_field
from goldenthread_web.inspections.frames import frameworks, practice_areas, setting_words
from goldenthread_web.inspections.models import Inspection

_POST = "A post, not a person’s name."


class InspectionForm(forms.Form):
    """An inspection."""

    version = version_field()
    framework = forms.ChoiceField(label="Framework", widget=forms.RadioSelect)
    starts_on = day_field("Fieldwork from")
    ends_on = day_field("Fieldwork to")
    lead_inspector = forms.CharField(label="Lead inspector", help_text=_POST, max_length=120, required=False)
    published_on = day_field("Report published on", required=False, help_text="Blank until it is.")
    overall_grade = forms.ChoiceField(label="Overall effectiveness", required=False)
    url = forms.URLField(label="Where it is published", required=False, assume_scheme="https")
    plan_submitted_on = day_field(
        "Plan handed in on", required=False, help_text="The day the plan that answers it went to inspectors."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = [(one.code, one.title) for one in frameworks().values()]
        grades = {code: title for one in frameworks().values() for code, title in one.grades.items()}
        self.fields["overall_grade"].choices = [("", "Not known yet"), *grades.items()]


class JudgementsForm(forms.Form):
    """A grade for each area of an inspection."""

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades = [("", "Not judged"), *inspection.frame.grades.items()]
        given = {one.area: one.grade for one in inspection.judgements.all()}
        for area in inspection.frame.areas_on(inspection.starts_on):
            self.fields[area.code] = forms.ChoiceField(
                label=area.title, choices=grades, required=False, initial=given.get(area.code, "")
            )


class RecommendationForm(forms.Form):
    """A recommendation as printed."""

    version = version_field()
    number = forms.IntegerField(label="Number", min_value=1, max_value=99)
    title = forms.CharField(label="In a few words", max_length=120)
    text = text_field("As printed in the report", rows=5, max_length=4000)


class VisitForm(forms.Form):
    """A monitoring visit."""

    version = version_field()
    number = forms.IntegerField(label="Number of the visit", min_value=1, max_value=99)
    starts_on = day_field("From")
    ends_on = day_field("To")
    announced_on = day_field("Announced on", required=False)
    lead_inspector = forms.CharField(label="Lead inspector", help_text=_POST, max_length=120, required=False)
    team = forms.CharField(
        label="Other inspectors", help_text="Posts, with commas between them.", max_length=200, required=False
    )
    focus = text_field("Focus, in words", rows=3, required=False, help_text=NO_CHILD)
    areas = forms.MultipleChoiceField(
        label="Areas of practice it will look at",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="What the visit's readiness shows is chosen by these.",
    )
    evidence_asked = text_field("Evidence asked for", required=False, help_text=NO_CHILD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = [(one.code, one.title) for one in practice_areas().values()]


class SettingForm(forms.Form):
    """The inspection of a home, an agency or a school for itself."""

    setting = forms.CharField(label="Setting", help_text="What the council calls it.", max_length=120)
    setting_type = forms.ChoiceField(label="Kind")
    inspected_on = day_field("Inspected on")
    published_on = day_field("Published on", required=False)
    outcome = forms.ChoiceField(label="Outcome")
    direction = forms.ChoiceField(label="Direction of effectiveness", required=False)
    is_own = forms.BooleanField(label="The council runs it itself", required=False)
    url = forms.URLField(label="Where the report is published", required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["setting_type"].choices = list(setting_words("types").items())
        self.fields["outcome"].choices = list(setting_words("outcomes").items())
        directions = setting_words("directions").items()
        self.fields["direction"].choices = [("", "None was given"), *directions]
