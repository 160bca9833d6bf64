"""What does every page show besides its own content? The menu, banners, when the session ends."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from goldenthread_web.accounts.emergencies import open_now
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import london, today
from goldenthread_web.config.menu import menu_of
from goldenthread_web.extracts.banners import banners
from goldenthread_web.ui.jinja import url


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context for the layout."""
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    return {
        "is_demo": settings.DEMO,
        "today": today(),
        "person": person if signed_in else None,
        "signed_in": _said(person) if signed_in else None,
        "navigation": menu_of(person, request.path) if signed_in else [],
        "banners": [*_emergencies(person), *banners(person)] if signed_in else [],
        "session_ends_at": getattr(request, "session_ends_at", None),
        "session_keep_alive": url("accounts:stay"),
        "sign_in_url": url("account_login"),
        **_token(request),
    }


def _token(request: HttpRequest) -> dict[str, Any]:
    """What a form proves itself with. Django makes another each time a page names it: here one for all."""
    token = SimpleLazyObject(lambda: get_token(request))
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return {"csrf_token": token, "csrf_input": SimpleLazyObject(lambda: format_html(field, token))}


def _emergencies(person: Any) -> list[dict[str, str]]:
    """While emergency access is open, every page says so."""
    if not person.may(Permission.BREAK_GLASS):
        return []
    return [
        {
            "tone": "warning",
            "text": f"Emergency access to one child until {london(one.ends_at):%H:%M}, to read only.",
            "href": url("worklist:child", one.reference),
            "link_text": f"Open the child of {london(one.opened_at):%H:%M}",
        }
        for one in open_now(person)
    ]


def _said(person: Any) -> dict[str, str]:
    """Who is signed in, as the head of the page says it."""
    return {
        "title": person.title,
        "role": person.held_role.title,
        "sign_out": url("account_logout"),
        "account": url("accounts:mine"),
    }
