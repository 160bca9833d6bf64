"""Which claims of a paper speak well of something in which a finding sees a weakness?"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from goldenthread.papers.own_words import own_sentences
from goldenthread.papers.paper import Paper
from goldenthread.papers.sentences import content, stem
from goldenthread.papers.vocabulary import any_of, vocabulary

_ENOUGH = 0.2  # of the weight of the lighter one's words must be in both
_WORDS = 2  # words that both have, at the least


class Valence(StrEnum):
    """Whether something speaks well or ill of what it is about."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A claim or a finding in its own words. `key` is the caller's: it comes back with what was found.

    `about` are words for its subject that its text does not have, for example the practice area.
    """

    key: str
    text: str
    valence: Valence
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Opposite:
    """A claim that speaks well of what a finding calls a weakness; `shared` are the words both have."""

    claim: Said
    finding: Said
    shared: tuple[str, ...]
    strength: float

    @property
    def sentence(self) -> str:
        """What to look at, in one sentence."""
        return f"The paper speaks well of this; a finding says: {self.finding.text}"


def valence(text: str) -> Valence:
    """How a sentence speaks, by the words of polarity.toml: neither where it does both or none."""
    said = any_of("polarity", "names").sub(" ", text)
    good, ill = any_of("polarity", "good").search(said), any_of("polarity", "ill").search(said)
    if bool(good) == bool(ill):
        return Valence.NEITHER
    return Valence.STRENGTH if good else Valence.WEAKNESS


def claims(paper: Paper) -> list[Said]:
    """The sentences in which a paper itself speaks well of how things are; the key is the paragraph's anchor.

    What will be, should be or must be done is no claim.
    """
    return [
        Said(key=sentence.paragraph.anchor, text=sentence.text, valence=Valence.STRENGTH)
        for sentence in own_sentences(paper)
        if not any_of("polarity", "intent").search(sentence.text)
        and valence(sentence.text) is Valence.STRENGTH
    ]


def weaknesses(letter: Paper) -> list[Said]:
    """The sentences in which a letter speaks ill of how things are; the key is the paragraph's anchor."""
    return [
        Said(key=sentence.paragraph.anchor, text=sentence.text, valence=Valence.WEAKNESS)
        for sentence in own_sentences(letter)
        if valence(sentence.text) is Valence.WEAKNESS
    ]


def opposite(claims: Sequence[Said], findings: Sequence[Said]) -> list[Opposite]:
    """Claims of a strength beside findings of a weakness in the same subject, the closest first.

    Only claims with valence STRENGTH and findings with valence WEAKNESS are compared, by the words that
    carry their meaning: the rarer a word is among all of them, the more it counts. Candidates, for a person
    to judge.
    """
    good = [one for one in claims if one.valence is Valence.STRENGTH]
    ill = [one for one in findings if one.valence is Valence.WEAKNESS]
    subjects = {id(one): _subject(one) for one in (*good, *ill)}
    weight = _weights([subjects[id(one)] for one in (*good, *ill)])
    found = []
    for claim in good:
        for finding in ill:
            shared = subjects[id(claim)] & subjects[id(finding)]
            least = min(_sum(subjects[id(one)], weight) for one in (claim, finding))
            strength = _sum(shared, weight) / least if least else 0.0
            if len(shared) >= _WORDS and strength >= _ENOUGH:
                words = tuple(sorted(shared, key=lambda word: (-weight[word], word)))
                found.append(
                    Opposite(claim=claim, finding=finding, shared=words, strength=round(strength, 3))
                )
    return sorted(found, key=lambda one: -one.strength)


def _subject(one: Said) -> frozenset[str]:
    return frozenset(content(f"{one.text} {one.about}")) - _not_subject()


def _weights(subjects: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much each word tells: the more of the sentences have it, the less."""
    times = Counter(word for subject in subjects for word in subject)
    return {word: math.log((len(subjects) + 2) / (number + 0.5)) for word, number in times.items()}


def _sum(subject: frozenset[str], weight: dict[str, float]) -> float:
    return sum(weight[word] for word in subject)


@cache
def _not_subject() -> frozenset[str]:
    """Words that say how good something is, not what it is."""
    lists = vocabulary("polarity")
    phrases = [phrase for name in ("good", "ill", "light") for phrase in lists[name]]
    return frozenset(stem(word.rstrip("*")) for phrase in phrases if " " not in phrase for word in [phrase])
