"""Does a text hold what should not stand where many read it? Whoever writes it is asked once more first."""

import hashlib
import json
from collections.abc import Iterator

from django import forms
from django.http import HttpRequest

from goldenthread.papers.paper import Paragraph
from goldenthread_web.programme.confidential import told_of_a_child
from goldenthread_web.worklist.free_text import warnings_about

ONCE_MORE = "Take it out; or save again as it is, if it may be read by all who read this."
_ASKED = "looked_through"  # in the session: what its writer was asked about


def asks_once_more(request: HttpRequest, form: forms.BaseForm) -> bool:
    """Whether a form that is right holds words to look at again; says so beside each field.

    What is then sent again unchanged is let through. Nothing is asked on the page of one child, where such
    words belong; of a form that asked by itself; nor where a file would have to be chosen again.
    """
    page = request.resolver_match.func if request.resolver_match else None
    if getattr(page, "is_narrative", False) or form.is_multipart() or "is_checked" in form.data:
        return False
    said = dict(_said(form))
    if not said:
        return False
    typed = json.dumps({name: form.cleaned_data[name] for name in said}, sort_keys=True)
    digest = hashlib.sha256(typed.encode()).hexdigest()
    if request.session.pop(_ASKED, None) == digest:
        return False
    request.session[_ASKED] = digest
    for name, sentence in said.items():
        form.add_error(name, f"{sentence} {ONCE_MORE}")
    return True


def _said(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """The first thing to say of each long text that was changed."""
    changed = [name for name in form.changed_data if isinstance(form.fields[name].widget, forms.Textarea)]
    texts = {name: form.cleaned_data.get(name) for name in changed}
    paragraphs = [Paragraph(anchor=name, text=text) for name, text in texts.items() if isinstance(text, str)]
    told = {one.paragraph.anchor: one for one in told_of_a_child(paragraphs)}
    for one in paragraphs:
        if one.anchor in told:
            found = told[one.anchor]
            words = " ".join(one.text[found.start : found.end].split())
            yield one.anchor, f"“{words}” also stands in {found.kept_in}, written about one child."
        else:
            yield from ((one.anchor, sentence) for sentence in warnings_about(one.text)[:1])
