"""Does a paper say why, where it names something? A figure and its target alone are no reason."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from goldenthread.papers.paper import Kind, Paper, Paragraph
from goldenthread.papers.sentences import content, sentences, stem
from goldenthread.papers.vocabulary import words

ENOUGH = 3  # words that carry a meaning: fewer give no reason and no remedy


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Letters of a paragraph that were filled in, and what they are about: CIN-02."""

    start: int
    end: int
    about: str


def explained(
    paper: Paper, named: Mapping[str, Sequence[str]], linked: Mapping[str, Sequence[Linked]]
) -> frozenset[str]:
    """Which of the things are named where the paper also says something of its own about them.

    `named`: by its key, the phrases a thing goes by. `linked`: by the anchor of a paragraph, what was filled
    in there. What counts are words beyond the name, what was filled in, and those that only tell a figure:
    in the sentence that names the thing, and in those of its paragraph that name none of the things. Before
    a list they may stand in the sentence that opens it.
    """
    own = {
        key: {word for phrase in (key, *phrases) for word in content(phrase)}
        for key, phrases in named.items()
    }
    found: dict[str, int] = {}
    for paragraphs in _together(paper.paragraphs):
        *opening, last = [list(_said(one, named, linked.get(one.anchor, ()))) for one in paragraphs]
        free = {word for part in (*opening, last) for keys, said in part if not keys for word in said}
        for key in {key for keys, _ in last for key in keys}:
            said = {word for keys, words in last if key in keys for word in words} | free
            told = {word for keys, _ in last if key in keys for other in keys for word in own[other]}
            found[key] = max(found.get(key, 0), len(said - told - own[key]))
    return frozenset(key for key, number in found.items() if number >= ENOUGH)


def _together(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Each paragraph by itself; an item of a list behind the paragraph that opens the list."""
    opens: Paragraph | None = None
    for one in paragraphs:
        if one.kind is Kind.BULLET:
            yield [one] if opens is None else [opens, one]
            continue
        opens = one if one.kind is Kind.PROSE and one.text.rstrip().endswith(":") else None
        if one.kind is not Kind.HEADING:
            yield [one]


def _said(
    paragraph: Paragraph, named: Mapping[str, Sequence[str]], linked: Sequence[Linked]
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Sentence by sentence: what it names, and the words in it that nobody filled in and that tell more."""
    for sentence in sentences(paragraph):
        text, keys = sentence.text, set()
        for one in linked:
            if one.start < sentence.end and sentence.start < one.end:
                first, last = max(0, one.start - sentence.start), one.end - sentence.start
                text = f"{text[:first]}{' ' * (min(last, len(text)) - first)}{text[last:]}"
                keys.add(one.about)
        keys |= {key for key, phrases in named.items() if _phrases((key, *phrases)).search(text)}
        yield frozenset(keys & named.keys()), frozenset(content(text)) - _telling()


@cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some phrases as whole words: action 2.1 is not named in action 2.1.3."""
    each = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<![\w.-])(?:{each})(?![\w-]|\.\d)", re.IGNORECASE)


@cache
def _telling() -> frozenset[str]:
    """Words that say what a figure is, when, and how far from its target: no reason for it."""
    return frozenset(stem(word) for word in words("claims", "telling"))
