"""Which facts does a paper state: sums, dates, percentages, counts, names of bodies, and of what?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from goldenthread.papers.dates import Day
from goldenthread.papers.own_words import quoted_places
from goldenthread.papers.paper import Kind, Paper, Paragraph
from goldenthread.papers.sentences import Sentence, content, sentences, stem
from goldenthread.papers.values import Of, Value, agree, spoken, values
from goldenthread.papers.vocabulary import any_of, vocabulary

_CLAUSE = re.compile(
    r"[;:()]|,?\s(?:but|while|whilst|whereas|although|with|which|compared)\s|,\s(?:and|or)\s"
    r"|\sand\s(?=(?:a further\s|another\s)?£|\d)|[.](?=\s)"
)
_QUALIFIED = re.compile(
    r"\b(?:(?P<noun>phase|stage|theme|quarter|year|tier|part|step|wave|round|cohort|level|q)\s?(?P<after>\d{1,2}|one|two|"
    r"three|four|five|six)|(?P<nth>first|second|third|fourth|fifth|sixth|final|last|next|previous|\d(?:st|nd|rd|th))"
    r"(?:\s[a-z]+){0,2}?\s(?P<named>phase|stage|theme|quarter|year|tier|part|step|wave|round|cohort|draft|visit|"
    r"inspection|meeting|review|letter|report|conference|team|plan))\b",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5",
}  # fmt: skip
_EARLIER = (
    r"\b(?:from|compared (?:to|with)|than|originally|previously|instead of|rather than)\s"
    r"(?:just |only |over )?$"
)
_NUMBERED = re.compile(
    r"\b(?:first|second|third|fourth|final|this|last|next)?\s?(?:phase|stage|wave|round|step)s?\b",
    re.IGNORECASE,
)
_MOST = 40  # values in one sentence: what has more is a table, and no sentence says what they are of
_AS_AT = re.compile(r"\bas at\s(?:the\s)?(?:end\sof\s)?$", re.IGNORECASE)
_BODY = re.compile(
    r"(?:(?:[A-Z][\w'’&-]*|of|and|for|the|&)\s+){0,7}?(?:[A-Z][\w'’-]*\s+){1,6}?(?:[A-Z]\w*|operational|strategic)?\s?"
    r"(?:Board|Committee|Panel|Partnership|Forum|Commission|Taskforce|Group|Cabinet|Court|Hub)s?\b"
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A value with what it is said of.

    `subject` are the stems of the words around it in its clause; `context` those of its paragraph and the
    heading. `act` is what kind of statement it is ("completion", "cost"), blank if
    none is known. `marks` tell one thing from its like: phase 1 from phase 2, agency from permanent. `when`
    is the time it is about, if its clause says so. `is_series`: the text itself sets another value beside it.
    """

    of: Of
    value: Value
    subject: frozenset[str]
    context: tuple[str, ...]
    act: str
    marks: frozenset[tuple[str, str]]
    paper: str
    paragraph: Paragraph
    sentence: str
    start: int
    end: int
    when: Day | None = None
    is_series: bool = False

    @property
    def text(self) -> str:
        """The value as printed."""
        return self.value.text


def facts(paper: Paper) -> list[Fact]:
    """Every fact of a paper, in order. What it quotes from somebody else is not its own fact."""
    quoted = quoted_places(paper)
    return [
        fact
        for paragraph in paper.paragraphs
        if paragraph.kind is not Kind.HEADING
        for sentence in sentences(paragraph)
        for fact in _of_sentence(sentence, paper.name)
        if (paragraph.anchor, fact.start) not in quoted
    ]


def _of_sentence(sentence: Sentence, paper: str) -> Iterator[Fact]:
    text = sentence.text
    stated = values(text)[:_MOST]
    context = _context(sentence.paragraph)
    for value in (*stated, *_bodies(text)):
        clause, at = _clause(text, value)
        act = "" if value.of is Of.BODY else _act(clause, at, value)
        yield Fact(
            of=value.of,
            value=value,
            subject=_subject(clause, at, value, stated),
            context=context,
            act=act,
            marks=_marks(clause),
            when=_when(value, stated, clause, at),
            paper=paper,
            paragraph=sentence.paragraph,
            sentence=text,
            start=sentence.start + value.start,
            end=sentence.start + value.end,
            is_series=_is_series(value, stated, text),
        )


def _bodies(text: str) -> Iterator[Value]:
    for match in _BODY.finditer(text):
        name = re.sub(r"^(?:(?:The|Our|A|An|Its|This|of|and|for|the|&)\s+)+", "", match[0])
        if len(name.split()) > 1:
            yield Value(of=Of.BODY, text=name, start=match.end() - len(name), end=match.end())


def _clause(text: str, value: Value) -> tuple[str, int]:
    """The part of a sentence that a value belongs to, and where the value stands in it."""
    start, end = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= value.start:
            start = match.end()
        elif match.start() >= value.end:
            end = match.start()
            break
    return text[start:end], value.start - start


def _subject(clause: str, at: int, value: Value, stated: list[Value]) -> frozenset[str]:
    """The words that say what the value is of: no other value, and none that every such sentence has."""
    low = value.start - at
    rest = clause
    for one in (*stated, value):
        if (one == value or one.of not in (Of.COUNT, Of.BODY)) and low <= one.start < low + len(clause):
            start, end = one.start - low, one.end - low
            rest = rest[:start] + " " * (end - start) + rest[end:]
    rest = _QUALIFIED.sub(lambda match: "" if match["noun"] else match[0].removeprefix(match["nth"]), rest)
    rest = _NUMBERED.sub(" ", rest)
    return frozenset(content(rest)) - _acting()


@lru_cache(maxsize=256)
def _context(paragraph: Paragraph) -> tuple[str, ...]:
    return tuple(content(f"{paragraph.heading} {paragraph.text}"))


def _act(clause: str, at: int, value: Value) -> str:
    """What kind of statement it is, by the nearest word before the value, else the nearest after it.

    A date beside a percentage is when that was so, and no date of anything done.
    """
    if value.of is Of.DATE and (_AS_AT.search(clause[:at]) or "%" in clause or "per cent" in clause):
        return ""
    kinds = vocabulary("facts")["acts"].get(str(value.of), {})
    best: tuple[int, str] | None = None
    for name in kinds:
        for match in any_of("facts", "acts", str(value.of), name).finditer(clause):
            after = match.start() >= at
            distance = (match.start() - at + 1_000) if after else at - match.end()
            if best is None or distance < best[0]:
                best = (distance, name)
    return best[1] if best else ""


def _marks(clause: str) -> frozenset[tuple[str, str]]:
    """What tells one thing from its like: its number, its team, one side of a pair of opposites."""
    found = set()
    for match in _QUALIFIED.finditer(clause):
        noun = (match["noun"] or match["named"]).lower()
        said = (match["after"] or match["nth"]).lower()
        number = spoken(said)
        found.add(("quarter" if noun == "q" else noun, str(number) if number else _ORDINALS.get(said, said)))
    for name in vocabulary("facts")["opposites"]:
        for side in vocabulary("facts")["opposites"][name]:
            if re.search(rf"(?<![\w-]){re.escape(side)}(?![\w-])", clause, re.IGNORECASE):
                found.add((name, side))
    for match in re.finditer(r"\b([A-Z][A-Z&]{1,5})\s(?:teams?|service|hub|panel|cases)\b", clause):
        found.add(("team", match[1]))
    return frozenset(found)


def _when(value: Value, stated: list[Value], clause: str, at: int) -> Day | None:
    """The time that a figure is about: the nearest one in its clause."""
    low = value.start - at
    near = [one for one in stated if one.day and one != value and low <= one.start < low + len(clause)]
    if value.of in (Of.DATE, Of.BODY) or not near:
        return None
    return min(near, key=lambda one: abs(one.start - value.start)).day


def _is_series(value: Value, stated: list[Value], text: str) -> bool:
    """Whether the sentence tells a change: of two values of a kind, or from this one."""
    if re.search(_EARLIER, text[: value.start], re.IGNORECASE):
        return True
    like = [one for one in stated if one.of is value.of and not agree(one, value)]
    return bool(like) and bool(any_of("facts", "series").search(text))


@cache
def _acting() -> frozenset[str]:
    """Stems of the words that say what is done, not to what."""
    lists = vocabulary("facts")
    phrases = [word for kinds in lists["acts"].values() for words in kinds.values() for word in words]
    phrases += [*lists["light"], *lists["series"]]
    return frozenset(stem(phrase) for phrase in phrases if " " not in phrase and not phrase.endswith("*"))
