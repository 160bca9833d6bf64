"""Which pages may anybody see, signed in or not?"""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def open_page(view: View) -> View:
    """Marks a page that needs no sign-in and no permission; a house test lists all that bear the mark."""
    view.is_open = True  # type: ignore[attr-defined]
    return view
