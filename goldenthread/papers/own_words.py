"""Which sentences does a paper say itself, and which does it quote from somebody else?"""

from functools import lru_cache

from goldenthread.papers.paper import Kind, Paper
from goldenthread.papers.quotations import quotations
from goldenthread.papers.sentences import Sentence, sentences


@lru_cache(maxsize=16)
def own_sentences(paper: Paper) -> tuple[Sentence, ...]:
    """The sentences that a paper says itself, in order: no heading, and nothing that is mostly quoted."""
    quoted = quoted_places(paper)
    return tuple(
        sentence
        for paragraph in paper.paragraphs
        if paragraph.kind is not Kind.HEADING
        for sentence in sentences(paragraph)
        if (paragraph.anchor, (sentence.start + sentence.end) // 2) not in quoted
    )


@lru_cache(maxsize=16)
def quoted_places(paper: Paper) -> frozenset[tuple[str, int]]:
    """Every place of a paper within a quotation: the anchor of a paragraph, and a character of it."""
    return frozenset(
        (quotation.paragraph.anchor, at)
        for quotation in quotations(paper)
        for at in range(quotation.start, quotation.end)
    )
