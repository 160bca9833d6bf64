"""Which subjects have two values, within a paper or between papers?"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise

from goldenthread.papers.facts import Fact, facts
from goldenthread.papers.paper import Paper
from goldenthread.papers.sentences import all_sentences, content
from goldenthread.papers.values import Of, agree
from goldenthread.papers.vocabulary import vocabulary

_SAME_SUBJECT = 0.6  # of the weight of the lighter subject must be in both
_WORDS = {Of.DURATION: 3}  # words that both subjects have, at the least; of the other kinds, two
_SAME_PLACE = 0.3  # likeness of two paragraphs that are about one thing, where both say "phase 1" and no more
_TELLING = 2.0  # a word that stands in fewer than one sentence in six tells one subject from another
_ROUNDING = 1e-9  # sums of weights may differ by so little
_NAMED = {"phase", "stage", "wave", "round", "step", "cohort"}
_IN_ONE_TIME = (Of.PERCENTAGE, Of.COUNT)  # what moves from month to month


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two values for what seems to be one subject; `also` are other places that say the one or the other."""

    of: Of
    first: Fact
    second: Fact
    shared: tuple[str, ...]
    also: tuple[Fact, ...] = ()

    @property
    def sentence(self) -> str:
        """What to look at, in one sentence."""
        one, other = self.first, self.second
        there = "" if one.paper == other.paper else f" of {one.paper}"
        return (
            f"“{other.text}” here and “{one.text}” in {one.paragraph.place}{there} seem to be about one "
            "thing: if they are, one of them is wrong."
        )


def conflicts(papers: Sequence[Paper]) -> list[Conflict]:
    """Pairs of facts that may contradict each other, in the order of the papers; each pair of values once.

    Two values conflict when they are of one kind and cannot both be right, when they stand in one kind of
    statement about strongly the same words, and when nothing says why they differ: a change or a series,
    another period, phase or team, or papers of different authorities. A candidate for a person to judge.
    """
    stated = [fact for paper in papers for fact in facts(paper)]
    weigh = _Weights(papers)
    authority = {paper.name: _authority(paper) for paper in papers}
    found: list[Conflict] = []
    for of in (Of.MONEY, Of.DATE, Of.PERCENTAGE, Of.COUNT, Of.DURATION):
        for one, other in _near([fact for fact in stated if fact.of is of], weigh):
            if _same_authority(authority[one.paper], authority[other.paper]):
                shared = _contradict(one, other, weigh)
                if shared:
                    found.append(Conflict(of=of, first=one, second=other, shared=tuple(sorted(shared))))
    found += _bodies([fact for fact in stated if fact.of is Of.BODY], authority)
    return _together(found)


class _Weights:
    """How much a word tells: the fewer sentences of the papers have it, the more."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        said = {sentence.text for paper in papers for sentence in all_sentences(paper)}
        times = Counter(word for text in said for word in set(content(text)))
        self._of = {word: math.log(1 + (len(said) + 1) / number) for word, number in times.items()}
        self._most = math.log(len(said) + 2)

    def __call__(self, words: Iterable[str]) -> float:
        return sum(self._of.get(word, self._most) for word in words)

    def one_place(self, one: Fact, other: Fact) -> bool:
        """Whether two paragraphs are about one thing: by their words, or by a phrase that both have."""
        words, others = frozenset(one.context), frozenset(other.context)
        both = math.sqrt(self(words) * self(others))
        if both and self(words & others) / both >= _SAME_PLACE:
            return True
        return any(self._is_telling(pair) for pair in {*pairwise(one.context)} & {*pairwise(other.context)})

    def _is_telling(self, pair: tuple[str, str]) -> bool:
        return all(self._of.get(word, self._most) >= _TELLING for word in pair)


def _near(stated: Sequence[Fact], weigh: _Weights) -> Iterator[tuple[Fact, Fact]]:
    """Pairs that may be about one thing, in order; all others are never looked at.

    Facts are found by the words of their subjects. The lightest words of a subject that together are too
    light to count as the same need not be looked up: two subjects that share enough share a heavier word too.
    """
    told = [(at, fact) for at, fact in enumerate(stated) if not fact.is_series]
    by_word: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    by_mark: defaultdict[tuple[str, tuple[str, str]], list[int]] = defaultdict(list)
    for at, fact in told:
        for word in fact.subject:
            by_word[fact.act, word].append(at)
        for mark in _named(fact):
            by_mark[fact.act, mark].append(at)
    weights = {at: weigh(fact.subject) for at, fact in told}
    pairs: set[tuple[int, int]] = set()
    for at, fact in told:
        if fact.subject:
            least = weights[at] - _ROUNDING
            keys = [by_word[fact.act, word] for word in _heaviest(fact, weigh)]
            near = {other for found in keys for other in found if weights[other] >= least}
        else:  # nothing but its phase tells what it is about
            near = {other for mark in _named(fact) for other in by_mark[fact.act, mark]}
        pairs |= {(min(at, other), max(at, other)) for other in near if other != at}
    return ((stated[one], stated[other]) for one, other in sorted(pairs))


def _heaviest(fact: Fact, weigh: _Weights) -> list[str]:
    """Words of a subject, the heaviest first, until those left are too light to make another the same."""
    words = sorted(fact.subject, key=lambda word: (-weigh((word,)), word))
    left = weigh(words)
    enough, chosen = _SAME_SUBJECT * left - _ROUNDING, []
    for word in words:
        if left < enough:
            break
        chosen.append(word)
        left -= weigh((word,))
    return chosen


def _named(fact: Fact) -> list[tuple[str, str]]:
    """The phases, stages and the like that a fact names."""
    return [mark for mark in fact.marks if mark[0] in _NAMED]


def _contradict(one: Fact, other: Fact, weigh: _Weights) -> frozenset[str]:
    """The words that two facts share if they contradict each other; none if they do not."""
    if one.sentence == other.sentence:
        return frozenset()
    if agree(one.value, other.value) or not _one_time(one, other) or _told_apart(one, other):
        return frozenset()
    if one.of is Of.COUNT and not _same_unit(one, other):
        return frozenset()
    if one.of in (Of.DATE, Of.MONEY) and not one.act:
        return frozenset()
    named = frozenset(" ".join(mark) for mark in _named(one) if mark in other.marks)
    shared = one.subject & other.subject
    least = min(weigh(one.subject), weigh(other.subject))
    if named and (weigh(shared) >= _SAME_SUBJECT * least > 0 or (not least and weigh.one_place(one, other))):
        return named | shared
    if shared == one.subject == other.subject and one.of in (Of.DATE, Of.MONEY):
        return shared  # even of a single word: nothing but it is said
    if len(shared) >= _WORDS.get(one.of, 2) and weigh(shared) >= _SAME_SUBJECT * least:
        return shared
    return frozenset()


def _one_time(one: Fact, other: Fact) -> bool:
    """Whether two facts can be about one time; figures that move must both say which, or neither."""
    if one.when and other.when:
        return one.when.agrees(other.when)
    if one.of in _IN_ONE_TIME and (one.when or other.when or one.paper != other.paper):
        return False
    return True


def _told_apart(one: Fact, other: Fact) -> bool:
    """Whether a number, a team or an opposite tells the one from the other."""
    for name in {name for name, _ in one.marks} & {name for name, _ in other.marks}:
        these = {value for mark, value in one.marks if mark == name}
        those = {value for mark, value in other.marks if mark == name}
        if not these & those:
            return True
    named = {name for name, _ in one.marks ^ other.marks if name in _NAMED}
    return bool(named)


def _same_unit(one: Fact, other: Fact) -> bool:
    """Whether both count the same: the words after the number start with the same noun."""
    these, those = content(one.value.unit), content(other.value.unit)
    return bool(these) and bool(those) and these[0] == those[0]


def _bodies(named: Sequence[Fact], authority: dict[str, str]) -> Iterator[Conflict]:
    """Names of bodies that differ in one word in the middle, and never stand in one sentence."""
    first: dict[tuple[str, ...], list[Fact]] = {}
    for fact in named:
        first.setdefault(_name(fact), []).append(fact)
    said: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for fact in named:
        said[fact.sentence].add(_name(fact))
    together = {frozenset(pair) for names in said.values() for pair in combinations(names, 2)}
    for one, other in _nearly_alike(list(first)):
        if frozenset((one, other)) in together or not _one_word_apart(one, other):
            continue
        for this in first[one]:
            that = next(
                (
                    fact
                    for fact in first[other]
                    if _same_authority(authority[this.paper], authority[fact.paper])
                ),
                None,
            )
            if that is not None:
                shared = tuple(word for word in one if word in other)
                yield Conflict(of=Of.BODY, first=this, second=that, shared=shared)


def _nearly_alike(names: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of names that have all words but one, in order: found by what stays when a word is taken out."""
    without: defaultdict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for place in range(len(name)):
            without[place, name[:place] + name[place + 1 :]].append(at)
    pairs = {pair for found in without.values() for pair in combinations(found, 2)}
    return ((names[one], names[other]) for one, other in sorted(pairs))


def _name(fact: Fact) -> tuple[str, ...]:
    """A name as compared: no case, possessive, plural or joining word."""
    said = re.sub(r"['’]s?\b", "", fact.text.lower()).replace("&", "and")
    return tuple(word.removesuffix("s") for word in said.split() if word not in ("and", "of", "the", "for"))


def _one_word_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Of names nearly alike: whether the word put in another's place is not the last, and three stay."""
    if len(one) < 4 or one[-1] != other[-1]:
        return False
    [(this, that)] = [(this, that) for this, that in zip(one, other, strict=True) if this != that]
    return not any(
        this in _stems(sides) and that in _stems(sides) for sides in vocabulary("facts")["different"].values()
    )


def _stems(sides: Sequence[str]) -> set[str]:
    return {side.removesuffix("s") for side in sides}


def _together(found: Sequence[Conflict]) -> list[Conflict]:
    """Conflicts with the same two values about the same words are one, with all its places."""
    groups: list[list[Conflict]] = []
    alike: defaultdict[tuple[Of, str, frozenset[str]], list[list[Conflict]]] = defaultdict(list)
    for one in found:
        values = frozenset((_as_compared(one.first), _as_compared(one.second)))
        those = alike[one.of, one.first.act, values]
        group = next((group for group in those if set(group[0].shared) & set(one.shared)), None)
        if group is None:
            groups.append([one])
            those.append(groups[-1])
        else:
            group.append(one)
    merged = []
    for group in groups:
        best = next((one for one in group if one.first.paper == one.second.paper), group[0])
        places = {
            (best.first.paper, best.first.paragraph.anchor),
            (best.second.paper, best.second.paragraph.anchor),
        }
        also: list[Fact] = []
        for one in group:
            for fact in (one.first, one.second):
                place = (fact.paper, fact.paragraph.anchor)
                if place not in places:
                    places.add(place)
                    also.append(fact)
        merged.append(replace(best, also=tuple(also)))
    return merged


def _as_compared(fact: Fact) -> str:
    if fact.of is Of.BODY:
        return " ".join(_name(fact))
    return str(fact.value.day or fact.value.number)


def _same_authority(one: str, other: str) -> bool:
    return not one or not other or one == other


def _authority(paper: Paper) -> str:
    """The council that a paper is about: of all known ones, the one it names most often; blank if none."""
    text = " ".join(paragraph.text for paragraph in paper.paragraphs).lower()
    times = Counter(match[0] for match in _authorities().finditer(text))
    return times.most_common(1)[0][0] if times else ""


@cache
def _authorities() -> re.Pattern[str]:
    names = sorted(
        (re.escape(name.lower()) for name in vocabulary("authorities")["names"]), key=len, reverse=True
    )
    return re.compile(rf"\b(?:{'|'.join(names)})\b")
