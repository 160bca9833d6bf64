"""How does a form become something written? One page for every small act on the plan.

An `Act` is a form and what is done with it. Whatever a rule forbids is said above the form, and so is that
somebody else saved the same thing meanwhile; then nothing was saved. What is typed is kept meanwhile.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse

from goldenthread_web.accounts.models import User
from goldenthread_web.programme.asking import asked_page, version_of


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

    def stored() -> Mapping[str, Any]:
        if act.stored is None:
            return {}
        if request.method == "POST":
            about.refresh_from_db()  # somebody may have saved it since it was read
        return act.stored(about)

    given = request.POST if request.method == "POST" else None
    begun = dict(stored())
    form = act.form(given, about=about, initial=begun)

    def write() -> Any:
        values = dict(form.cleaned_data)
        if act.stored:
            values["version"] = version_of(request)
        return act.do(about, by=cast(User, request.user), **values)

    return asked_page(
        request,
        form,
        write,
        template="improvement/act.html.jinja",
        back=back,
        done=act.said,
        keeps=True,
        stored=stored if request.method == "POST" else lambda: begun,
        act=act,
        caption=caption,
    )
