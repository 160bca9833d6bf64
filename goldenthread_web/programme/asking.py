"""How is a page answered that asks for something? Shown, written, refused, or two people at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.ui.conflicts import SavedMeanwhile, differences


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page that asks for something: its words, its form, and where its answer leads."""

    title: str
    caption: str
    lead: str
    button: str
    form: forms.Form
    back: str  # where cancelling leads, and where the answer does
    done: str
    leads_on: bool = False  # the answer leads to what was written instead
    version: int = 0
    stored: Mapping[str, Any] = field(default_factory=dict)  # what is there now, as the form begins


def version_of(request: HttpRequest) -> int:
    """The number the form was shown with; one that nothing has where it is missing."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else 0


def answered(
    request: HttpRequest,
    asked: Asked,
    write: Callable[[], Any],
    *,
    template: str = "programme/asked.html.jinja",
    **beside: Any,
) -> HttpResponse:
    """Show the form, or write what it says and go on; a conflict shows both sides.

    `beside` is what a template of an app's own shows besides the form.
    """
    refused, conflict, found = "", False, []
    if request.method == "POST" and asked.form.is_valid():
        try:
            made = write()
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            conflict, found = True, differences(asked.form, asked.stored)
        else:
            messages.success(request, asked.done)
            return redirect(made if asked.leads_on else asked.back)
    context = {"asked": asked, "form": asked.form, "refused": refused, "conflict": conflict}
    status = 409 if conflict else 400 if asked.form.errors or refused else 200
    return render(request, template, context | {"differences": found} | beside, status=status)
