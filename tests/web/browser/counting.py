"""Counting what people wrote from the service's own tables, in plain Python: tables as rows, days, shares.

Dates are compared as the text the database keeps, which sorts as they do.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from goldenthread_web.config.clock import LONDON
from tests.web.browser.small_council import AS_AT

GOOD = ("outstanding", "good")
Counted = dict[str, tuple[object, object]]  # for each part its numerator and denominator


class Tables:
    """The tables of a service's database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        database.row_factory = sqlite3.Row
        self.database = database

    @cache  # noqa: B019 - one of them lives as long as the tests that read it
    def rows(self, name: str) -> list[sqlite3.Row]:
        """The rows of a table, in the order in which they were written."""
        return self.database.execute(f"select * from {name} order by id").fetchall()  # noqa: S608

    def by_id(self, name: str) -> dict[int, sqlite3.Row]:
        """The rows by their key."""
        return {key: one for key, (one,) in self.grouped(name, "id").items()}

    @cache  # noqa: B019 - as above
    def grouped(self, name: str, column: str) -> dict[int, list[sqlite3.Row]]:
        """The rows by what stands in a column."""
        found: dict[int, list[sqlite3.Row]] = {}
        for one in self.rows(name):
            found.setdefault(one[column], []).append(one)
        return found


def share(answers: Iterable[bool]) -> tuple[int, int]:
    """How many of these are so, and how many there are."""
    every = list(answers)
    return sum(every), len(every)


def known(day: str | None, on: str = AS_AT) -> str | None:
    """A day as known on another, or at the end of the load: what lies after it has not happened."""
    return day if day and day <= on else None


def as_day(text: str) -> date:
    """The day that a text begins with."""
    return date.fromisoformat(text[:10])


def local_day(moment: str) -> str:
    """The day in England of a moment that the database keeps in UTC."""
    return local(moment).date().isoformat()


def local(moment: str) -> datetime:
    """What the clock in England showed."""
    return datetime.fromisoformat(f"{moment}+00:00").astimezone(LONDON).replace(tzinfo=None)


def promises(rows: Iterable[tuple[str | None, str | None]], first: str, last: str) -> Counted:
    """Of what was due in a period, and is done or past its day, what was done by its day."""
    of = [(due, known(done)) for due, done in rows if due and first <= due <= last]
    return {"": share(bool(done) and done <= due for due, done in of if done or due < AS_AT)}
