"""Do words that were written about one child stand where others read them? Ten in a row are no accident.

What was said of a child in a case audit, a concern, a supervision or a challenge is for those who may see
that child. Pasted into a paper that others read it is disclosed, as happened to a council that copied words
of a strategy discussion into a plan.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.apps import apps

from goldenthread.papers.paper import Paragraph

IN_A_ROW = 10  # words; a shorter run is the language of the work

# Texts about one child, by where they are kept, and what they are called.
_KEPT = {
    "accounts.EmergencyAccess": ("an emergency access", ("explanation",)),
    "worklist.Oversight": ("a manager's oversight", ("direction",)),
    "concerns.Concern": ("an immediate concern", ("text", "safety_plan", "resolution")),
    "concerns.SafetyRecord": ("an immediate concern", ("plan",)),
    "case_audits.CaseAudit": (
        "a case audit",
        ("lived_experience", "impact_text", "grade_text", "strengths", "to_improve", "reflection"),
    ),
    "case_audits.Answer": ("a case audit", ("narrative",)),
    "case_audits.Moderation": ("a case audit", ("blind_text", "reason")),
    "case_reviews.Case": ("a case review", ("text",)),
    "supervision.Discussion": ("a supervision", ("direction",)),
    "supervision.Direction": ("an allocation", ("first",)),
    "clinics.ClinicException": ("a clinic", ("note",)),
    "challenges.Challenge": (
        "a reviewing officer's challenge",
        ("text", "wanted", "childs_view", "outcome_text"),
    ),
    "challenges.Answer": ("a reviewing officer's challenge", ("text", "will_do")),
}
_WORD = re.compile(r"\w+")
Blocks = dict[str, list[frozenset[str]]]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A run of words that also stands in what was written about a child."""

    paragraph: Paragraph
    start: int
    end: int
    kept_in: str


def told_of_a_child(paragraphs: Iterable[Paragraph], public: Iterable[str] = ()) -> list[Told]:
    """The first such run of each paragraph. `public`: letters, which anybody may quote."""
    paragraphs = list(paragraphs)
    runs: dict[tuple[str, ...], list[tuple[Paragraph, int, int]]] = {}
    for paragraph in paragraphs:
        for words, start, end in _runs(paragraph.text):
            runs.setdefault(words, []).append((paragraph, start, end))
    if not runs:
        return []
    for letter in public:
        for words, _, _ in _runs(letter):
            runs.pop(words, None)
    found: dict[str, Told] = {}
    for kept_in, text in _texts(_blocks(paragraphs)):
        for words, _, _ in _runs(text):
            for paragraph, start, end in runs.get(words, ()):
                told = Told(paragraph=paragraph, start=start, end=end, kept_in=kept_in)
                if paragraph.anchor not in found or start < found[paragraph.anchor].start:
                    found[paragraph.anchor] = told
    return list(found.values())


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Every run of so many words, whatever stands between them, with its first and last letter."""
    words = [(one[0].casefold(), one.start(), one.end()) for one in _WORD.finditer(text)]
    for first in range(len(words) - IN_A_ROW + 1):
        run = words[first : first + IN_A_ROW]
        yield tuple(word for word, _, _ in run), run[0][1], run[-1][2]


def _blocks(paragraphs: Iterable[Paragraph]) -> Blocks:
    """Words of which each run holds some whole: every few, half as many as a run; by the longest of them."""
    half = IN_A_ROW // 2
    runs = (run for one in paragraphs for run, _, _ in islice(_runs(one.text), 0, None, half))
    found: Blocks = {}
    for part in {frozenset(part) for run in runs for part in (run[:half], run[half:])}:
        found.setdefault(max(part, key=len), []).append(part)
    return found


def _may_hold(text: str, blocks: Blocks) -> bool:
    """A quick look before runs are made: thousands of texts are looked through, few hold one."""
    words = set(_WORD.findall(text.casefold()))
    return any(block <= words for word in words & blocks.keys() for block in blocks[word])


def _texts(blocks: Blocks) -> Iterator[tuple[str, str]]:
    for where, (name, fields) in _KEPT.items():
        rows = apps.get_model(where)._default_manager.values_list(*fields)
        for row in rows.iterator():
            for text in row:
                if text and _may_hold(text, blocks):
                    yield name, text
