"""What does every page show besides its own content? The council, the menu, banners, when the session ends."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from goldenthread_web.config.clock import today
from goldenthread_web.config.menu import menu_of


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context for the layout."""
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    return {
        "council": settings.INSTALLATION.council,
        "is_demo": settings.DEMO,
        "today": today(),
        "person": person if signed_in else None,
        "navigation": menu_of(person, request.path) if signed_in else [],
        "banners": [],
        "session_ends_at": getattr(request, "session_ends_at", None),
    }
