"""Which sentences does a paragraph have, and which words carry what they are about?"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from goldenthread.papers.paper import Paper, Paragraph
from goldenthread.papers.vocabulary import vocabulary, words

_LONGEST = 2_000  # characters: what goes on longer is no sentence, and would only cost time
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|nos|para|paras|p|pp|cf|vs|Mr|Mrs|Ms|Dr|Cllr|St)|\d)\.$"
)
_END = re.compile(r"[.?!][\"'”’)]*(?=\s+[\"'“‘(£]*[A-Z0-9]|\s*$)|\n|;(?=\s)|\s[•·▪]\s")
_WORD = re.compile(r"[A-Za-z][A-Za-z&]*(?:['’-][A-Za-z]+)*")


@dataclass(frozen=True)
class Sentence:
    """A sentence, or an item of a list, and where it stands in its paragraph."""

    text: str
    paragraph: Paragraph
    start: int
    end: int


def sentences(paragraph: Paragraph) -> list[Sentence]:
    """The sentences of a paragraph; items of a list and cells of a row are sentences of their own."""
    found: list[Sentence] = []
    start = 0
    text = paragraph.text
    for match in _END.finditer(text):
        end = match.end()
        before = text[start : match.start() + 1]
        if match[0][0] == "." and _ABBREVIATIONS.search(before) and not _closes(before, text[end:]):
            continue
        found += _cut(text, paragraph, start, end)
        start = end
    return found + _cut(text, paragraph, start, len(text))


def _closes(before: str, after: str) -> bool:
    """A number at the end of a sentence, before a capital: 2018. The."""
    return bool(re.search(r"\d\.$", before)) and bool(re.match(r"\s+[\"'“‘(]*[A-Z]|\s*$", after))


def _cut(text: str, paragraph: Paragraph, start: int, end: int) -> list[Sentence]:
    found = []
    while start < end:
        far = start + _LONGEST
        stop = end if end <= far else text.rfind(" ", start + 1, far) + 1 or far
        said = text[start:stop].strip(" \n•·▪;")
        if said:
            at = start + text[start:stop].index(said)
            found.append(Sentence(said, paragraph, at, at + len(said)))
        start = stop
    return found


def all_sentences(paper: Paper) -> list[Sentence]:
    """Every sentence of a paper, in order."""
    return [sentence for paragraph in paper.paragraphs for sentence in sentences(paragraph)]


def content(text: str) -> list[str]:
    """The words that carry a meaning, in order, each as its stem; never a word that only joins others."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0].lower().replace("’", "'").removesuffix("'s").rstrip("'")
        for part in [word] if word in _kept_hyphens() else word.split("-"):
            if part not in _joining() and len(part) > 1:
                found.append(stem(part))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that complete, completed and completion are one."""
    if word in _irregular():
        return _irregular()[word]
    for ending in _endings():
        base = word.removesuffix(ending)
        if base != word and len(base) >= 4:
            return base[:-1] if base[-1] == base[-2:-1] and base[-1] not in "ls" else base
    return word


@cache
def _endings() -> tuple[str, ...]:
    return tuple(vocabulary("language")["endings"])


@cache
def _irregular() -> dict[str, str]:
    return vocabulary("language")["same"]


@cache
def _joining() -> frozenset[str]:
    return words("language", "joining")


@cache
def _kept_hyphens() -> frozenset[str]:
    return words("language", "one_word")
