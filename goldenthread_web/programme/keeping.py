"""What did somebody type into a page's form and not save? Kept while they type, there when they come back.

A page whose form keeps shows the component `keeping`. It posts to the page itself: by htmx while somebody
types, or by the button "Keep it and go on later". What is kept belongs to one person and one address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.programme.draft_services import drop_draft, keep_draft
from goldenthread_web.programme.models import Draft
from goldenthread_web.ui.conflicts import Difference, SavedMeanwhile, differences

PUT = "put"  # ?draft=put: what was kept goes into the form, though something was saved since
ELSEWHERE = "You are writing this in another window too. Save here, or close this window."


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What a page says of what was typed and not saved."""

    follows: str = ""  # the moment of the draft that the form goes on from
    restored: Draft | None = None  # it stands in the form
    elsewhere: Draft | None = None  # it does not: something was saved since it was begun
    differing: list[Difference] = field(default_factory=list)


def has_long_text(form: forms.Form) -> bool:
    """Whether somebody may type into a form for so long that it hurts to lose."""
    return any(isinstance(one.widget, forms.Textarea) for one in form.fields.values())


def wants_keeping(request: HttpRequest) -> bool:
    """Whether what was posted is to be kept or dropped, not saved."""
    if request.method != "POST":
        return False
    return request.headers.get("HX-Request") == "true" or bool({"keep", "drop"} & request.POST.keys())


def kept(request: HttpRequest, form: forms.Form, *, version: int, back: str) -> HttpResponse | str:
    """Keep or drop what was posted and answer; a sentence where it could not be kept."""
    person, why_not, draft = cast(User, request.user), "", None
    if "drop" in request.POST:
        drop(request)
        return redirect(request.path)
    try:
        draft = keep_draft(
            request.path,
            fields={name: request.POST.getlist(name) for name in _names(form) if name in request.POST},
            based_on=version,
            follows=request.POST.get("follows", ""),
            by=person,
        )
    except SavedMeanwhile:
        why_not = ELSEWHERE
    except Refused as refusal:
        why_not = str(refusal)
    if request.headers.get("HX-Request") == "true":
        return render(request, "ui/kept.html.jinja", {"kept": draft, "why_not": why_not})
    if draft is None:
        return why_not
    messages.success(request, "Kept. It is there when you come back; nobody else sees it.")
    return redirect(back)


def drop(request: HttpRequest, *, follows: str | None = None) -> None:
    """Forget what the person kept of this page; where `follows` is given, only if it is of that moment."""
    draft = _of(request)
    if draft is not None and follows in (None, draft.kept_at.isoformat()):
        drop_draft(draft, by=cast(User, request.user))


def brought_back(
    request: HttpRequest, form: forms.Form, *, version: int, stored: Mapping[str, Any]
) -> Keeping:
    """What the page begins with: what was kept goes into the form, unless something was saved since."""
    if request.method == "POST":
        return Keeping(follows=request.POST.get("follows", ""))
    draft = _of(request)
    if draft is None:
        return Keeping()
    data = _data(draft)
    if draft.based_on != version and request.GET.get("draft") != PUT:
        return Keeping(elsewhere=draft, differing=_differing(form, data, stored))
    for name, one in form.fields.items():
        if form.add_prefix(name) in _names(form):
            form.initial[name] = one.widget.value_from_datadict(data, {}, form.add_prefix(name))
    return Keeping(follows=draft.kept_at.isoformat(), restored=draft)


def _of(request: HttpRequest) -> Draft | None:
    return Draft.objects.filter(page=request.path, kept_by=cast(User, request.user)).first()


def _names(form: forms.Form) -> list[str]:
    """The fields that somebody fills in, as they are posted."""
    return [
        form.add_prefix(name)
        for name, one in form.fields.items()
        if not (one.disabled or one.widget.is_hidden or one.widget.needs_multipart_form)
    ]


def _data(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def _differing(form: forms.Form, data: QueryDict, stored: Mapping[str, Any]) -> list[Difference]:
    """How what was kept differs from what is saved; of a form without stored values nothing does."""
    typed = forms.Form(data, prefix=form.prefix)
    typed.fields = form.fields
    typed.is_valid()
    return differences(typed, stored)
