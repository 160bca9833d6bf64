"""How does a page with one form answer? Shown, refused, in conflict, or saved and on to the next."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from goldenthread_web.programme.asking import Place, asked_page

NO_CHILD = "No child’s name or number."


def day_field(label: str, **options: Any) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def text_field(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def version_field() -> forms.IntegerField:
    """The hidden number by which an edit is known to rest on what stands."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[dict[str, Any]], Place | str],
    *,
    title: str,
    button: str,
    back: tuple[str, str],
    said: str = "Saved.",
    lead: str = "",
    caption: str = "",
    template: str = "inspections/form.html.jinja",
    stored: Callable[[], Mapping[str, Any]] | None = None,
    keeps: bool = True,
    **context: Any,
) -> HttpResponse:
    """Show a form; once it is right, `save` what it says and go where that leads.

    `back` is the address and the name of the page before; `stored` gives the values that stand now, for the
    person who comes second. What is typed into a long text is kept meanwhile, unless `keeps` says no.
    """
    return asked_page(
        request,
        form,
        lambda: save(form.cleaned_data),
        template=template,
        back=back[0],
        done=said,
        leads_on=True,
        keeps=keeps,
        stored=dict if stored is None else stored,
        title=title,
        button=button,
        back_words=back[1],
        lead=lead,
        caption=caption,
        **context,
    )


def whole(text: str | None) -> int:
    """The number that a hidden field holds; -1, which no row has, where it holds none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
