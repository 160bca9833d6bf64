"""Which words and marks does a text consist of, where does each stand, and which are the same in print?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.papers.paper import Kind, Paragraph

BREAK = "¶"  # a new paragraph
GAP = "…"  # words were left out, and the text says so

_DASH = "[-\u2010\u2011\u2012\u2013\u2014\u2015\u2212]"
_GAP = r"\[\s*(?:…|\.{3,}|(?:\.\s){2,}\.)\s*\]|…\.*|\.{3,}…?|(?:\.\s){2,}\."
_TOKEN = re.compile(
    rf"(?P<gap>{_GAP})|(?P<cased>\[[A-Za-z]\]\w*)"
    rf"|(?P<word>[£$€]?\w+(?:[.,]\d+)*(?:(?:{_DASH}|['’])\w+)*%?)|(?P<mark>[^\w\s])"
)
_QUOTES = "\"“”„«»‘’'`´*"
_ENDS = re.compile(r"[.?!:;”’\"')\]]\s*$")


@dataclass(frozen=True)
class Token:
    """A word or a mark: as printed, as compared, and where it stands in its paragraph."""

    printed: str
    same: str
    paragraph: int
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.same[0].isalnum() or self.same[0] in "£$€"


def tokens(text: str, paragraph: int = 0) -> list[Token]:
    """Words and marks of a text; quotation marks are left out, for a quotation within one changes them."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        printed = match[0]
        if match["gap"]:
            same = GAP
        elif match["cased"]:
            same = printed.replace("[", "").replace("]", "")
        elif match["mark"]:
            if printed in _QUOTES:
                continue
            same = re.sub(_DASH, "-", printed)
        else:
            same = re.sub(_DASH, "-", printed.replace("’", "'"))
        found.append(Token(printed, same, paragraph, match.start(), match.end()))
    return found


def paper_tokens(paragraphs: Sequence[Paragraph]) -> list[Token]:
    """All words and marks of a paper in order, with a break where a new paragraph starts."""
    found: list[Token] = []
    for at, paragraph in enumerate(paragraphs):
        if found and _is_new(paragraphs[at - 1], paragraph):
            found.append(Token(BREAK, BREAK, at, 0, 0))
        found += tokens(paragraph.text, at)
    return found


def _is_new(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph starts anew: not where a page only cut a sentence in two."""
    cut = Kind.PROSE is before.kind is paragraph.kind and not paragraph.number
    return not cut or bool(_ENDS.search(before.text))


def alike(one: str, other: str) -> bool:
    """Whether two words are the same; the first letter of a quotation may be a capital or not."""
    return one[:1].lower() == other[:1].lower() and one[1:] == other[1:]
