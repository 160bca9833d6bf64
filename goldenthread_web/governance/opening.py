"""Which addresses may somebody open? Where a page would turn somebody away, its words stay without a link."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, ResolverMatch, resolve

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.governance import exempt, queries
from goldenthread_web.governance.agenda import Part
from goldenthread_web.governance.models import Meeting
from goldenthread_web.governance.sources import AHEAD
from goldenthread_web.ui.together import together

Opens = Callable[[str], bool]
MEETING, ASK = "governance:meeting", "governance:ask"  # the pages of one meeting or ask


def opener(
    person: User, addresses: Iterable[str], on: date, read: Mapping[str, list[Any]] | None = None
) -> Opens:
    """Whether somebody may open one of these addresses: by their role, and by the bodies they belong to.

    `read`: the `reachable` of a paper, if they were read with it.
    """
    matched = {address: _match(address) for address in set(addresses) if address}
    allowed = {address: found for address, found in matched.items() if found and _may(person, found)}
    readable = _readable(person, allowed.values(), on) if read is None else _keys(read)
    open_ones = {
        address
        for address, found in allowed.items()
        if found.view_name not in _OWN or found.kwargs["number"] in readable[found.view_name]
    }
    return open_ones.__contains__


def reachable(meeting: Meeting, person: User, on: date) -> "dict[str, QuerySet[Any]]":
    """What a pack may lead to and somebody may open, for `together`."""
    ahead = meeting.starts_at + AHEAD + timedelta(days=1)
    return {
        MEETING: _meetings(person, on).filter(starts_at__gte=meeting.starts_at, starts_at__lte=ahead),
        ASK: _asks(person, on).filter(body=meeting.body_id),
    }


def addresses_of(parts: Iterable[Part]) -> list[str]:
    """Every address that stands in an agenda."""
    return [one.href for part in parts for one in part.entries]


def _match(address: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(address).path)
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


# What a person may read of them.
_OWN: dict[str, Callable[[User, date], "QuerySet[Any]"]] = {
    MEETING: _meetings,
    ASK: _asks,
}


def _readable(person: User, found: Iterable[ResolverMatch], on: date) -> dict[str, set[int]]:
    """The keys that somebody may open, of the pages that are for some bodies alone. One query, or none."""
    asked: dict[str, set[int]] = {}
    for one in found:
        if one.view_name in _OWN:
            asked.setdefault(one.view_name, set()).add(one.kwargs["number"])
    if not asked or person.may(Permission.KEEP_MEETINGS):
        return asked
    return _keys(
        together(**{name: _OWN[name](person, on).filter(pk__in=keys) for name, keys in asked.items()})
    )


def _keys(read: Mapping[str, list[Any]]) -> dict[str, set[int]]:
    return {name: {one.pk for one in read[name]} for name in _OWN if name in read}
