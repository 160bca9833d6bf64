"""A long trail, written quickly: its hashes are not real."""

from datetime import timedelta

from django.db import connection

from goldenthread_web.config import clock

CHILDREN, PEOPLE = 900, 500
_EVENTS = (
    "INSERT INTO trail_event (id, at, by_id, by_role, what, about_kind, about_key, reason, changes, "
    "request_id, address, previous, hash) VALUES (%s, %s, %s, '', %s, %s, %s, '', '{}', '', '', '', %s)"
)


def fill(count: int, first: int = 1) -> None:
    """Events as many as wanted, numbered from the first: each opens one child, or shows one in a list."""
    begin = clock.now() - timedelta(days=800)
    rows = range(first, first + count)
    with connection.cursor() as cursor:
        cursor.executemany(
            _EVENTS,
            [
                (n, begin + timedelta(minutes=n), n % PEOPLE, f"kind.of_{n % 50}", *_about(n), f"{n:064x}")
                for n in rows
            ],
        )
        cursor.executemany(
            "INSERT INTO trail_seen (event_id, reference) VALUES (%s, %s)",
            [(n, child(n)) for n in rows if n % 2],
        )


def child(number: int) -> str:
    """The child whom the Event of that number is about."""
    return f"{number % CHILDREN:020x}"


def _about(number: int) -> tuple[str, str]:
    return ("list", "worklist.due") if number % 2 else ("child", child(number))
