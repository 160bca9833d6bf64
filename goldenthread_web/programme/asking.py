"""How is a page answered that asks for something? Shown, written, refused, or two people at once.

`tried` is the one place where a form becomes something written, `done` where a button does. `asked_page` is
a whole page around the one, `pressed` around the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.sign_in_services import note_own_attempt
from goldenthread_web.programme import keeping
from goldenthread_web.programme.looking_through import asks_once_more
from goldenthread_web.ui.conflicts import Difference, SavedMeanwhile, differences, go_on_from

MEANWHILE = "Somebody else changed it while you looked: nothing was saved. What stands now is below."


class Place(Protocol):
    """Something that has a page."""

    def get_absolute_url(self) -> str:
        """Its page."""
        ...


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
    keeps: bool = False  # what is typed into a long text is kept meanwhile
    version: int = 0
    stored: Mapping[str, Any] = field(default_factory=dict)  # what is there now, as the form begins


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of a form: what was made, or why nothing was."""

    made: Any = None
    is_written: bool = False
    refused: str = ""
    is_own: bool = False  # refused because somebody else must do it
    differing: list[Difference] | None = None  # somebody else saved first: in what that differs
    version: int = 0  # then: of what stands now

    def status(self, form: forms.BaseForm) -> int:
        """The status of a page that shows the form again, or for the first time."""
        if self.is_own:
            return 403
        return 409 if self.differing is not None else 400 if form.errors or self.refused else 200


def version_of(request: HttpRequest, name: str = "version") -> int:
    """The number the form was shown with; one that nothing has where it is missing."""
    posted = request.POST.get(name, "")
    return int(posted) if posted.isdecimal() and len(posted) < 10 else 0


def tried(
    request: HttpRequest,
    form: forms.BaseForm,
    write: Callable[[], Any],
    stored: Callable[[], Mapping[str, Any]] = dict,
) -> Tried:
    """Write what a form says, if it was sent, is right, and holds nothing to look at once more.

    After a conflict the form goes on from what `stored` says stands now: whoever saves once more has seen
    what differs.
    """
    if request.method != "POST" or not form.is_valid() or asks_once_more(request, form):
        return Tried()
    try:
        return _came(request, write)
    except SavedMeanwhile:
        stands = stored()
        differing = differences(form, stands)
        go_on_from(form, stands)
        return Tried(differing=differing, version=stands.get("version", 0))


def done(request: HttpRequest, write: Callable[[], Any], meanwhile: str = MEANWHILE) -> Tried:
    """Write what a button without a form of its own says; `meanwhile`: said where somebody was first."""
    try:
        return _came(request, write)
    except SavedMeanwhile:
        return Tried(refused=meanwhile)


def pressed(
    request: HttpRequest,
    write: Callable[[], Any],
    *,
    said: str,
    to: Place | str,
    form: forms.BaseForm | None = None,
    lacking: str = "",
) -> HttpResponse:
    """A button was pressed: do it, or say in a sentence why it was not done; back to the page either way.

    `lacking` is that sentence where the few fields beside the button, a `form`, are not right.
    """
    is_right = form is None or form.is_valid()
    came = done(request, write) if is_right else Tried(refused=lacking)
    if came.is_written:
        messages.success(request, said)
    else:
        messages.error(request, came.refused)
    return redirect(to)


def _came(request: HttpRequest, write: Callable[[], Any]) -> Tried:
    try:
        return Tried(made=write(), is_written=True)
    except NotForYourself as refusal:
        note_own_attempt(by=cast(User, request.user))
        return Tried(refused=str(refusal), is_own=True)
    except Refused as refusal:
        return Tried(refused=str(refusal))


def asked_page(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    template: str,
    back: str,
    done: str,
    leads_on: bool = False,
    keeps: bool = False,
    stored: Callable[[], Mapping[str, Any]] = dict,
    **context: Any,
) -> HttpResponse:
    """Show a form, write what it says and go on, or keep what is typed; a conflict shows both sides.

    `stored` gives what stands now: as the form begins, and its `version`.
    """
    keeps = keeps and keeping.has_long_text(form)
    stands = stored()
    version = stands.get("version", 0)
    if keeps and keeping.wants_keeping(request):
        answer = keeping.kept(request, form, version=version_of(request), back=back)
        if isinstance(answer, HttpResponse):
            return answer
        came = Tried(refused=answer)
    else:
        came = tried(request, form, lambda: _written(request, write, keeps=keeps), stored)
    if came.is_written:
        messages.success(request, done)
        return redirect(came.made if leads_on else back)
    context |= {
        "form": form,
        "refused": came.refused,
        "conflict": came.differing is not None,
        "differences": came.differing or [],
        "version": _version_shown(request, came, version),
        "back": back,
        "keeping": keeping.brought_back(request, form, version=version, stored=stands) if keeps else None,
    }
    return render(request, template, context, status=came.status(form))


def answered(
    request: HttpRequest,
    asked: Asked,
    write: Callable[[], Any],
    *,
    template: str = "programme/asked.html.jinja",
    **beside: Any,
) -> HttpResponse:
    """The page of something asked. `beside` is what a template of an app's own shows besides the form."""
    return asked_page(
        request,
        asked.form,
        write,
        template=template,
        back=asked.back,
        done=asked.done,
        leads_on=asked.leads_on,
        keeps=asked.keeps,
        stored=lambda: asked.stored | {"version": asked.version},
        asked=asked,
        **beside,
    )


def _written(request: HttpRequest, write: Callable[[], Any], *, keeps: bool) -> Any:
    """Write it, and let go of what was kept of it, together or not at all."""
    if not keeps:
        return write()
    with transaction.atomic():
        made = write()
        keeping.drop(request, follows=request.POST.get("follows", ""))
    return made


def _version_shown(request: HttpRequest, came: Tried, version: int) -> int:
    """What the form goes on from: after a conflict what stands now, after a mistake what it began with."""
    if request.method != "POST":
        return version
    return came.version if came.differing is not None else version_of(request)
