"""What was written for a set of figures and may be shown again to everybody with the same view?

It is kept in each process under all that it depends on: the set, what people say of it, the view. Whatever
names a person, or lets a person send something, must not be in it.
"""

import hashlib
from collections.abc import Callable, Iterable

from django.core.cache import caches
from markupsafe import Markup

from goldenthread_web.figures.card import CurrentSet


def kept(found: CurrentSet, depends_on: Iterable[str], write: Callable[[], str]) -> Markup:
    """The piece of a page that was written before, or is now."""
    said = repr([found.key, *depends_on])
    key = f"figures:{hashlib.sha256(said.encode()).hexdigest()}"
    written = caches["worked_out"].get(key)
    if written is None:
        written = str(write())
        caches["worked_out"].set(key, written)
    return Markup(written)  # noqa: S704 - our own template wrote it
