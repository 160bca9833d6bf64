"""What is up and down the thread from a thing? Two steps each way, with one query for each step."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import NoReverseMatch, reverse

from goldenthread_web.accounts.models import User
from goldenthread_web.thread.edge import Edge
from goldenthread_web.thread.edges import EDGES
from goldenthread_web.thread.kind import Kind
from goldenthread_web.thread.kinds import BY_CODE, kinds_for

STEPS = 2
MOST = 40  # of one kind under one thing; more are counted
_PARTED = "\n"  # stands in no key


@dataclass(frozen=True)
class Place:
    """A thing on the thread."""

    kind: str
    key: str


@dataclass(kw_only=True)
class Node:
    """A thing as a page shows it, with what hangs on it by kind."""

    place: Place
    name: str
    href: str
    next: dict[str, list["Node"]] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What kind of thing it is."""
        return BY_CODE[self.place.kind].words

    @property
    def thread(self) -> str:
        """Where its own thread is shown."""
        return reverse("thread:of", args=[self.place.kind, self.place.key])


def node(place: Place, person: User) -> Node | None:
    """A thing by itself; None where there is none of that name that the person may see. One query."""
    kind = kinds_for(person).get(place.kind)
    if kind is None:
        return None
    if kind.rows is None:
        return listed(kind, place.key) if place.key in kind.listed() else None
    try:
        rows = named(kind, kind.rows(person).filter(**{kind.key: place.key}))
        row = rows.first()
    except ValueError:  # a key of letters where numbers are kept
        return None
    if row is None:
        return None
    return Node(
        place=place, name=kind.named(row["first"], row["second"]), href=page_of(kind, row["page_key"])
    )


def named(kind: Kind, rows: "QuerySet[Any]") -> "QuerySet[Any, dict[str, str]]":
    """The rows of a kind as text: kind, key, what their page is asked for by, two fields of their name."""
    return rows.order_by().values(
        of_kind=Value(kind.code, output_field=CharField()),
        its_key=_text(kind.key),
        page_key=_asked_by(kind),
        first=_text(kind.name[0]),
        second=_text(kind.name[1]),
    )


def listed(kind: Kind, key: str) -> Node:
    """A thing that is not kept in the database; by its key alone where it is not known any more."""
    known = kind.listed().get(key)
    name = key if known is None else known.name
    return Node(place=Place(kind.code, key), name=name, href=page_of(kind, key))


def nodes(places: Iterable[Place], person: User) -> dict[str, list[Node]]:
    """Those of some things that a person may see, by kind. One query."""
    may_see = kinds_for(person)
    keys: dict[str, set[str]] = {}
    found: dict[str, list[Node]] = {}
    for place in places:
        kind = may_see.get(place.kind)
        if kind is not None and kind.rows is None:
            found.setdefault(kind.code, []).append(listed(kind, place.key))
        elif kind is not None:
            keys.setdefault(kind.code, set()).add(place.key)
    parts = [_kept(may_see[code], these, person) for code, these in keys.items()]
    for row in parts[0].union(*parts[1:]) if parts else ():
        kind = may_see[row["of_kind"]]
        one = Node(
            place=Place(kind.code, row["its_key"]),
            name=kind.named(row["first"], row["second"]),
            href=page_of(kind, row["page_key"]),
        )
        found.setdefault(kind.code, []).append(one)
    return {code: sorted(found[code], key=_order) for code in may_see if code in found}


def _kept(kind: Kind, keys: Collection[str], person: User) -> "QuerySet[Any, dict[str, str]]":
    assert kind.rows is not None  # noqa: S101
    return named(kind, kind.rows(person).filter(**{f"{kind.key}__in": keys}))


def follow(start: Node, person: User, *, down: bool) -> Node:
    """The thing with everything two steps up, or down, from it, under it in `next`."""
    may_see = kinds_for(person)
    level = [start]
    on_the_way = {start.place}
    for _ in range(STEPS):
        found = _step(level, person, may_see, down=down)
        reached = []
        for parent in level:
            for kind in may_see:
                children = [one for one in found.get(parent.place, ()) if one.place.kind == kind]
                children = [one for one in children if one.place not in on_the_way]
                if children:
                    parent.next[kind], left = children[:MOST], children[MOST:]
                    parent.more |= {kind: len(left)} if left else {}
                    reached += parent.next[kind]
        on_the_way |= {one.place for one in reached}
        level = reached
    return start


def _step(
    level: Collection[Node], person: User, may_see: Mapping[str, Kind], *, down: bool
) -> dict[Place, list[Node]]:
    """What is one step on from each of some things."""
    keys: dict[str, set[str]] = {}
    for one in level:
        keys.setdefault(one.place.kind, set()).add(one.place.key)
    parts = []
    for number, edge in enumerate(EDGES):
        near, far = (edge.upper, edge.lower) if down else (edge.lower, edge.upper)
        if near in keys and far in may_see:
            parts.append(_rows(number, edge, keys[near], person, down=down))
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0].distinct()
    return _told(rows, keys, down=down)


def _rows(
    number: int, edge: Edge, keys: Collection[str], person: User, *, down: bool
) -> "QuerySet[Any, dict[str, Any]]":
    """The rows of one edge that touch some keys, as columns of text."""
    near, far = edge.key_at(is_upper=down), edge.key_at(is_upper=not down)
    kind = BY_CODE[edge.lower if down else edge.upper]
    path = edge.path(is_upper=not down)
    its_own = kind.rows is None  # named elsewhere than in the database
    # Which rows hold one of the keys in a list is seen when they are read: there are few of them.
    asked = {} if edge.has_list and not down else {f"{near}__in": keys}
    rows = edge.rows(person).order_by().filter(**asked, **{f"{far}__isnull": False})
    return rows.values(
        edge=Value(number),
        near=_text(near),
        far=_text(far),
        page_key=_text(far) if its_own else _asked_by(kind, path),
        first=_text(far if its_own else path + kind.name[0]),
        second=_text(far if its_own else path + kind.name[1]),
    )


def _told(
    rows: Iterable[Mapping[str, Any]], keys: Mapping[str, Collection[str]], *, down: bool
) -> dict[Place, list[Node]]:
    found: dict[Place, dict[Place, Node]] = {}
    for row in rows:
        edge = EDGES[row["edge"]]
        near, far = (edge.upper, edge.lower) if down else (edge.lower, edge.upper)
        kind = BY_CODE[far]
        far_keys = json.loads(row["far"]) if edge.has_list and down else [row["far"]]
        near_keys = json.loads(row["near"]) if edge.has_list and not down else [row["near"]]
        for key in far_keys:
            one = (
                listed(kind, key)
                if kind.rows is None
                else Node(
                    place=Place(far, key),
                    name=kind.named(row["first"], row["second"]),
                    href=page_of(kind, row["page_key"]),
                )
            )
            for at in near_keys:
                if at in keys[near]:
                    found.setdefault(Place(near, at), {})[one.place] = one
    return {near: sorted(things.values(), key=_order) for near, things in found.items()}


def _order(one: Node) -> tuple[int, list[tuple[bool, int, str]], str]:
    """By kind as the kinds are listed, then by name, numbers as numbers: 2.3.10 after 2.3.9."""
    parts = one.name.split(" ", 1)[0].replace(".", " ").split()
    numbers = [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
    return list(BY_CODE).index(one.place.kind), numbers, one.name


def _text(name: str) -> Coalesce:
    return Coalesce(Cast(F(name), TextField()), Value("", output_field=TextField()))


def _asked_by(kind: Kind, path: str = "") -> Coalesce | Concat:
    """What its page is asked for by, seen from some rows; several fields are parted by a line's end."""
    first, *others = (_text(path + name) for name in kind.asked_by)
    parts = [part for other in others for part in (Value(_PARTED, output_field=TextField()), other)]
    return Concat(first, *parts, output_field=TextField()) if parts else first


def page_of(kind: Kind, asked_by: str) -> str:
    """The address of a thing's own page; blank where it has none."""
    for arguments in (asked_by.split(_PARTED), []):
        try:
            return reverse(kind.url_name, args=arguments)
        except NoReverseMatch:
            continue
    return ""
