"""Where is something said? Search across everything a person may see, in one query and what is no row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread_web.accounts.models import User
from goldenthread_web.thread.following import Node, Place, listed, named, page_of
from goldenthread_web.thread.kind import Kind
from goldenthread_web.thread.kinds import BY_CODE, kinds_for

SHORTEST = 2
MOST = 15  # of one kind
MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """What was found of one kind, the best first, and how many there are in all."""

    kind: Kind
    nodes: tuple[Node, ...]
    number: int


def words_of(text: str) -> list[str]:
    """The words to look for; those of one letter are left out."""
    return [word for word in text.split() if len(word) >= SHORTEST][:MOST_WORDS]


def search(text: str, person: User) -> list[Found]:
    """Everything a person may see in which every word stands, by kind; nothing for nothing."""
    words = words_of(text)
    if not words:
        return []
    may_see = kinds_for(person)
    parts = [
        named(kind, _matching(kind, kind.rows(person), words))
        for kind in may_see.values()
        if kind.rows is not None and kind.searched
    ]
    nodes: dict[str, list[Node]] = {}
    if parts:
        for row in parts[0].union(*parts[1:]):
            place, kind = Place(row["of_kind"], row["its_key"]), BY_CODE[row["of_kind"]]
            one = Node(
                place=place, name=kind.named(row["first"], row["second"]), href=page_of(kind, row["page_key"])
            )
            nodes.setdefault(kind.code, []).append(one)
    for kind in may_see.values():
        if kind.rows is None:
            nodes[kind.code] = _listed(words, kind)
    return [_found(kind, nodes[code], words) for code, kind in may_see.items() if nodes.get(code)]


def _matching(kind: Kind, rows: "QuerySet[Any]", words: Iterable[str]) -> "QuerySet[Any]":
    """The rows in which every word stands somewhere."""
    for word in words:
        anywhere = Q()
        for name in kind.searched:
            anywhere |= Q(**{f"{name}__icontains": word})
        for name, coded in kind.coded.items():
            said = [code for code, title in coded().items() if word.lower() in title.lower()]
            anywhere |= Q(**{f"{name}__in": said})
        rows = rows.filter(anywhere)
    return rows


def _listed(words: Sequence[str], kind: Kind) -> list[Node]:
    """Those that are not in the database."""
    return [
        listed(kind, key)
        for key, one in kind.listed().items()
        if all(word.lower() in f"{key} {one.name} {one.about}".lower() for word in words)
    ]


def _found(kind: Kind, nodes: list[Node], words: Sequence[str]) -> Found:
    """Those with the words in their name come first."""
    asked = [word.lower() for word in words]
    ranked = sorted(nodes, key=lambda one: (-sum(word in one.name.lower() for word in asked), one.name))
    return Found(kind, tuple(ranked[:MOST]), len(ranked))
