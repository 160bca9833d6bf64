"""Whether a paper says why, where it names something: texts that do and texts that do not."""

import pytest

from goldenthread.papers.explained import Linked, explained
from goldenthread.papers.paper import Kind, Paper, Paragraph

NAMED = {"LB-1": ("Books returned in time",), "LB-2": ("Shelves looked through",)}


def found(*texts: str) -> set[str]:
    """What these paragraphs explain; `{LB-1: 40% (4 of 10)}` was filled in, `- ` begins an item of a list."""
    paragraphs, linked = [], {}
    for at, text in enumerate(texts):
        said, anchor = "", f"p{at}"
        for piece in text.removeprefix("- ").split("{"):
            filled, closed, rest = piece.partition("}")
            if closed:
                about, _, shown = filled.partition(": ")
                place = Linked(start=len(said), end=len(said) + len(shown), about=about)
                linked.setdefault(anchor, []).append(place)
                said += shown + rest
            else:
                said += piece
        kind = Kind.BULLET if text.startswith("- ") else Kind.PROSE
        paragraphs.append(Paragraph(anchor=anchor, text=said, kind=kind))
    return set(explained(Paper(name="a paper", paragraphs=tuple(paragraphs)), NAMED, linked))


@pytest.mark.parametrize(
    ("texts", "because"),
    [
        (["{LB-1: 40% (4 of 10)} came back."], "a figure and no more"),
        (["Books returned in time: {LB-1: 40% (4 of 10)}, off target."], "only what the rating says already"),
        (["Books returned in time stand at {LB-1: 40%}; in June it was {LB-1: 50%}. The target is {LB-1: 95%}."],
         "a figure, an earlier one and a target"),
        (["Books returned in time and shelves looked through lag behind, and need to improve."], "a list of names"),
        (["Books returned in time fell. Shelves looked through took all of the staff, who are two fewer."],
         "the reason is of the other"),
        (["Books returned in time: {LB-1: 40%}.", "The reading room was painted blue by its friends in May."],
         "another paragraph"),
        (["The list is short.", "- Books returned in time: {LB-1: 40%}."], "the opening sentence gives no reason"),
        (["Nothing of it is here, however long the sentence is that says so."], "not named"),
    ],
)  # fmt: skip
def test_what_is_no_reason(texts, because):
    assert "LB-1" not in found(*texts), because


@pytest.mark.parametrize(
    ("texts", "because"),
    [
        (["Books returned in time: {LB-1: 40%}. The van broke down; a new one is ordered for May."], "after it"),
        (["The van broke down in May and no other is hired. {LB-1: 40%} came back in time."], "before it"),
        (["{LB-1: 40%} came back, as the van broke down and readers live far away."], "in one sentence"),
        (["LB-1 is off target because the librarian left and nobody covers evenings."], "named by its reference"),
        (["Books returned in time fell. So did shelves looked through. Both wait for the new librarian, who starts "
          "in May and takes over evenings."], "one reason for two, in a sentence of its own"),
        (["The van broke down and the librarian left, which is why these are off target:",
          "- Books returned in time: {LB-1: 40%}."], "before the list"),
        (["- Books returned in time: {LB-1: 40%}. Readers are reminded by letter now."], "in its item"),
    ],
)  # fmt: skip
def test_what_is_a_reason(texts, because):
    assert "LB-1" in found(*texts), because
