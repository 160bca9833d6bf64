"""How is a page or a write tied to a permission? `@page` for what is read, `@service` for what is written."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from goldenthread_web.accounts.leading import sign_in_first
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import NotAllowed, NotRecorded
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.trail.recording import record, recorded_so_far

P = ParamSpec("P")
R = TypeVar("R")


class View(Protocol):
    """A function that answers a request."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        ...


def page(permission: Permission | None, *, narrative: bool = False) -> Callable[[View], View]:
    """A page for signed-in people with a permission; None: for whoever is signed in.

    `narrative` marks pages that show what people wrote about a child: they time out sooner.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def protected(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if permission is not None and not cast(User, request.user).may(permission):
                record("page.refused", ("permission", permission), by=cast(User, request.user))
                raise NotAllowed(permission)
            return view(request, *args, **kwargs)

        protected.permission = permission  # type: ignore[attr-defined]
        protected.is_page = True  # type: ignore[attr-defined]
        protected.is_narrative = narrative  # type: ignore[attr-defined]
        return cast(View, protected)

    return decorate


def service(permission: Permission | None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A write: `by` is required and must have the permission (None: the service itself may too, by=None).

    All or nothing; and whatever wrote no Event did not happen.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def protected(*args: P.args, **kwargs: P.kwargs) -> R:
            by = cast(User | None, kwargs["by"])
            if permission is not None and (by is None or not by.may(permission)):
                raise NotAllowed(permission)
            with transaction.atomic():
                before = recorded_so_far()
                result = function(*args, **kwargs)
                if recorded_so_far() == before:
                    raise NotRecorded(f"{function.__module__}.{function.__name__} wrote no Event.")
            return result

        protected.permission = permission  # type: ignore[attr-defined]
        protected.is_service = True  # type: ignore[attr-defined]
        return protected

    return decorate
