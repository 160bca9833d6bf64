"""What is a kind of thing on the thread? Who may see it, what names one, where it is looked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.ui.words import days_in_words

Rows = Callable[[User], "QuerySet[Any]"]
Words = Callable[[], Mapping[str, str]]  # codes with what they stand for
LONGEST = 160


def both(first: str, second: str) -> str:
    """The one, then the other."""
    return " ".join(filter(None, (first, second)))


def first_alone(first: str, second: str) -> str:
    """The first says it all."""
    return first


def day_first(first: str, second: str) -> str:
    """A day, and what is of that day. Of a moment its day is said."""
    return f"{days_in_words(first[:10])}: {second}"


def day_last(first: str, second: str) -> str:
    """What is of a day, and the day. Of a moment its day is said."""
    return f"{first}, {days_in_words(second[:10])}"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One thing that is not kept in the database: its name, and what else is said of it."""

    name: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of thing. Names of fields are as seen from its own rows."""

    code: str
    words: str  # one of them: Action
    several: str
    permission: Permission
    rows: Rows | None = None  # those a person may see; None: they are not in the database
    listed: Callable[[], Mapping[str, Listed]] = dict  # all there are, where they are not in the database
    key: str = "pk"  # what names one in an address of the thread
    name: tuple[str, str] = ("pk", "pk")  # the two fields that name it
    tells: Callable[[str, str], str] = both  # its name from what they hold, as text
    searched: tuple[str, ...] = ()  # the fields in which search looks; none: it is found through another
    coded: Mapping[str, Words] = field(default_factory=dict)  # fields with codes, which are searched by words
    url_name: str  # of its own page
    address: tuple[str, ...] = ()  # the fields that its page is asked for by; none: the key

    @property
    def asked_by(self) -> tuple[str, ...]:
        """The fields that its page is asked for by."""
        return self.address or (self.key,)

    def named(self, first: str, second: str) -> str:
        """The name of one from its two fields, cut to what fits on two lines."""
        text = " ".join(self.tells(first, second).split())
        if len(text) <= LONGEST:
            return text
        return f"{text[: LONGEST - 1].rsplit(' ', 1)[0]}…"
