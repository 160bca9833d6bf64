"""Where does a letter say what is quoted, or what comes closest, and which words differ?"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from goldenthread.papers.paper import Paragraph
from goldenthread.papers.tokens import BREAK, Token, alike

_CLOSE = 0.6  # of the words of a piece must stand in a passage, or nothing in the letter is close
_CLOSE_SHORT = 0.65  # of a piece so short that chance finds half of it anywhere
_ORDERED = 0.45  # of the words must stand in the order of the piece: halves may change places, words may not
_SHORT = 8  # words
_RUN = 3  # words side by side in both: a passage that only shares words with the piece is another one
_SLACK = 12  # words around a passage in which a moved part is looked for
_CANDIDATES = 6


@dataclass(frozen=True)
class Change:
    """Words of the letter, and what stands in their place; either may be blank, for left out and put in."""

    old: str
    new: str

    def __str__(self) -> str:
        if not self.old:
            return f"“{self.new}” was put in"
        if not self.new:
            return f"“{self.old}” was left out"
        return f"“{self.old}” became “{self.new}”"


@dataclass(frozen=True)
class Passage:
    """From one word of a letter to another."""

    first: Token
    last: Token

    def text(self, paragraphs: Sequence[Paragraph]) -> str:
        """The passage as printed, a paragraph a line."""
        lines = []
        for at in range(self.first.paragraph, self.last.paragraph + 1):
            text = paragraphs[at].text
            start = self.first.start if at == self.first.paragraph else 0
            end = self.last.end if at == self.last.paragraph else len(text)
            lines.append(text[start:end])
        return "\n".join(lines)


@dataclass(frozen=True)
class _Found:
    """A piece in the letter: from one token to before another, and what differs there."""

    start: int
    end: int
    changes: tuple[Change, ...] = ()


def compare(
    pieces: Sequence[Sequence[Token]], said: Sequence[Token]
) -> tuple[Passage | None, tuple[Change, ...]]:
    """The passage of the letter that holds these pieces, or comes closest, and every change to it.

    No passage where nothing is close; no change where each piece stands there word for word, in this order.
    """
    if not pieces or not said:
        return None, ()
    if (whole := _in_order(pieces, said)) is not None:
        return _passage(said, whole), ()
    found: list[_Found] = []
    changes: list[Change] = []
    after = 0
    for piece in pieces:
        one = _nearest(piece, said, after)
        if one is None:
            changes.append(Change("", _printed(piece)))
            continue
        if found and one.start < found[-1].end and not one.changes:
            changes.append(Change(_printed(said[one.start : one.end]), "the same words in another order"))
        changes += one.changes
        found.append(one)
        after = one.end
    close = sum(one.end - one.start for one in found) >= _CLOSE * sum(map(len, pieces))
    if not found or not close:
        return None, ()
    return _passage(said, found), tuple(changes)


def _passage(said: Sequence[Token], found: Sequence[_Found]) -> Passage:
    return Passage(said[min(one.start for one in found)], said[max(one.end for one in found) - 1])


def _in_order(pieces: Sequence[Sequence[Token]], said: Sequence[Token]) -> list[_Found] | None:
    """Each piece word for word, one after the other; None if that cannot be."""
    found, after = [], 0
    for piece in pieces:
        one = _verbatim(piece, said, after)
        if one is None:
            return None
        after = one.end
        found.append(one)
    return found


def _verbatim(piece: Sequence[Token], said: Sequence[Token], after: int = 0) -> _Found | None:
    """The first place of the letter, from a token on, in which a piece stands word for word."""
    for start in range(after, len(said)):
        if alike(piece[0].same, said[start].same):
            end = _end_of(piece, said, start)
            if end is not None:
                return _Found(start, end)
    return None


def _end_of(piece: Sequence[Token], said: Sequence[Token], start: int) -> int | None:
    """Where the piece ends if it starts here: it may break into paragraphs where the letter does not."""
    at = start + 1
    for token in piece[1:]:
        if at < len(said) and said[at].same == token.same:
            at += 1
        elif token.same != BREAK:
            return None
    return at


def _nearest(piece: Sequence[Token], said: Sequence[Token], after: int) -> _Found | None:
    """A piece word for word, after the one before it if possible; else the closest words there are."""
    return _verbatim(piece, said, after) or _verbatim(piece, said) or _closest(piece, said)


def _closest(piece: Sequence[Token], said: Sequence[Token]) -> _Found | None:
    """The passage with most words of the piece in their order, then with most of them in any order."""
    wanted = [token.same.lower() for token in piece]
    letter = [token.same.lower() for token in said]
    best: tuple[float, _Found] | None = None
    for start in _starts(wanted, letter):
        low = max(start - _SLACK, 0)
        window = letter[low : start + len(wanted) + _SLACK]
        matcher = SequenceMatcher(a=window, b=wanted, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]  # one at least: the start
        ordered = sum(block.size for block in blocks) / len(wanted)
        common = sum((Counter(window) & Counter(wanted)).values()) / len(wanted)
        score = ordered + common / 2
        if best is None or score > best[0]:
            run = max(block.size for block in blocks)
            enough = common >= (_CLOSE_SHORT if len(wanted) < _SHORT else _CLOSE)
            if enough and ordered >= _ORDERED and run >= min(_RUN, len(wanted) - 1):
                best = (score, _between(piece, said, low, window, wanted))
    return None if best is None else best[1]


def _between(
    piece: Sequence[Token], said: Sequence[Token], low: int, window: list[str], wanted: list[str]
) -> _Found:
    """The part of a window that the piece covers, and the words that differ."""
    codes = SequenceMatcher(a=window, b=wanted, autojunk=False).get_opcodes()
    equal = [code for code in codes if code[0] == "equal"]
    first, last = equal[0][1], equal[-1][2]
    # Words at the ends that match nothing were changed, not left out: as many of the letter's stand for them.
    first = max(0, first - equal[0][3])
    last = min(len(window), last + len(wanted) - equal[-1][4])
    changes = []
    matcher = SequenceMatcher(
        a=[token.same for token in _first_as(said[low + first : low + last], piece)],
        b=[token.same for token in piece],
        autojunk=False,
    )
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old = _printed(said[low + first + old_from : low + first + old_to])
        new = _printed([token for token in piece[new_from:new_to] if token.same != BREAK])
        if tag != "equal" and (old or new):
            changes.append(Change(old, new))
    return _Found(low + first, low + last, tuple(changes))


def _first_as(said: Sequence[Token], piece: Sequence[Token]) -> Sequence[Token]:
    """The letter's words, the first one as quoted if only the case of its first letter differs."""
    if said and alike(said[0].same, piece[0].same):
        return [piece[0], *said[1:]]
    return said


def _starts(wanted: list[str], letter: list[str]) -> list[int]:
    """Where a passage may start: where most pairs of neighbouring words, else most words, agree."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairwise(letter)):
        places[pair].append(at)
    votes: Counter[int] = Counter()
    for at, pair in enumerate(pairwise(wanted)):
        for place in places.get(pair, ()):
            for near in (-1, 0, 1):  # a word put in or left out moves the rest by one
                votes[max(place - at + near, 0)] += 2 if near == 0 else 1
    if not votes:
        single: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(letter):
            single[word].append(at)
        for at, word in enumerate(wanted):
            for place in single.get(word, ()) if len(single.get(word, ())) < 20 else ():
                votes[max(place - at, 0)] += 1
    return [start for start, _ in votes.most_common(_CANDIDATES)]


def _printed(said: Sequence[Token]) -> str:
    """Words with marks after them, as one would write them."""
    text = ""
    for token in said:
        printed = "(new paragraph)" if token.same == BREAK else token.printed
        glued = not token.is_word and token.same not in (BREAK, "(", "[", "-", "&")
        text += printed if not text or glued else f" {printed}"
    return text
