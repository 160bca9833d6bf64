"""Which findings say again what an earlier one said? Proposed here, with the reasons; a person decides.

Two signs. The inspector says so ("as identified during the previous visit"), in the sentence itself or in the
one after it. And an earlier weakness is alike: the same area of practice, the same team, the same rare words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from goldenthread.papers.paper import Kind
from goldenthread.papers.paper import Paragraph as Read
from goldenthread.papers.sentences import content, sentences
from goldenthread_web.inspections.frames import practice_areas
from goldenthread_web.inspections.models import Finding

MOST = 5  # proposals for one finding
_ENOUGH = 0.3
_AREA, _TEAM, _WORDS = 0.3, 0.15, 0.55  # what each sign is worth, out of 1
_MIXED = (Finding.Valence.WEAKNESS, Finding.Valence.FOCUS)
# The inspector looks back: to a visit or an inspection before.
_BACK = re.compile(
    r"(?:previous|last|earlier|first|second|third|fourth|fifth) (?:monitoring )?(?:visit|inspection)"
    r"|(?:visit|inspection) in (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)|has not improved",
    re.IGNORECASE,
)
_REFERS = re.compile(r"^(?:This|These|That|It|Both)\b")


@dataclass(frozen=True, kw_only=True)
class Likely:
    """An earlier finding that may be the same again: how alike, from 0 to 1, and why in words."""

    earlier: Finding
    score: float
    why: str


def inspector_looks_back(finding: Finding) -> str:
    """The words with which the inspector says that it was said before; blank where there are none.

    Only for weaknesses and mixed findings: an improvement since the last visit repeats nothing.
    """
    if finding.valence not in _MIXED:
        return ""
    paragraph = finding.paragraph
    read = Read(anchor=paragraph.anchor, text=paragraph.text, kind=Kind(paragraph.kind))
    found = sentences(read)
    own = [at for at, one in enumerate(found) if one.start < finding.end and finding.start < one.end]
    for at in own:
        said = found[at].text if len(own) == 1 else paragraph.text[finding.start : finding.end]
        if match := _BACK.search(said):
            return match[0]
    if own and own[-1] + 1 < len(found):
        after = found[own[-1] + 1].text
        if _REFERS.match(after) and (match := _BACK.search(after)):
            return after
    return ""


def likely_repeats(finding: Finding, earlier: Iterable[Finding]) -> list[Likely]:
    """Earlier weaknesses that this one may repeat, the most alike first."""
    if finding.valence not in _MIXED:
        return []
    before = [
        one
        for one in earlier
        if one.valence in _MIXED
        and one.withdrawn_at is None
        and one.said_on < finding.said_on
        and one.pk != finding.pk
    ]
    rarity = _rarity([finding, *before])
    found = [_likely(finding, one, rarity) for one in before]
    return sorted(
        (one for one in found if one.score >= _ENOUGH), key=lambda one: (-one.score, -one.earlier.pk)
    )[:MOST]


def _likely(finding: Finding, earlier: Finding, rarity: dict[str, float]) -> Likely:
    score, why = 0.0, []
    if finding.practice_area == earlier.practice_area:
        score += _AREA
        why.append(f"the same area of practice, {practice_areas()[finding.practice_area].title.lower()}")
    if finding.team and finding.team == earlier.team:
        score += _TEAM
        why.append(f"the same team, {finding.team}")
    ours, theirs = _words(finding), _words(earlier)
    shared = [word for word in ours if word in theirs]
    fewest = min(_weight(ours, rarity), _weight(theirs, rarity))
    if shared and fewest:
        alike = min(_weight(shared, rarity) / fewest, 1.0)
        score += _WORDS * alike
        rarest = sorted(set(shared), key=lambda word: (-rarity[word], word))[:5]
        printed = _printed(finding)
        # Two stems may be one printed word: ten-day.
        said = dict.fromkeys(printed.get(word, word) for word in rarest)
        why.append(f"words in common: {', '.join(said)}")
    sentence = "; ".join(why)
    return Likely(earlier=earlier, score=round(score, 2), why=sentence[:1].upper() + sentence[1:])


def _words(finding: Finding) -> list[str]:
    """The words of the finding that carry a meaning, each once."""
    return list(dict.fromkeys(content(f"{finding.title}. {finding.quote}")))


def _printed(finding: Finding) -> dict[str, str]:
    """How the words are written, by their stems."""
    written: dict[str, str] = {}
    for word in re.findall(r"[\w’'-]+", f"{finding.title} {finding.quote}"):
        for stem in content(word):
            written.setdefault(stem, word.lower())
    return written


def _rarity(findings: Sequence[Finding]) -> dict[str, float]:
    """A word that few findings have tells more: 1 for one of its own, towards 0 for one in all of them."""
    counts = Counter(word for one in findings for word in _words(one))
    every = len(findings)
    return {word: log(1 + every / count) for word, count in counts.items()}


def _weight(words: Iterable[str], rarity: dict[str, float]) -> float:
    return sum(rarity[word] for word in words)
