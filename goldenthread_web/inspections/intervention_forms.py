"""What is asked of somebody who writes down what the department said, or what a partner did?"""

from typing import Any

from django import forms

from goldenthread_web.inspections.forming import NO_CHILD, day_field, text_field, version_field
from goldenthread_web.inspections.frames import ladder, partner_areas
from goldenthread_web.inspections.models import ConditionState

_POST = "A post, not a person’s name."


class InterventionForm(forms.Form):
    """A notice or direction."""

    title = forms.CharField(label="What was issued", max_length=200)
    issued_on = day_field("Issued on")
    rung = forms.ChoiceField(label="Rung of the ladder", widget=forms.RadioSelect)
    reference = forms.CharField(label="Reference", max_length=60, required=False)
    adviser = forms.CharField(label="Who reviews it", help_text=_POST, max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = list(ladder().items())


class RungForm(forms.Form):
    """A move up or down the ladder."""

    rung = forms.ChoiceField(label="Rung it moved to", widget=forms.RadioSelect)
    since_on = day_field("Since")
    because = text_field("Why, and where that is written", rows=3, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = list(ladder().items())


class EndForm(forms.Form):
    """The day an intervention was lifted."""

    version = version_field()
    ended_on = day_field("Lifted on")


class ConditionForm(forms.Form):
    """A condition."""

    number = forms.IntegerField(label="Number", min_value=1, max_value=99)
    text = text_field("The condition, as written", rows=3, max_length=2000)
    post = forms.CharField(label="Who answers for it", help_text=_POST, max_length=120)
    due_on = day_field("Due", required=False)


class ConditionStateForm(forms.Form):
    """How a condition stands."""

    state = forms.ChoiceField(
        label="How it stands", choices=ConditionState.State.choices, widget=forms.RadioSelect
    )
    on = day_field("As at")
    evidence = text_field("What shows it", rows=3, max_length=2000, help_text=NO_CHILD)


class PlannedReviewForm(forms.Form):
    """A review that lies ahead."""

    planned_on = day_field("Planned for")
    reviewer = forms.CharField(label="Who reviews", help_text=_POST, max_length=120, required=False)


class HeldReviewForm(forms.Form):
    """What was said at a review."""

    held_on = day_field("Held on")
    reviewer = forms.CharField(label="Who reviewed", help_text=_POST, max_length=120)
    said = text_field("What was said", rows=5, max_length=4000, help_text=NO_CHILD)
    source = forms.CharField(
        label="Where that is written", help_text="A letter, a minute: its day and reference.", max_length=200
    )
    next_on = day_field("Next review", required=False)


class EngagementForm(forms.Form):
    """The help of another council."""

    version = version_field()
    partner = forms.CharField(label="Council", max_length=120)
    area = forms.ChoiceField(label="Helps with")
    starts_on = day_field("From")
    ends_on = day_field("To", required=False, help_text="Blank while it goes on.")
    visits = forms.IntegerField(label="Visits", min_value=0, max_value=999, initial=0)
    days = forms.DecimalField(label="Days", min_value=0, max_digits=5, decimal_places=1, initial=0)
    advice = text_field("What was advised", rows=4, required=False, max_length=4000, help_text=NO_CHILD)
    action_ref = forms.CharField(
        label="What it became",
        help_text="The reference of an action, for example 2.3.1.",
        max_length=40,
        required=False,
    )
    reported_on = day_field("Report of", required=False)
    shared_with_dfe_on = day_field("Shared with the Department for Education on", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(partner_areas().items())
