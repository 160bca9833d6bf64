"""Claims beside findings: which speak well of what a finding calls a weakness, on texts of our own."""

import pytest

from goldenthread.papers.opposite import Said, Valence, claims, opposite, valence
from goldenthread.papers.reading import read_text

FINDINGS = [
    Said(
        key="f1",
        text="Keepers struggle to explain the new rope code, and are confused.",
        valence=Valence.WEAKNESS,
    ),
    Said(
        key="f2",
        text="The minutes of harbour meetings come with significant delay.",
        valence=Valence.WEAKNESS,
    ),
    Said(key="f3", text="Crews know the tide tables very well.", valence=Valence.STRENGTH),
    Said(key="f4", text="Paint on the upper galleries is poor.", valence=Valence.WEAKNESS),
]

# (claim, the findings it goes against, because)
EXAMPLES = [
    ("What keepers say about the new rope code has been very positive.", ["f1"], "same code, opposite words"),
    ("Minutes of the harbour meetings are now timely.", ["f2"], "same minutes"),
    ("Crews are confident with the tide tables.", [], "the finding says so too"),
    ("The new boats are excellent in heavy seas.", [], "nobody said anything else"),
    ("New keepers were welcomed with a dinner.", [], "one word in common is another subject"),
]


@pytest.mark.parametrize(("text", "expected", "because"), EXAMPLES)
def test_claims_beside_findings(text, expected, because):
    claim = Said(key="c", text=text, valence=Valence.STRENGTH)
    found = opposite([claim], FINDINGS)
    assert [one.finding.key for one in found] == expected, because
    assert all(
        one.claim is claim and len(one.shared) > 1 and one.finding.text in one.sentence for one in found
    )


def test_words_for_the_subject_may_come_from_the_caller():
    claim = Said(
        key="c", text="Training went very well.", valence=Valence.STRENGTH, about="rope code of keepers"
    )
    assert [one.finding.key for one in opposite([claim], FINDINGS)] == ["f1"]


def test_only_claims_of_a_strength_are_compared():
    claim = Said(key="c", text="Keepers are confused by the new rope code.", valence=Valence.WEAKNESS)
    assert opposite([claim], FINDINGS) == []


VALENCES = [
    ("Records are timely and complete.", "strength", "a good word"),
    ("Records are late.", "weakness", "an ill word"),
    ("Records are timely, but some are incomplete and drift.", "neither", "both"),
    ("Records are kept in the tower.", "neither", "none"),
    ("The improvement plan has four parts.", "neither", "a name with a good word in it"),
]


@pytest.mark.parametrize(("text", "expected", "because"), VALENCES)
def test_how_a_sentence_speaks(text, expected, because):
    assert valence(text) == expected, because


def test_claims_of_a_paper_are_what_it_says_well_of_the_present_itself():
    paper = read_text(
        "1.1 Ropes are strong. Ropes will be better.\n\n1.2 They wrote: “the ropes are excellent in each tower”.\n\n"
        "1.3 Oil is low.",
        "report",
    )
    assert [(one.key, one.text) for one in claims(paper)] == [("p1", "Ropes are strong.")]
