"""Quotations beside the letter they come from: what is verbatim, what is altered, and what is no quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.papers.quotations import Status, check, check_text, quotations
from goldenthread.papers.reading import read_text

LETTER = """Lighthouse visit, autumn

The keepers know the lamp well, and repairs were made promptly in most towers. Logs are complete and signed.
However, the stairs are not always safe for visitors, and a "wet floor" sign was missing - twice. Managers don't
check ropes each week.

The boats' engines start reliably. Crews of all boats can name the nearest harbour without looking at a chart.
"""


def a_letter():
    return read_text(LETTER.replace("\n", " ").replace("  ", "\n\n"), "letter")


def quoted(text: str):
    return check(read_text(text, "report"), a_letter())


# (what the report says, status, words of the letter -> words of the report, because)
EXAMPLES = [
    ('They say "repairs were made promptly in most towers".', "verbatim", [], "word for word"),
    (
        "They say “Repairs were made promptly in most towers.”",
        "verbatim",
        [],
        "a capital, curly marks and a stop",
    ),
    ("They say ‘repairs were made promptly in most towers’.", "verbatim", [], "single curly marks"),
    ("They say 'repairs were made promptly in most towers'.", "verbatim", [], "single straight marks"),
    ("They say “...were made promptly in most towers…”.", "verbatim", [], "ellipses at both ends"),
    (
        "They say “The keepers know the lamp well … Logs are complete and signed”.",
        "verbatim",
        [],
        "pieces in their order",
    ),
    (
        "They say “[k]eepers know the lamp well, and repairs were made [...] in most towers”.",
        "verbatim",
        [],
        "a changed capital and an ellipsis in brackets",
    ),
    (
        "They say “a ‘wet floor’ sign was missing – twice”.",
        "verbatim",
        [],
        "marks within marks change, and so do dashes",
    ),
    ("They say “Managers don’t check ropes each week”.", "verbatim", [], "an apostrophe may be curly"),
    (
        "They say “The boats’ engines start reliably. Crews of all boats”.",
        "verbatim",
        [],
        "a plural's apostrophe",
    ),
    (
        "They say “the stairs are always safe for visitors”.",
        "altered",
        [("not", "")],
        "a deleted not",
    ),
    (
        "They say “repairs were always made promptly in most towers”.",
        "altered",
        [("", "always")],
        "an inserted word",
    ),
    (
        "They say “repairs were made promptly in many towers”.",
        "altered",
        [("most", "many")],
        "another word",
    ),
    (
        "They say “repairs was made promptly in most tower”.",
        "altered",
        [("were", "was"), ("towers", "tower")],
        "two words, one of them the last",
    ),
    (
        "They say “Logs are complete and signed ... The keepers know the lamp well”.",
        "altered",
        None,
        "pieces in another order",
    ),
    (
        "They say “lamp the well know in not a harbour safe always are”.",
        "not found",
        None,
        "words of the letter, so shuffled that they are no passage of it",
    ),
    (
        "They say “repairs were made promptly in most towers, and the keepers know the lamp well”.",
        "altered",
        None,
        "halves of a sentence in another order",
    ),
    (
        "They say “Managers don't check ropes each week. The boats' engines start reliably.”",
        "altered",
        [("(new paragraph)", "")],
        "two paragraphs joined without an ellipsis",
    ),
    (
        "They say “Managers don't check ropes each week … The boats' engines start reliably.”",
        "verbatim",
        [],
        "two paragraphs joined with one",
    ),
    (
        "They say “The keepers know the lamp well, and repairs were made promptly in most towers.\n\n"
        "Logs are complete and signed.”",
        "verbatim",
        [],
        "a paragraph of the letter, broken in two",
    ),
    (
        "They say “the stairs are not always safe for visitors and a wet floor sign was missing”.",
        "altered",
        [(",", "")],
        "a comma is part of the sentence",
    ),
    (
        "They say “the penguins are fed at noon by volunteers”.",
        "not found",
        None,
        "nothing like it",
    ),
]


@pytest.mark.parametrize(("text", "status", "changes", "because"), EXAMPLES)
def test_quotations_beside_the_letter(text, status, changes, because):
    [found] = quoted(text)
    assert found.status == status, f"{because}: {found.sentence}"
    if changes is not None:
        assert [(change.old, change.new) for change in found.changes] == changes, because
    if found.status is not Status.NOT_FOUND:
        assert found.passage and found.letter_paragraph is not None
        assert found.passage.split("\n")[0] in found.letter_paragraph.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("They say “repairs were made promptly in most towers”.", "The letter says so word for word."),
        ("They say “the stairs are always safe for visitors”.", "“not” was left out"),
        ("They say “repairs were always made promptly in most towers”.", "“always” was put in"),
        ("They say “repairs were made promptly in many towers”.", "“most” became “many”"),
        ("They say “the penguins are fed at noon by volunteers”.", "The letter has no such words"),
    ],
)
def test_what_was_found_is_said_in_one_sentence(text, says):
    [found] = quoted(text)
    assert says in found.sentence


def test_a_text_without_its_marks_is_compared_too():
    status, passage, changes = check_text("Repairs were made promptly in most towers", a_letter())
    assert (status, changes) == (Status.VERBATIM, ()) and passage is not None
    assert check_text("…", a_letter()) == (Status.NOT_FOUND, None, ())


# (what the report says, the quotations in it, because)
FOUND = [
    ("The lamp was rated 'good' and the 'golden rope' is new.", [], "terms in marks"),
    ("It's the keepers' own view that the crew's rota isn't theirs.", [], "apostrophes"),
    ("The tool kit of the '90s is what the keepers' children use.", [], "a decade"),
    ("They described it as “calm and clean”.", ["calm and clean"], "short, and somebody said it"),
    ("They have a “calm and clean” tower.", [], "short, and nobody said it"),
    ('One "said this to the other at noon" and left.', ["said this to the other at noon"], "straight marks"),
    (
        "“One keeper said this at noon.” “Another keeper said that at night.”",
        ["One keeper said this at noon.", "Another keeper said that at night."],
        "one after the other",
    ),
    (
        "“The first paragraph is open and goes on.\n\n“And here the second one is closed.”",
        ["The first paragraph is open and goes on.\nAnd here the second one is closed."],
        "each paragraph opens, the last one closes",
    ),
    (
        "“The first paragraph is open and goes on.\n\nAnd here the second one is closed.”",
        ["The first paragraph is open and goes on.\nAnd here the second one is closed."],
        "opened once, closed in the next",
    ),
    (
        "“This one was never closed by its author.\n\nAnd this paragraph has no marks at all.",
        ["This one was never closed by its author."],
        "never closed: it ends with its paragraph",
    ),
    (
        "“This one was never closed by its author.\n\nThey wrote “another one of the letter” here.",
        ["This one was never closed by its author.", "another one of the letter"],
        "never closed, and the next paragraph has one of its own",
    ),
    (
        "They wrote ‘this one was never closed by its author.\n\nAnd this paragraph has no marks.",
        ["this one was never closed by its author."],
        "never closed, with a single mark",
    ),
    (
        "They wrote ‘the towers’ lamps are bright and the keepers’ logs are kept’ last year.",
        ["the towers’ lamps are bright and the keepers’ logs are kept"],
        "plural possessives within single marks",
    ),
    (
        "They wrote “he said ‘go’ to all of the boats”.",
        ["he said ‘go’ to all of the boats"],
        "marks within marks",
    ),
]


@pytest.mark.parametrize(("text", "expected", "because"), FOUND)
def test_what_is_a_quotation(text, expected, because):
    found = quotations(read_text(text, "report"))
    assert [quotation.text for quotation in found] == expected, because


WORDS = [word for word in LETTER.split("\n\n")[1].replace('"', "").split()]
OTHER = ["penguin", "violet", "17", "nevertheless", "Antarctica"]


@given(start=st.integers(0, len(WORDS) - 7), length=st.integers(6, 40))
def test_every_excerpt_is_verbatim(start, length):
    [found] = quoted(f"They wrote: “{' '.join(WORDS[start : start + length])}”")
    assert found.status is Status.VERBATIM and not found.changes


@given(
    start=st.integers(0, len(WORDS) - 8),
    length=st.integers(7, 40),
    at=st.integers(0, 39),
    word=st.sampled_from(OTHER),
)
def test_every_change_of_one_word_is_altered(start, length, at, word):
    said = WORDS[start : start + length]
    said[at % len(said)] = word
    [found] = quoted(f"They wrote: “{' '.join(said)}”")
    assert found.status is Status.ALTERED
    assert word in " ".join(change.new for change in found.changes)
