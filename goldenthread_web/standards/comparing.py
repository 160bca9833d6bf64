"""What differs between two editions of the standards, word by word?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from goldenthread.worklist.cohorts import cohorts
from goldenthread_web.standards.domains import domain_title
from goldenthread_web.standards.models import Edition, Question, Standard
from goldenthread_web.standards.queries import standards_of

SAME, GONE, NEW = "same", "gone", "new"
ADDED, DROPPED, CHANGED = "added", "dropped", "changed"

# What a standard says, by the word a reader knows it by.
FIELDS = {
    "domain": "Domain",
    "section": "Section",
    "statement": "Standard",
    "expectations": "Key expectations",
    "inadequate": "What inadequate looks like",
    "requires_improvement": "What requires improvement looks like",
    "good": "What good looks like",
    "outstanding": "What outstanding looks like",
    "statute": "Law and guidance",
    "clock": "Time limit",
    "indicators": "Indicators",
    "tags": "What it is about",
    "training": "Training",
}


@dataclass(frozen=True)
class Piece:
    """Some words that both have, or that only one of them has."""

    text: str
    kind: str = SAME


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that a standard says otherwise."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A standard that was added, dropped or changed."""

    kind: str
    standard: Standard  # as it is in the later edition; as it was, where it was dropped
    changes: tuple[Change, ...] = ()


def compared(before: Edition, after: Edition) -> list[Compared]:
    """Standards that differ between two editions, in the order of the later one; dropped ones last."""
    old = {one.code: one for one in standards_of(before)}
    found = []
    for one in standards_of(after):
        was = old.pop(one.code, None)
        if was is None:
            found.append(Compared(kind=ADDED, standard=one))
        elif changes := changes_of(was, one):
            found.append(Compared(kind=CHANGED, standard=one, changes=changes))
    return found + [Compared(kind=DROPPED, standard=one) for one in old.values()]


def changes_of(before: Standard, after: Standard) -> tuple[Change, ...]:
    """What a standard and its questions say otherwise than before."""
    found = [
        Change(label=label, pieces=words_compared(was, now))
        for name, label in FIELDS.items()
        if (was := _said(before, name)) != (now := _said(after, name))
    ]
    return (*found, *_questions(before.questions.all(), after.questions.all()))


def words_compared(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one: the words they share, those that are gone and those that are new."""
    old, new = before.split(), after.split()
    pieces = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(old[first:last])))
            continue
        if first < last:
            pieces.append(Piece(" ".join(old[first:last]), GONE))
        if start < end:
            pieces.append(Piece(" ".join(new[start:end]), NEW))
    return tuple(pieces)


def _questions(before: Iterable[Question], after: Iterable[Question]) -> list[Change]:
    old: Mapping[str, str] = {one.code: _asked(one) for one in before}
    new: Mapping[str, str] = {one.code: _asked(one) for one in after}
    return [
        Change(label="Question", pieces=words_compared(old.get(code, ""), new.get(code, "")))
        for code in dict.fromkeys((*new, *old))
        if old.get(code) != new.get(code)
    ]


def _asked(one: Question) -> str:
    of = [cohorts()[code].title for code in one.cohorts]
    return f"{one.text} ({', '.join(of)})" if of else one.text


def _said(standard: Standard, name: str) -> str:
    value: Any = getattr(standard, name)
    if name == "domain":
        return domain_title(value)
    return " ".join(value) if isinstance(value, list) else str(value)
