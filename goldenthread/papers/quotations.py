"""What does a paper quote, and does it quote faithfully?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from goldenthread.papers.paper import Paper, Paragraph
from goldenthread.papers.passages import Change, Passage, compare
from goldenthread.papers.tokens import BREAK, GAP, Token, paper_tokens, tokens
from goldenthread.papers.vocabulary import words

FEWEST_WORDS = 6  # fewer are a term in quotation marks, unless the words before say that somebody said them
FEWEST_SAID = 3

_LONGEST = 12  # paragraphs that one quotation may run over
_SAID_WITHIN = 5  # words before a short quotation in which to look for who said it
_PAIRS = {"“": '”"', '"': '"”', "‘": "’'", "'": "'’"}


class Status(StrEnum):
    """Whether a letter says what a paper says that it says."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    NOT_FOUND = "not found"


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """Words between quotation marks. Of one over several paragraphs, each paragraph is a line of `text`.

    `paragraph` is where it starts; `start` and `end` cut `paragraph.text`, the marks left out.
    """

    text: str
    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A quotation beside the letter.

    `passage` is what the letter says there, word for word, in `letter_paragraph`: the same words where it is
    verbatim, the closest ones where it is altered, blank and None where nothing is close. `changes` are the
    words of the letter (old) and what the paper has instead (new), in order.
    """

    quotation: Quotation
    status: Status
    passage: str = ""
    letter_paragraph: Paragraph | None = None
    changes: tuple[Change, ...] = ()

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        if self.status is Status.VERBATIM:
            return "The letter says so word for word."
        if self.status is Status.NOT_FOUND:
            return (
                "The letter has no such words: if they come from elsewhere, say from where; if not, quote it."
            )
        said = "; ".join(map(str, self.changes))
        return f"Words inside the quotation marks are not those of the letter: {said}."


def quotations(paper: Paper) -> list[Quotation]:
    """Everything the paper quotes, in order.

    Straight and curly marks, double and single; over paragraphs, whether or not each opens with a mark again.
    Not apostrophes, and not terms: fewer than FEWEST_WORDS words in marks count only where they are at least
    FEWEST_SAID and a word of saying ("said", "described as") stands just before them.
    """
    found: list[Quotation] = []
    at, start = 0, 0
    while at < len(paper.paragraphs):
        text = paper.paragraphs[at].text
        opening = _opening(text, start)
        if opening is None:
            at, start = at + 1, 0
            continue
        end_at, end, said = _until_closed(paper.paragraphs, at, opening)
        if _is_quotation(said, text[:opening]):
            last = end if end_at == at else len(text)
            found.append(
                Quotation(
                    text=said, paragraph=paper.paragraphs[at], start=opening + 1, end=max(last, opening + 1)
                )
            )
        at, start = end_at, end + 1
    return found


def check(paper: Paper, letter: Paper) -> list[Quoted]:
    """Every quotation of the paper beside the letter, in order: verbatim, altered or not found.

    Only typography may differ: kinds of quotation marks and dashes, spaces, the first letter's case, marks at
    either end, and an ellipsis, whose pieces must stand in the letter word for word and in that order.
    """
    said = paper_tokens(letter.paragraphs)
    return [_quoted(quotation, said, letter) for quotation in quotations(paper)]


def check_text(text: str, letter: Paper) -> tuple[Status, Passage | None, tuple[Change, ...]]:
    """One text without its marks, beside the letter: its status, the passage, and the changes."""
    return _compared(text, paper_tokens(letter.paragraphs))


def _quoted(quotation: Quotation, said: Sequence[Token], letter: Paper) -> Quoted:
    status, passage, changes = _compared(quotation.text, said)
    if passage is None:
        return Quoted(quotation=quotation, status=status)
    return Quoted(
        quotation=quotation,
        status=status,
        passage=passage.text(letter.paragraphs),
        letter_paragraph=letter.paragraphs[passage.first.paragraph],
        changes=changes,
    )


def _compared(text: str, said: Sequence[Token]) -> tuple[Status, Passage | None, tuple[Change, ...]]:
    passage, changes = compare(_pieces(text), said)
    if passage is None:
        return Status.NOT_FOUND, None, ()
    return (Status.ALTERED if changes else Status.VERBATIM), passage, changes


def _pieces(text: str) -> list[list[Token]]:
    """The words between ellipses, without the marks at either end of each piece."""
    pieces: list[list[Token]] = [[]]
    for at, line in enumerate(text.split("\n")):
        if at:
            pieces[-1].append(Token(BREAK, BREAK, 0, 0, 0))
        for token in tokens(line):
            if token.same == GAP:
                pieces.append([])
            else:
                pieces[-1].append(token)
    return [piece for piece in map(_trimmed, pieces) if piece]


def _trimmed(piece: list[Token]) -> list[Token]:
    numbers = [at for at, token in enumerate(piece) if token.is_word]
    return piece[numbers[0] : numbers[-1] + 1] if numbers else []


def _opening(text: str, start: int) -> int | None:
    """Where the next quotation opens: a mark before a word, after a space, a bracket or nothing."""
    for match in re.finditer(r"[“\"‘']", text[start:]):
        at = start + match.start()
        before, after = text[:at][-1:], text[at + 1 :][:1]
        opens = not before or before.isspace() or before in "([{-–—/:“\"‘'"
        if (match[0] in "“‘" and not before.isalnum()) or (
            opens and (after.isalnum() or after in ".…[‘'£\"“")
        ):
            return at
    return None


def _until_closed(paragraphs: Sequence[Paragraph], at: int, opening: int) -> tuple[int, int, str]:
    """Where a quotation ends (paragraph, place), and its words; never closed, it ends with its paragraph."""
    text = paragraphs[at].text
    mark = text[opening]
    closing = _closing(text, opening + 1, mark)
    if closing is not None:
        return at, closing, text[opening + 1 : closing]
    said = [text[opening + 1 :]]
    if mark in '“"':
        for later in range(at + 1, min(at + _LONGEST, len(paragraphs))):
            line = paragraphs[later].text
            again = line[:1] in _PAIRS and line[0] in '“"'
            if not again and (line[:1] == "" or _opens_before_closing(line)):
                break
            first = 1 if again else 0
            closing = _closing(line, first, mark)
            if closing is not None:
                return later, closing, "\n".join([*said, line[first:closing]])
            said.append(line[first:])
    return at, len(text), text[opening + 1 :]


def _opens_before_closing(line: str) -> bool:
    """Whether a new quotation starts in a paragraph before the old one could have ended there."""
    opening, closing = line.find("“"), line.find("”")
    if opening < 0 and closing < 0:
        straight = _opening(line, 0)
        return straight is not None and line[straight] == '"'
    return opening >= 0 and (closing < 0 or opening < closing)


def _closing(text: str, start: int, mark: str) -> int | None:
    """Where a mark closes; an apostrophe within a word, or after a plural's s with more to come, does not."""
    single = mark in "‘'"
    places = [
        at
        for at in range(start, len(text))
        if text[at] in _PAIRS[mark]
        and not text[at + 1 : at + 2].isalnum()
        and (text[at] in "”’" or not text[at - 1].isspace() or at == start)
    ]
    if not single:
        return places[0] if places else None
    end = next((at for at in range(start, len(text)) if text[at] == "‘"), len(text))
    places = [at for at in places if at < end] or places[:1]
    for number, at in enumerate(places):
        possessive = text[at - 1] == "s" and re.match(r"\s+[a-z]", text[at + 1 :])
        if not (possessive and number + 1 < len(places) and mark == "‘"):
            return at
    return None


def _is_quotation(said: str, before: str) -> bool:
    number = sum(token.is_word for token in tokens(said))
    if number >= FEWEST_WORDS:
        return True
    return number >= FEWEST_SAID and any(word in _saying() for word in _last_words(before))


def _last_words(before: str) -> Iterator[str]:
    sentence = re.split(r"[.?!]\s", before)[-1]
    yield from re.findall(r"[a-z]+", sentence.lower())[-_SAID_WITHIN:]


@cache
def _saying() -> frozenset[str]:
    return words("quotations", "saying")
