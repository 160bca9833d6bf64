"""What a remark on a paper is: what a reader would stumble over, and where."""

from dataclasses import dataclass
from enum import StrEnum

from goldenthread.papers.paper import Paragraph


class Severity(StrEnum):
    """Whether it is wrong as it stands, or for a person to look at."""

    ERROR = "error"
    CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place in a paragraph, and what is to be said of it in one sentence."""

    paragraph: Paragraph
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing to put right or to look at.

    `code` is the rule's, for ever; `sentence` says what a reader would stumble over and what to do; `start`
    and `end` cut `text` out of `paragraph.text`. `other` are the places, of this or other papers, that it is
    about as well: name of the paper and paragraph.
    """

    code: str
    severity: Severity
    sentence: str
    paper: str
    paragraph: Paragraph
    text: str
    start: int
    end: int
    other: tuple[tuple[str, Paragraph], ...] = ()
