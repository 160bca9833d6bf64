"""Is the same asked of the figures twice while one page is made? Then the first answer stands.

What a page says of figures comes from several places: a plan, risks, an agenda. Each asks which figures are
in force and which targets. Within `asked_once` those are read once; outside it all is asked anew.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_T = TypeVar("_T")
_KEPT: ContextVar[dict[Hashable, Any] | None] = ContextVar("figures asked for one page", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """While it lasts, the answers of `once` are kept. It may stand above a view, like a decorator."""
    if _KEPT.get() is not None:  # a page within a page: the outer one keeps
        yield
        return
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(key: Hashable, ask: Callable[[], _T]) -> _T:
    """What was answered before under a key, within `asked_once`; else the answer of now."""
    kept = _KEPT.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    answer: _T = kept[key]
    return answer
