"""What is up and down the thread from a thing? Two steps each way, with one query for each step."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import NoReverseMatch, reverse

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.thread.edges import EDGES, Edge
from goldenthread_web.thread.kinds import BY_CODE, Kind, kinds_for

STEPS = 2
MOST = 40  # of one kind under one thing; more are counted


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
        found = catalogue().get(place.key)
        return (
            None
            if found is None
            else Node(place=place, name=title_of(place.key), href=page_of(kind, place.key))
        )
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
        page_key=_text(kind.asked_by),
        first=_text(kind.name[0]),
        second=_text(kind.name[1]),
    )


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
    return _told(rows, down=down)


def _rows(
    number: int, edge: Edge, keys: Collection[str], person: User, *, down: bool
) -> "QuerySet[Any, dict[str, Any]]":
    """The rows of one edge that touch some keys, as columns of text."""
    near, far = edge.key_at(is_upper=down), edge.key_at(is_upper=not down)
    kind = BY_CODE[edge.lower if down else edge.upper]
    path = edge.path(is_upper=not down)
    its_own = kind.rows is None  # an indicator is named by the catalogue
    rows = edge.rows(person).order_by().filter(**{f"{near}__in": keys, f"{far}__isnull": False})
    return rows.values(
        edge=Value(number),
        near=_text(near),
        far=_text(far),
        page_key=_text(far if its_own else path + kind.asked_by),
        first=_text(far if its_own else path + kind.name[0]),
        second=_text(far if its_own else path + kind.name[1]),
    )


def _told(rows: Iterable[Mapping[str, Any]], *, down: bool) -> dict[Place, list[Node]]:
    found: dict[Place, dict[Place, Node]] = {}
    for row in rows:
        edge = EDGES[row["edge"]]
        near, far = (edge.upper, edge.lower) if down else (edge.lower, edge.upper)
        place, kind = Place(far, row["far"]), BY_CODE[far]
        name = title_of(place.key) if kind.rows is None else kind.named(row["first"], row["second"])
        one = Node(place=place, name=name, href=page_of(kind, row["page_key"]))
        found.setdefault(Place(near, row["near"]), {})[place] = one
    return {near: sorted(things.values(), key=_order) for near, things in found.items()}


def _order(one: Node) -> tuple[int, list[tuple[bool, int, str]], str]:
    """By kind as the kinds are listed, then by name, numbers as numbers: 2.3.10 after 2.3.9."""
    parts = one.name.split(" ", 1)[0].replace(".", " ").split()
    numbers = [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
    return list(BY_CODE).index(one.place.kind), numbers, one.name


def _text(name: str) -> Coalesce:
    return Coalesce(Cast(F(name), TextField()), Value("", output_field=TextField()))


def title_of(ref: str) -> str:
    """The name of an indicator."""
    found = catalogue().get(ref)
    return ref if found is None else f"{ref} {found.title}"


def page_of(kind: Kind, asked_by: str) -> str:
    """The address of a thing's own page; blank where it has none."""
    for arguments in ([asked_by], []):
        try:
            return reverse(kind.url_name, args=arguments)
        except NoReverseMatch:
            continue
    return ""
