"""How near is a heading to the official one, and which list does the title of a sheet name?

The words are in `headings.toml`; the official headings in `standard/native/annex_a_list_*.toml`.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from goldenthread.standard import Table, native_tables

LISTS = range(1, 12)
LEAST_SCORE = 0.88  # below this a heading is not taken for a misspelling
LEAST_LEAD = 0.03  # the best column must be ahead of the next by this much

_SMALL_WORDS = frozenset(
    "a an and as for from if in is of on or s the their this to was were with y n yn dd mm yyyy".split()
)
_NEGATIONS = frozenset(["no", "not", "non", "never", "without"])
_RUN_TOGETHER = 0.95  # "Dateof Birth": the letters agree although the words do not
_SAME_WORD = 0.75


def table_of(number: int) -> Table:
    """The native table of a list."""
    return native_tables()[f"annex_a_list_{number}"]


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a heading: case, punctuation, quotation marks and white space do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"['`´\u2018\u2019\u201a\u201b\u201c\u201d\"]", "", plain)
    return tuple(re.findall(r"[a-z0-9]+", plain))


@dataclass(frozen=True)
class Wording:
    """What a column of a list may be called."""

    official: tuple[str, ...]
    later: frozenset[tuple[str, ...]]
    aliases: frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Headings:
    """The wordings of every list, and what sheets are called."""

    numbered: re.Pattern[str]
    titles: dict[tuple[str, ...], int]
    not_lists: frozenset[tuple[str, ...]]
    columns: dict[int, dict[str, Wording]]
    added: dict[int, frozenset[str]]
    shared: frozenset[str] = field(default_factory=frozenset)  # columns of several lists


@cache
def headings() -> Headings:
    """The data of `headings.toml`, ready to compare with."""
    data = tomllib.loads((files("goldenthread.ingest.annex_a") / "headings.toml").read_text("utf-8"))
    columns = {number: _wordings(number, data) for number in LISTS}
    names = [name for wordings in columns.values() for name in wordings]
    return Headings(
        numbered=re.compile(data["sheets"]["numbered"]),
        titles={words_of(name): int(n) for n, names in data["titles"].items() for name in names},
        not_lists=frozenset(words_of(name) for name in data["sheets"]["not_lists"]),
        columns=columns,
        added={number: frozenset(data["added"].get(str(number), ())) for number in LISTS},
        shared=frozenset(name for name in names if names.count(name) > 1),
    )


def _wordings(number: int, data: dict[str, dict[str, dict[str, list[str]]]]) -> dict[str, Wording]:
    of_list = data["aliases_of"].get(str(number), {})
    return {
        column.name: Wording(
            official=words_of(column.header or column.name),
            later=frozenset(words_of(text) for text in data["later"].get(column.name, ())),
            aliases=frozenset(
                words_of(text)
                for text in [*data["aliases"].get(column.name, ()), *of_list.get(column.name, ())]
            ),
        )
        for column in table_of(number).columns
    }


def numbered_list(title: str) -> int | None:
    """The list a title gives the number of (List_3, list1 contacts); None if it gives none."""
    found = headings().numbered.search(unicodedata.normalize("NFKC", title).casefold())
    return int(found[1]) if found and int(found[1]) in LISTS else None


def named_list(title: str) -> int | None:
    """The list a title only names (Contacts, 3. Referrals); None if it names none."""
    words = words_of(title)
    return headings().titles.get(words) or headings().titles.get(words[1:])


def is_part_of_the_template(title: str) -> bool:
    """Whether this is a sheet of the template that never holds children."""
    return words_of(title) in headings().not_lists


@cache
def score(heading: tuple[str, ...], official: tuple[str, ...]) -> float:
    """How near two headings are, 0 to 1, word by word; other numbers, or a no in one only, are never near."""
    if [word for word in heading if word.isdigit()] != [word for word in official if word.isdigit()]:
        return 0.0
    if _NEGATIONS.isdisjoint(heading) != _NEGATIONS.isdisjoint(official):
        return 0.0
    left = [word for word in heading if word not in _SMALL_WORDS]
    right = [word for word in official if word not in _SMALL_WORDS]
    total = sum(map(len, left)) + sum(map(len, right))
    if not left or not right:
        return 0.0
    together = SequenceMatcher(None, "".join(heading), "".join(official), autojunk=False).ratio()
    by_word = _shared_letters(left, right) / total
    return max(by_word, together if together >= _RUN_TOGETHER else 0.0)


def _shared_letters(left: list[str], right: list[str]) -> float:
    """The letters of the words of one heading that have a near word in the other, both counted."""
    shared, free = 0.0, list(right)
    for word in left:
        nearest = max(free, key=lambda other: _likeness(word, other), default=None)
        if nearest is not None and (likeness := _likeness(word, nearest)) >= _SAME_WORD:
            free.remove(nearest)
            shared += likeness * (len(word) + len(nearest))
    return shared


@cache
def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit() or min(len(one), len(other)) < 3:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
