"""Break-glass: open one child who is not on my list, for a reason, for 60 minutes, to read only."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.emergencies import SHORTEST_EXPLANATION, open_now, reasons
from goldenthread_web.accounts.emergency_services import NO_SUCH_CHILD, ask
from goldenthread_web.accounts.failures import one_more
from goldenthread_web.accounts.forms import ChildField
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import ChildScope, child_scope
from goldenthread_web.accounts.sign_in_services import note_failure
from goldenthread_web.extracts.children import Child, index

MOST_GUESSES = 10  # ids of children that are not there, in a quarter of an hour


class EmergencyForm(forms.Form):
    """Which child, and why."""

    child = ChildField()
    reason = forms.ChoiceField(label="Why it is an emergency", widget=forms.RadioSelect)
    explanation = forms.CharField(
        label="What happened",
        help_text=(
            f"In {SHORTEST_EXPLANATION} characters or more, without the child's name. "
            "The data protection officer reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].choices = list(reasons().items())  # type: ignore[attr-defined]


@page(Permission.BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Ask for emergency access, and go to the child."""
    person = cast(User, request.user)
    form, refused = EmergencyForm(request.POST or None), ""
    if form.is_valid():
        try:
            return _opened(request, person, form)
        except Refused as refusal:
            refused = str(refusal)
    seen = child_scope(person).references
    still_open = [one for one in open_now(person) if one.reference in seen]
    context = {"form": form, "refused": refused, "open": still_open}
    return render(request, "worklist/emergency.html.jinja", context)


def _opened(request: HttpRequest, person: User, form: EmergencyForm) -> HttpResponse:
    said = form.cleaned_data
    scope = child_scope(person)
    child = _child(person, scope, said["child"].strip())
    if child.is_within(scope):
        messages.info(request, "This child is on your list already, so no emergency access was needed.")
    else:
        ask(child.reference, reason=said["reason"], explanation=said["explanation"], by=person)
    return redirect("worklist:child", child.reference)


def _child(person: User, scope: ChildScope, typed: str) -> Child:
    """The child of the id; whoever tries one id after another is stopped."""
    found = index().find(typed)
    if found is not None and found.reference not in scope.barred:
        return found
    note_failure("child_not_found", person, str(person.pk))
    if one_more("guess", str(person.pk)) > MOST_GUESSES:
        raise Refused("Too many ids were tried that are not there. Wait 15 minutes and check the id first.")
    raise Refused(NO_SUCH_CHILD)
