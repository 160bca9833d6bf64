"""How is a page or a write tied to a permission? `@page` for what is read, `@service` for what is written."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, QueryDict

from goldenthread_web.accounts.leading import sign_in_first
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.refusals import NotAllowed, NotRecorded, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.trail.recording import record, recorded_so_far

P = ParamSpec("P")
R = TypeVar("R")
KEPT = "draft"  # any page that keeps what is typed may be asked to put it back


class View(Protocol):
    """A function that answers a request."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        ...


def page(
    permission: Permission | None,
    *,
    narrative: bool = False,
    asks: Collection[str] = (),
    one_of: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Callable[[View], View]:
    """A page for signed-in people with a permission; None: for whoever is signed in.

    `narrative` marks pages that show what people wrote about a child: they time out sooner.
    `asks` names what may stand behind the question mark of its address, `one_of` what may stand there with
    those values only, as what a list is sorted by. Anything else is refused, never left out in silence: a
    page cannot be filtered, sorted or searched by what it does not show.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def protected(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if permission is not None and not cast(User, request.user).may(permission):
                record("page.refused", ("permission", permission), by=cast(User, request.user))
                raise NotAllowed(permission)
            _refuse_what_is_not_asked(request.GET, asks, one_of)
            return view(request, *args, **kwargs)

        protected.permission = permission  # type: ignore[attr-defined]
        protected.is_page = True  # type: ignore[attr-defined]
        protected.is_narrative = narrative  # type: ignore[attr-defined]
        return cast(View, protected)

    return decorate


def _refuse_what_is_not_asked(
    given: QueryDict, asks: Collection[str], one_of: Mapping[str, Collection[str]]
) -> None:
    for name, values in given.lists():
        if name not in asks and name not in one_of and name != KEPT:
            raise Refused(f"This page cannot be asked for “{name[:40]}”: take it out of the address.")
        if name in one_of and any(value and value not in one_of[name] for value in values):
            known = ", ".join(filter(None, one_of[name]))
            raise Refused(f"“{name}” in the address can be one of these: {known}.")


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
