"""How does something become an Event? `record` writes it, tied to the one before, or raises."""

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any, Protocol

from django.db import DatabaseError, connection, models, transaction

from goldenthread_web.config.clock import now
from goldenthread_web.trail.chain import START, digest
from goldenthread_web.trail.models import Event, Seen
from goldenthread_web.trail.requests import current_request

# PostgreSQL: the lock under which the chain grows, then its end. Sent together, but two statements: what one
# statement sees is settled before it waits for a lock.
_LOOK = "SELECT hash FROM trail_event ORDER BY id DESC LIMIT 1"
_LOCK = "SELECT pg_advisory_xact_lock(1196379204)"
_LOCK_AND_LOOK = f"{_LOCK}; {_LOOK}"
_AT_ONCE = 400  # children in one statement: SQLite takes 999 values, or more
_WHAT = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_CODE = re.compile(r"[\w.:|/+-]{0,80}")
_recorded: ContextVar[int] = ContextVar("recorded", default=0)


class NotRecordable(ValueError):
    """What was to be recorded holds free text: the trail takes codes, keys, numbers and hashes only."""


class TrailUnavailable(RuntimeError):
    """The trail cannot be written, for example on a full disk: whatever depends on it is refused."""


class Person(Protocol):
    """Whoever does something: their number and their role."""

    pk: Any
    role: str


def record(
    what: str,
    about: models.Model | tuple[str, str] | None = None,
    *,
    by: Person | None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    children: Iterable[str] = (),
) -> Event:
    """Write one Event. `about` is a saved object, or a kind and a key; `children` are keyed references.

    Raises TrailUnavailable where it cannot be written: whoever shows or changes something does so only
    after this returned.
    """
    kind, key = _about(about)
    _refuse_text(what, kind, key, reason, changes or {})
    event = Event(
        by_id=None if by is None else by.pk,
        by_role="" if by is None else by.role,
        what=what,
        about_kind=kind,
        about_key=key,
        reason=reason,
        changes=dict(changes or {}),
    )
    try:
        _append(event, sorted(set(children)))
    except DatabaseError as problem:
        raise TrailUnavailable(f"{what} could not be recorded.") from problem
    _recorded.set(_recorded.get() + 1)
    return event


def _append(event: Event, children: list[str]) -> None:
    """Tie the Event to the one before it and write both it and whom it showed."""
    asked = current_request()
    with transaction.atomic():
        event.previous = _last_hash()
        event.at = now()
        event.request_id, event.address = asked.id, asked.address
        event.hash = digest(event, children)
        event.pk = _write(event)
        _write_seen(event.pk, children)


def _write(event: Event) -> int:
    """Write the row of an Event; its number. Every page of children writes one: see `_write_seen`."""
    statement, fields = _insert()
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if connection.vendor == "postgresql" else cursor.lastrowid


@cache
def _insert() -> tuple[str, list[models.Field]]:
    """The statement that writes an Event, and the fields whose values it takes."""
    fields = [field for field in Event._meta.concrete_fields if not field.primary_key]
    columns, places = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    number = " RETURNING id" if connection.vendor == "postgresql" else ""
    return f"INSERT INTO {Event._meta.db_table} ({columns}) VALUES ({places}){number}", fields  # noqa: S608


def _write_seen(number: int, children: list[str]) -> None:
    """Who was shown. Every page of a list writes it, and Django takes longer to put it together than the
    database to write it."""
    table = Seen._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(children), _AT_ONCE):
            some = children[start : start + _AT_ONCE]
            places = ", ".join(["(%s, %s)"] * len(some))
            statement = f"INSERT INTO {table} (event_id, reference) VALUES {places}"  # noqa: S608 - our own
            cursor.execute(statement, [value for child in some for value in (number, child)])


def take_turn() -> None:
    """Wait until nobody else is recording; until this transaction ends nobody else can."""
    if connection.vendor == "postgresql":  # SQLite's transactions that write exclude each other
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)


def recorded_so_far() -> int:
    """How many Events this request or job has written: what `@service` compares."""
    return _recorded.get()


def _about(about: models.Model | tuple[str, str] | None) -> tuple[str, str]:
    if about is None:
        return "", ""
    if isinstance(about, tuple):
        return about
    return about._meta.model_name or "", str(about.pk)


def _refuse_text(what: str, kind: str, key: str, reason: str, changes: Mapping[str, Any]) -> None:
    if not _WHAT.fullmatch(what):
        raise NotRecordable(f"{what!r} is not the name of an Event: write noun.done.")
    for text in (kind, key, reason, *_texts(changes)):
        if not _CODE.fullmatch(text):
            raise NotRecordable(f"{what} would record free text: record a code, a key or a hash instead.")


def _texts(value: Any) -> Iterable[str]:
    """Every text inside the changes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _last_hash() -> str:
    """The hash that the next Event carries; until this one is written nobody else can write any."""
    is_postgresql = connection.vendor == "postgresql"  # SQLite's transactions that write exclude each other
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_AND_LOOK if is_postgresql else _LOOK)
        if is_postgresql:
            cursor.nextset()
        row = cursor.fetchone()
    return row[0] if row else START
