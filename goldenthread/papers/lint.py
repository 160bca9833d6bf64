"""What would a reader of these papers stumble over?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.papers import figures_in_words, hard_words
from goldenthread.papers.conflicts import Conflict, conflicts
from goldenthread.papers.opposite import Opposite, Said, Valence, claims, opposite, weaknesses
from goldenthread.papers.paper import Paper, Paragraph
from goldenthread.papers.remarks import Remark, Severity, Spot

__all__ = ["RULES", "Opposite", "Remark", "Rule", "Said", "Severity", "Valence", "lint", "opposite"]

TWO_VALUES = "two-values"
SAYS_OPPOSITE = "finding-says-opposite"


@dataclass(frozen=True)
class Rule:
    """One thing that is looked for in a paper. The code is for ever."""

    code: str
    severity: Severity
    title: str
    finds: Callable[[Paper], Iterator[Spot]]


RULES = (
    Rule(
        "claim-without-figure",
        Severity.CHECK,
        "A change is claimed and no figure stands beside it",
        figures_in_words.claims_without_figure,
    ),
    Rule(
        "cherry-picked-baseline",
        Severity.CHECK,
        "Changes are told from different starting points, or from two points alone",
        figures_in_words.picked_baselines,
    ),
    Rule(
        "points-against-percent",
        Severity.ERROR,
        "A change of a percentage is told in per cent where it is percentage points",
        figures_in_words.points_as_percent,
    ),
    Rule(
        "polarity-not-in-words",
        Severity.CHECK,
        "A percentage moved and no word says whether that is good",
        figures_in_words.unsaid_polarity,
    ),
    Rule(
        "percentage-without-n",
        Severity.CHECK,
        "A percentage without the number of cases behind it",
        figures_in_words.percentages_without_number,
    ),
    Rule(
        "figure-without-date",
        Severity.CHECK,
        "A figure without the day it is as at, or the period it is about",
        figures_in_words.figures_without_date,
    ),
    Rule(
        "undefined-term",
        Severity.CHECK,
        "An abbreviation or a term of the trade that the paper never explains",
        hard_words.undefined_terms,
    ),
    Rule(
        "red-without-narrative",
        Severity.ERROR,
        "A red rating with no words beside it",
        hard_words.bare_reds,
    ),
    Rule(
        "small-number-in-words",
        Severity.ERROR,
        "So few children that a reader might know who they are",
        hard_words.small_numbers,
    ),
)


def lint(papers: Sequence[Paper]) -> list[Remark]:
    """Remarks on papers read together, each paper in its own order; one subject with two values comes last.

    Two values are looked for within each paper and between all of them; the remark stands in the paper that
    says it last, and `other` names the other places.
    """
    found = [remark for paper in papers for remark in _in_order(paper)]
    return found + [_two_values(one) for one in conflicts(papers)]


def contradicted(paper: Paper, letter: Paper) -> list[Remark]:
    """What a paper speaks well of where a letter sees a weakness, in the paper's order: candidates."""
    at = {paragraph.anchor: number for number, paragraph in enumerate(paper.paragraphs)}
    found = opposite(claims(paper), weaknesses(letter))
    return [_contradicted(one, paper, letter) for one in sorted(found, key=lambda one: at[one.claim.key])]


def _contradicted(one: Opposite, paper: Paper, letter: Paper) -> Remark:
    here, there = _paragraph(paper, one.claim.key), _paragraph(letter, one.finding.key)
    start = here.text.index(one.claim.text)
    return Remark(
        code=SAYS_OPPOSITE,
        severity=Severity.CHECK,
        sentence=f"“{one.claim.text}” The letter ({there.place}) sees a weakness: “{one.finding.text}” "
        "If both are about one thing, say both.",
        paper=paper.name,
        paragraph=here,
        text=one.claim.text,
        start=start,
        end=start + len(one.claim.text),
        other=((letter.name, there),),
    )


def _paragraph(paper: Paper, anchor: str) -> Paragraph:
    return next(one for one in paper.paragraphs if one.anchor == anchor)


def _in_order(paper: Paper) -> list[Remark]:
    at = {paragraph.anchor: number for number, paragraph in enumerate(paper.paragraphs)}
    remarks = [_remark(rule, spot, paper) for rule in RULES for spot in rule.finds(paper)]
    return sorted(remarks, key=lambda remark: (at[remark.paragraph.anchor], remark.start, remark.code))


def _remark(rule: Rule, spot: Spot, paper: Paper) -> Remark:
    return Remark(
        code=rule.code,
        severity=rule.severity,
        sentence=spot.sentence,
        paper=paper.name,
        paragraph=spot.paragraph,
        text=spot.paragraph.text[spot.start : spot.end],
        start=spot.start,
        end=spot.end,
    )


def _two_values(conflict: Conflict) -> Remark:
    second = conflict.second
    return Remark(
        code=TWO_VALUES,
        severity=Severity.CHECK,  # a candidate: only where facts are linked is it certain
        sentence=conflict.sentence,
        paper=second.paper,
        paragraph=second.paragraph,
        text=second.paragraph.text[second.start : second.end],
        start=second.start,
        end=second.end,
        other=tuple((fact.paper, fact.paragraph) for fact in (conflict.first, *conflict.also)),
    )
