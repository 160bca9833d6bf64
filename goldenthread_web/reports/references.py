"""How does a writer name a fact instead of typing it? One grammar: [[kind words]], here and nowhere else.

A reference stands in double square brackets: its kind, then words with spaces between them. A paragraph
that is nothing but [[table ...]] or [[chart ...]] becomes a table or a chart.
"""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\[\[\s*(?P<said>[^\[\]]*?)\s*\]\]")
_UNCLOSED = re.compile(r"\[\[(?![^\[\]]*\]\])|(?<!\])\]\](?!\])")
_KIND = re.compile(r"[a-z]+")

# What the page on writing shows: the reference, and what it gives.
EXAMPLES = (
    ("[[figure CIN-02]]", "the figure at the report's day, with its cases and month"),
    ("[[figure CIN-02 at 2017-06]]", "the figure of another month"),
    ("[[change CIN-02 from 2017-06]]", "how far it moved since, in percentage points, and if that is good"),
    ("[[shortfall CIN-02]]", "how many more children would reach the target"),
    ("[[target CIN-02]]", "the target in force"),
    ("[[direction CIN-02]]", "the sentence of its chart"),
    ("[[period CIN-02]]", "the month of the figure"),
    ("[[quote V2.31]]", "a finding in the inspector's own words"),
    ("[[quote visit 2 p12 10-80]]", "letters 10 to 80 of a paragraph of the letter of a visit"),
    ("[[date visit 3]]", "the days of a monitoring visit"),
    ("[[date milestone 2.1.1 m2]]", "when a milestone is due, or was reached"),
    ("[[date meeting cabinet]]", "the next meeting of a body"),
    ("[[date aim]]", "the day by which the aim is to be reached"),
    ("[[money M2]]", "what was approved for a line; also: M2 spent, M2 forecast"),
    ("[[body cabinet]]", "the name of a body; also: body cabinet chair"),
    ("[[action 2.1.1]]", "how an action stands, and why; say yourself what is done"),
    ("[[actions theme 2]]", "how the actions of a theme stand; also: [[actions]], those of the plan"),
    ("[[aim]]", "the grade the programme aims at"),
    ("[[table headlines]]", "a table, alone in its paragraph: headlines, actions, findings, risks, money, "
     "asks, priorities, became, visits, conditions, twelve_weeks, decisions, recommendations, brief"),
    ("[[chart CIN-02]]", "a chart, alone in its paragraph, with its numbers"),
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """One reference in a text, and where it stands there."""

    kind: str
    words: tuple[str, ...]
    start: int
    end: int

    @property
    def key(self) -> str:
        """What it names, without its kind: the same key, the same fact."""
        return " ".join(self.words)

    @property
    def said(self) -> str:
        """The reference as it is written."""
        return f"[[{' '.join((self.kind, *self.words))}]]"


class Misspelt(ValueError):
    """Brackets that are no reference; the message is one sentence."""


def references(text: str) -> list[Reference]:
    """Every reference of a text in order. Misspelt: brackets that do not close, or name nothing."""
    found = []
    for match in _REFERENCE.finditer(text):
        kind, *words = match["said"].split() or [""]
        if not _KIND.fullmatch(kind):
            raise Misspelt(f"{match[0]} names nothing: write what it is, for example [[figure CIN-02]].")
        found.append(Reference(kind, tuple(words), match.start(), match.end()))
    odd = _UNCLOSED.search(_REFERENCE.sub(lambda match: " " * len(match[0]), text))
    if odd:
        near = text[odd.start() : odd.start() + 30].splitlines()[0]
        raise Misspelt(f"Brackets do not match at “{near}”: a reference is [[ and ]] with words between.")
    return found


def alone(text: str) -> Reference | None:
    """The reference that a paragraph consists of; None where there is anything else in it."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    found = references(text)
    return found[0] if len(found) == 1 else None


def of_indicators(found: list[Reference]) -> set[str]:
    """The indicators that references name."""
    kinds = {"figure", "change", "shortfall", "target", "direction", "period", "chart"}
    return {one.words[0] for one in found if one.kind in kinds and one.words}
