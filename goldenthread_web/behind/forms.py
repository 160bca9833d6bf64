"""What is asked before the children behind a figure are shown?"""

from django import forms

from goldenthread_web.behind.reasons import reasons


class ReasonForm(forms.Form):
    """Which figure, and why."""

    part = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    start = forms.DateField(widget=forms.HiddenInput)
    end = forms.DateField(widget=forms.HiddenInput)
    team = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="Why do you need to see the children?",
        help_text="The reason is kept, with your name and the time. The data protection officer reads it.",
        choices=lambda: list(reasons().items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need to see the children."},
    )
