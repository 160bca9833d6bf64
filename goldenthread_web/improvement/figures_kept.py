"""What is kept of a figure that a paper or a decision rested on? Its words and its day, frozen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from goldenthread_web.figures.quoting import Quoted, quoted


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A figure as it was said: plain values, so that it can be kept as JSON and never moves."""

    ref: str
    title: str
    value: str
    number: str  # blank where there is none
    cases: str
    period: str
    as_at: str  # 2017-12-31
    target: str
    letter: str
    word: str


def kept(refs: Collection[str], *, on: date) -> dict[str, Kept]:
    """Each indicator as it stood on a day, with small numbers hidden: what is kept is read by everybody."""
    return {ref: _kept(found) for ref, found in quoted(refs, on=on, is_public_view=True).items()}


def _kept(found: Quoted) -> Kept:
    return Kept(
        ref=found.ref,
        title=found.title,
        value=found.value,
        number="" if found.number is None else f"{found.number}",
        cases=found.cases,
        period=found.period,
        as_at=found.as_at_on.isoformat(),
        target=found.target,
        letter=found.letter,
        word=found.word,
    )
