"""Which addresses may somebody open? Where a page would turn somebody away, its words stay without a link."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import Resolver404, ResolverMatch, resolve

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.governance import exempt, queries
from goldenthread_web.governance.agenda import Part
from goldenthread_web.ui.together import together

Opens = Callable[[str], bool]


def opener(person: User, addresses: Iterable[str], on: date) -> Opens:
    """Whether somebody may open one of these addresses: by their role, and by the bodies they belong to."""
    matched = {address: _match(address) for address in set(addresses) if address}
    allowed = {address: found for address, found in matched.items() if found and _may(person, found)}
    readable = _readable(person, allowed.values(), on)
    open_ones = {
        address
        for address, found in allowed.items()
        if found.view_name not in _OWN or found.kwargs["number"] in readable[found.view_name]
    }
    return open_ones.__contains__


def addresses_of(parts: Iterable[Part]) -> list[str]:
    """Every address that stands in an agenda."""
    return [one.href for part in parts for one in part.entries]


def _match(address: str) -> ResolverMatch | None:
    try:
        return resolve(address)
    except Resolver404:
        return None


def _may(person: User, found: ResolverMatch) -> bool:
    """Whether the page is for the role of somebody."""
    permission = getattr(found.func, "permission", None)
    return permission is None or person.may(permission)


def _meetings(person: User, on: date) -> "QuerySet[Any]":
    found: QuerySet[Any] = queries.meetings().visible_to(person, on)
    return found


def _asks(person: User, on: date) -> "QuerySet[Any]":
    return exempt.readable(queries.asks(of=queries.readable_bodies(person, on)), person, on)


# The pages of one meeting or ask, by what a person may read of them.
_OWN: dict[str, Callable[[User, date], "QuerySet[Any]"]] = {
    "governance:meeting": _meetings,
    "governance:ask": _asks,
}


def _readable(person: User, found: Iterable[ResolverMatch], on: date) -> dict[str, set[int]]:
    """The keys that somebody may open, of the pages that are for some bodies alone. One query, or none."""
    asked: dict[str, set[int]] = {}
    for one in found:
        if one.view_name in _OWN:
            asked.setdefault(one.view_name, set()).add(one.kwargs["number"])
    if not asked or person.may(Permission.KEEP_MEETINGS):
        return asked
    read = together(**{name: _OWN[name](person, on).filter(pk__in=keys) for name, keys in asked.items()})
    return {name: {one.pk for one in rows} for name, rows in read.items()}
