"""A database on whose disk nothing more fits: no Event can be written."""

from contextlib import AbstractContextManager

from django.db import DatabaseError, connection


def full_disk() -> AbstractContextManager[None]:
    """While it lasts, the trail refuses every Event as a full disk would."""
    return connection.execute_wrapper(_refusing)


def _refusing(execute, sql, *rest):
    if sql.startswith("INSERT INTO trail_event"):
        raise DatabaseError("database or disk is full")
    return execute(sql, *rest)
