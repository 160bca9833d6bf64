"""School and childcare: what was entered, and what is entered or handed over as a file."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.registers import queries, schooling_services
from goldenthread_web.registers.forms import ChildcareForm, MovesForm, ReturnsForm
from goldenthread_web.registers.views import figures_of

REFS = ("EH-08", "LAC-22", "LAC-26")
FORMS: dict[str, type[forms.Form]] = {"childcare": ChildcareForm, "returns": ReturnsForm, "moves": MovesForm}


@page(Permission.KEEP_REGISTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def schooling(request: HttpRequest) -> HttpResponse:
    """What is known of school and childcare, and the three forms that add to it."""
    sent = request.POST.get("what", "")
    asked = {
        name: of(*((request.POST, request.FILES) if name == sent else ()), prefix=name)
        for name, of in FORMS.items()
    }
    refused = ""
    if sent in asked and asked[sent].is_valid():
        try:
            done = _WRITE[sent](asked[sent].cleaned_data, cast(User, request.user))
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, done)
            return redirect("registers:schooling")
    found = queries.schooling()
    context = {"forms": asked, "sent": sent, "refused": refused, "found": found, **figures_of(request, REFS)}
    has_errors = bool(refused or (sent in asked and asked[sent].errors))
    return render(request, "registers/schooling.html.jinja", context, status=400 if has_errors else 200)


def _childcare(said: dict[str, Any], by: User) -> str:
    made = schooling_services.count_childcare(**said, by=by)
    return f"{made.term} is counted."


def _returns(said: dict[str, Any], by: User) -> str:
    number = schooling_services.take_returns(said["file"].read(), by=by)
    return f"{number} returns were taken over."


def _moves(said: dict[str, Any], by: User) -> str:
    number = schooling_services.take_moves(said["file"].read(), by=by)
    return f"{number} lines of schools and moves were taken over."


_WRITE: dict[str, Callable[[dict[str, Any], User], str]] = {
    "childcare": _childcare,
    "returns": _returns,
    "moves": _moves,
}
