"""How does a form become something written? One page for every small act on the plan.

An `Act` is a form and what is done with it. Whatever a rule forbids is said above the form, and so is that
somebody else saved the same thing meanwhile; then nothing was saved.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.ui.conflicts import Difference, SavedMeanwhile, differences


@dataclass(frozen=True, kw_only=True)
class Act:
    """A form, what is done with it, and the words around it.

    `do` takes what the act is about, the values of the form and `by`. `stored`, where two can edit, gives
    the values now kept, `version` among them.
    """

    title: str
    button: str
    said: str  # once it is done
    form: Callable[..., forms.Form]
    do: Callable[..., Any]
    stored: Callable[[Any], Mapping[str, Any]] | None = None
    lead: str = ""


def act_page(request: HttpRequest, act: Act, about: Any, *, back: str, caption: str = "") -> HttpResponse:
    """Show the form of an act, or do it and go back."""
    kept = act.stored(about) if act.stored else {}
    given = request.POST if request.method == "POST" else None
    form = act.form(given, about=about, initial=dict(kept))
    refused, clashed = "", False
    differing: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if act.stored:
            values["version"] = _number(request.POST.get("version"))
        try:
            act.do(about, by=cast(User, request.user), **values)
        except Refused as refusal:
            refused = str(refusal)
        except SavedMeanwhile:
            about.refresh_from_db()
            kept, clashed = act.stored(about) if act.stored else {}, True
            differing = differences(form, kept)
        else:
            messages.success(request, act.said)
            return redirect(back)
    context = {
        "act": act,
        "form": form,
        "refused": refused,
        "clashed": clashed,
        "differences": differing,
        "version": kept.get("version", ""),
        "back": back,
        "caption": caption,
    }
    status = 409 if clashed else 400 if form.errors or refused else 200
    return render(request, "improvement/act.html.jinja", context, status=status)


def _number(text: str | None) -> int:
    """The number of the version a form was shown with; 0, which no row has, where there is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
