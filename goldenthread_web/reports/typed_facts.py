"""Which percentages did somebody type where an indicator that the report names gives another?

The general rule for papers compares what stands in two places; here the service knows what one is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from goldenthread.papers.facts import Fact, facts
from goldenthread.papers.sentences import content
from goldenthread.papers.values import Of
from goldenthread_web.reports.as_papers import AsPapers
from goldenthread_web.reports.frame import Frame, headlines

FEWEST_WORDS, SHARE = 2, 0.6  # of the words a typed value is said of, that its indicator's name must have


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A typed percentage, and what the indicator it seems to be about gives."""

    fact: Fact
    ref: str
    month: str
    value: str


def typed_beside_linked(papers: AsPapers, frame: Frame) -> Iterator[Typed]:
    """Typed percentages that differ from the indicator they are said of, in the month they name or in any."""
    names = {one.ref: one.name for one in headlines()}
    subjects = {
        ref: frozenset(content(f"{kept['title']} {names.get(ref, '')}"))
        for (ref, _), kept in frame.used.items()
        if kept["is_named"] and kept["value"].endswith("%")
    }
    for fact in facts(papers.prose):
        if fact.of is not Of.PERCENTAGE or fact.value.number is None:
            continue
        if papers.is_linked(fact.paragraph.anchor, fact.start, fact.end) or _is_a_change(fact):
            continue
        ref = _about(fact, subjects)
        if ref:
            yield from _differing(fact, ref, frame)


def _is_a_change(fact: Fact) -> bool:
    """By 6%: how far something moved, which no indicator gives as its value."""
    return fact.paragraph.text[: fact.start].rstrip().lower().endswith(" by")


def _about(fact: Fact, subjects: dict[str, frozenset[str]]) -> str:
    """The indicator a value is said of; blank where none is near enough."""
    shared = {ref: len(fact.subject & words) for ref, words in subjects.items()}
    best = max(shared, key=lambda ref: shared[ref], default="")
    enough = best and shared[best] >= FEWEST_WORDS and shared[best] >= SHARE * len(fact.subject)
    return best if enough else ""


def _differing(fact: Fact, ref: str, frame: Frame) -> Iterator[Typed]:
    known = [kept for (other, _), kept in frame.used.items() if other == ref and kept["number"] is not None]
    said = {text for name, text in fact.marks if name == "time"}
    of_month = [kept for kept in known if kept["month"].lower() in said]
    compared = of_month or ([] if said else known)
    if not compared or any(_agrees(fact, kept) for kept in compared):
        return
    latest = max(compared, key=lambda kept: kept["ends_on"])
    yield Typed(fact=fact, ref=ref, month=latest["month"], value=latest["value"])


def _agrees(fact: Fact, kept: dict[str, Any]) -> bool:
    """Within half of the last digit that is printed, or the target itself."""
    assert fact.value.number is not None
    near = abs(Decimal(kept["number"]) - fact.value.number) <= max(fact.value.step, Decimal("0.05"))
    return near or kept["target"].startswith(f"{fact.value.number}")
