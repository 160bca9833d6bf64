"""A page with several forms: which one was sent, what came of it, and where it is wrong."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import Refused

Writes = Mapping[str, tuple[type[forms.Form], Callable[[dict[str, Any], User], str]]]


def answered(
    request: HttpRequest, template: str, writes: Writes, shown: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Show the forms under their names; write what was sent of one and say in a sentence that it is done."""
    sent = request.POST.get("what", "")
    asked = {
        name: of(*((request.POST, request.FILES) if name == sent else ()), prefix=name)
        for name, (of, _) in writes.items()
    }
    refused = ""
    if sent in asked and asked[sent].is_valid():
        try:
            done = writes[sent][1](asked[sent].cleaned_data, cast(User, request.user))
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, done)
            return redirect(request.path)
    context = {"forms": asked, "sent": sent, "refused": refused, **shown()}
    has_errors = bool(refused or (sent in asked and asked[sent].errors))
    return render(request, template, context, status=400 if has_errors else 200)
