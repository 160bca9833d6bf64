"""How is a page answered that asks for something about money? Shown, written, refused, or two at once."""

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
    back: str  # where cancelling leads
    to: str = ""  # where the answer leads; blank: as cancelling
    done: str
    version: int = 0
    stored: Mapping[str, Any] = field(default_factory=dict)  # what is there now, as the form begins


def version_of(request: HttpRequest) -> int:
    """The number the form was shown with; one that nothing has where it is missing."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else 0


def answered(request: HttpRequest, asked: Asked, write: Callable[[], object]) -> HttpResponse:
    """Show the form, or write what it says and go on; a conflict shows both sides."""
    refused, conflict, found = "", False, []
    if request.method == "POST" and asked.form.is_valid():
        try:
            write()
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            conflict, found = True, differences(asked.form, asked.stored)
        else:
            messages.success(request, asked.done)
            return redirect(asked.to or asked.back)
    context = {"asked": asked, "form": asked.form, "refused": refused, "conflict": conflict}
    status = 409 if conflict else 400 if asked.form.errors or refused else 200
    return render(request, "resources/form.html.jinja", context | {"differences": found}, status=status)
