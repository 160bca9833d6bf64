"""Standards and questions of a draft: added, changed, put in another order and taken out."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import page
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.programme.asking import Asked, answered, version_of
from goldenthread_web.standards import forms, queries, standard_services
from goldenthread_web.standards.models import Edition, Question, Standard

ASKS = ["GET", "HEAD", "POST"]


@page(Permission.KEEP_STANDARDS, asks=["domain"])
@require_http_methods(ASKS)
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Add a standard to the draft."""
    edition = _draft(number)
    form = forms.NewStandardForm(request.POST or None, initial={"domain": request.GET.get("domain", "")})
    asked = Asked(
        title="Add a standard",
        caption=str(edition),
        lead="What every child can count on, and how somebody who looks at a case would see it.",
        button="Add the standard",
        form=form,
        back=edition.get_absolute_url(),
        done="The standard is added. Write next the questions that ask whether it is kept.",
        leads_on=True,
    )

    def write() -> Standard:
        return standard_services.add_standard(edition, **form.cleaned_data, by=cast(User, request.user))

    return answered(request, asked, write, template="standards/form.html.jinja")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def edit(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Say a standard of the draft otherwise."""
    one = _standard(number, code)
    initial = forms.initial_of(one)
    form = forms.StandardForm(request.POST or None, initial=initial)
    asked = _of(one, form, "Change this standard", one.statement, "Save", "Saved.", stored=initial)

    def write() -> None:
        said, by = form.cleaned_data, cast(User, request.user)
        standard_services.change_standard(one, version=version_of(request), by=by, **said)

    return answered(request, asked, write, template="standards/form.html.jinja")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def remove(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Take a standard out of the draft."""
    one = _standard(number, code)
    asked = Asked(
        title="Take this standard out?",
        caption=f"{one.edition}, {one.section}",
        lead=f"{one.statement} Its questions go with it. Earlier editions keep both.",
        button="Take it out",
        form=_confirm(request),
        back=one.edition.get_absolute_url(),
        done="The standard is taken out of the draft.",
        version=one.version,
    )

    def write() -> None:
        standard_services.remove_standard(one, version=version_of(request), by=cast(User, request.user))

    return answered(request, asked, write, template="standards/form.html.jinja")


@page(Permission.KEEP_STANDARDS)
@require_POST
def move(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Put a standard of the draft before, or after, its neighbour."""
    one, is_up = _standard(number, code), request.POST.get("way") == "up"
    try:
        standard_services.move_standard(one, is_up=is_up, by=cast(User, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Moved.")
    return redirect(f"{one.edition.get_absolute_url()}#domain-{one.domain}")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def add_question(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Ask something more about a standard."""
    one = _standard(number, code)
    form = forms.QuestionForm(request.POST or None)
    asked = _of(one, form, "Add a question", one.statement, "Add the question", "The question is added.")

    def write() -> None:
        standard_services.add_question(one, **form.cleaned_data, by=cast(User, request.user))

    return answered(request, asked, write, template="standards/form.html.jinja")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def edit_question(request: HttpRequest, number: int, code: str, question: str) -> HttpResponse:
    """Ask it in other words, or of others."""
    found = _question(number, code, question)
    initial = {"text": found.text, "cohorts": found.cohorts}
    form = forms.QuestionForm(request.POST or None, initial=initial)
    lead = found.standard.statement
    asked = _of(
        found.standard,
        form,
        "Change a question",
        lead,
        "Save",
        "Saved.",
        stored=initial,
        version=found.version,
    )

    def write() -> None:
        said, by = form.cleaned_data, cast(User, request.user)
        standard_services.change_question(found, version=version_of(request), by=by, **said)

    return answered(request, asked, write, template="standards/form.html.jinja")


@page(Permission.KEEP_STANDARDS)
@require_http_methods(ASKS)
def remove_question(request: HttpRequest, number: int, code: str, question: str) -> HttpResponse:
    """Ask it no longer."""
    found = _question(number, code, question)
    form = _confirm(request)
    asked = _of(
        found.standard,
        form,
        "Take this question out?",
        found.text,
        "Take it out",
        "The question is taken out.",
        version=found.version,
    )

    def write() -> None:
        by = cast(User, request.user)
        standard_services.remove_question(found, version=version_of(request), by=by)

    return answered(request, asked, write, template="standards/form.html.jinja")


def _confirm(request: HttpRequest) -> forms.ConfirmForm:
    return forms.ConfirmForm(request.POST if request.method == "POST" else None)


def _draft(number: int) -> Edition:
    return get_object_or_404(queries.editions(), number=number)


def _standard(number: int, code: str) -> Standard:
    return get_object_or_404(queries.standards_of(_draft(number)), code=code)


def _question(number: int, code: str, question: str) -> Question:
    one = _standard(number, code)
    found = next((each for each in one.questions.all() if each.code == question), None)
    if found is None:
        raise Http404
    found.standard = one
    return found


def _of(
    one: Standard,
    form: Any,
    title: str,
    lead: str,
    button: str,
    done: str,
    *,
    stored: dict[str, Any] | None = None,
    version: int | None = None,
) -> Asked:
    """A page that asks for something about a standard of the draft."""
    return Asked(
        title=title,
        caption=f"{one.edition}, {one.section}",
        lead=lead,
        button=button,
        form=form,
        back=reverse("standards:standard", args=[one.edition.number, one.code]),
        done=done,
        version=one.version if version is None else version,
        stored=stored or {},
    )
