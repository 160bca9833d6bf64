"""What is asked on the pages of accounts?"""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm

from goldenthread_web.accounts.models import Unit, User
from goldenthread_web.accounts.restrictions import reasons
from goldenthread_web.accounts.roles import roles
from goldenthread_web.accounts.units import open_units
from goldenthread_web.config.clock import today

_HINT = "At least 14 characters, not only figures. Three or four words that do not belong together are best."


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].help_text = ""


class PasswordAgainForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Your password"


class NewPasswordForm(ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Present password"
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = _HINT
        self.fields["password2"].label = "New password, typed again"


class ProposalForm(forms.Form):
    """What a person is to be allowed, once somebody else approves."""

    role = forms.ChoiceField(label="Role")
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Team or service",
        help_text="For managers: whose children they see. For others it may stay empty.",
        required=False,
        empty_label="None",
    )
    worker_id = forms.CharField(
        label="Worker key",
        help_text="For social workers and reviewing officers: their id in the extracts.",
        max_length=80,
        required=False,
    )
    ends_on = forms.DateField(
        label="Last day of the account",
        help_text="Inspectors need one; for others it may stay empty.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.title) for role in roles().values()]
        on = today()
        self.fields["unit"].queryset = open_units(Unit.Kind.SERVICE, on) | open_units(Unit.Kind.TEAM, on)


class AccountForm(ProposalForm):
    """A new account: whom it is for, and what they are to be allowed."""

    email = forms.EmailField(
        label="E-mail address", help_text="The one with which the person signs in.", max_length=254
    )
    title = forms.CharField(
        label="Post",
        help_text="For example: Team manager, FSP 1. Pages show it instead of a name.",
        max_length=120,
    )
    field_order = ("email", "title", "role", "unit", "worker_id", "ends_on")


class PasswordForm(SetPasswordForm):
    """A password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "New password"
        self.fields["new_password1"].help_text = _HINT
        self.fields["new_password2"].label = "New password, typed again"
        self.fields["new_password2"].help_text = ""


class ChildField(forms.CharField):
    """The id of a child in the case management system, which no browser is to remember or to correct."""

    def __init__(self, *, label: str = "The child's id in the case management system", help_text: str = ""):
        as_typed = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(label=label, help_text=help_text, max_length=80, widget=as_typed)


class RestrictionForm(forms.Form):
    """Which child only named people may see, why, and who they are."""

    child = ChildField(help_text="Or the reference that the trail shows.")
    child_again = ChildField(
        label="The child's id, typed again",
        help_text="A wrong id would leave the child as it is, and nothing here would say so.",
    )
    reason = forms.ChoiceField(label="Why", widget=forms.RadioSelect)
    people = forms.CharField(
        label="Who may see the child",
        help_text="E-mail addresses, one on each line; with none of them nobody sees the child.",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(reasons().items())

    def clean_child_again(self) -> str:
        """The same id as above."""
        again = self.cleaned_data["child_again"]
        if again != self.cleaned_data.get("child", again):
            raise forms.ValidationError("The two ids are not the same: type the child's id twice.")
        return again

    def clean_people(self) -> list[User]:
        """The accounts of the addresses."""
        asked = {address.lower() for address in self.cleaned_data["people"].split()}
        found = {person.email.lower(): person for person in User.objects.filter(email__in=asked)}
        if unknown := sorted(asked - set(found)):
            raise forms.ValidationError(f"There is no account of {', '.join(unknown)}: check the address.")
        return list(found.values())


class RelationForm(forms.Form):
    """A child to whom one is related."""

    child = ChildField(help_text="It is taken as typed; nothing here says whether there is such a child.")
