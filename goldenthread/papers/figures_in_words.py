"""Do a paper's figures stand on something: a number, a date, a fair start, a word for good or bad?"""

import re
from collections import Counter
from collections.abc import Iterator

from goldenthread.papers.own_words import own_sentences
from goldenthread.papers.paper import Paper
from goldenthread.papers.remarks import Spot
from goldenthread.papers.sentences import Sentence
from goldenthread.papers.values import Of, Value, values
from goldenthread.papers.vocabulary import any_of

_FIGURES = (Of.PERCENTAGE, Of.POINTS, Of.COUNT, Of.MONEY)
_BY_PERCENT = re.compile(
    r"\bby\s+(?:just\s+|over\s+|nearly\s+|almost\s+)?(?P<change>\d+(?:\.\d+)?)\s?(?:%|per\s?cent)\s+to\s+"
    r"(?:just\s+|over\s+|nearly\s+|almost\s+)?\d+(?:\.\d+)?\s?(?:%|per\s?cent)",
    re.IGNORECASE,
)
_CASES = re.compile(
    r"\b\d[\d,]*\s+(?:out\s+)?of\s+(?:the\s+|our\s+|all\s+)*\d|\b\d[\d,]*/\d|\bn\s?=\s?\d|\(\d[\d,]*\s+(?:of|children|"
    r"young people|cases|contacts|referrals|assessments|plans|visits|posts|families)\b",
    re.IGNORECASE,
)


def claims_without_figure(paper: Paper) -> Iterator[Spot]:
    """Claims of a change with no figure in their sentence or the next one."""
    for sentence, after in _with_next(paper):
        match = any_of("claims", "change").search(sentence.text)
        if not match or any_of("claims", "intent").search(sentence.text[: match.start()][-60:]):
            continue
        if not any_of("claims", "indicator").search(sentence.text):
            continue
        if _has_figure(sentence.text) or (after and _has_figure(after.text)):
            continue
        yield _spot(
            sentence,
            match,
            f"“{match[0]}” is claimed and no figure shows it: say from what to what, or take it out.",
        )


def picked_baselines(paper: Paper) -> Iterator[Spot]:
    """Changes told from two points alone, where the paper starts from different ones."""
    told: list[tuple[Sentence, Value, Value, str]] = []
    for sentence, after in _with_next(paper):
        if (change := _two_points(sentence, after)) is not None:
            told.append((sentence, *change))
    starts = Counter(start for *_, start in told)
    if len(starts) < 2:
        return
    listed = ", ".join(starts)
    for sentence, first, last, start in told:
        at = sentence.start + min(first.start, last.start)
        yield Spot(
            paragraph=sentence.paragraph,
            start=at,
            end=sentence.start + max(first.end, last.end),
            sentence=f"This change is told from {start} and others from elsewhere ({listed}): start all "
            "of them at one date, or show every month between.",
        )


def points_as_percent(paper: Paper) -> Iterator[Spot]:
    """By 8% to 28%: a percentage that changed by per cent, which are percentage points."""
    for sentence in own_sentences(paper):
        for match in _BY_PERCENT.finditer(sentence.text):
            yield _spot(
                sentence,
                match,
                f"By {match['change']}% or by {match['change']} percentage points? Say points if points are "
                "meant, and give the figure it started from.",
            )


def unsaid_polarity(paper: Paper) -> Iterator[Spot]:
    """A percentage that rose or fell where no word says whether that is good."""
    for sentence in own_sentences(paper):
        match = any_of("claims", "moved").search(sentence.text)
        if not match or not any(value.of is Of.PERCENTAGE for value in values(sentence.text)):
            continue
        around = _neighbours(sentence)
        if any_of("claims", "judged").search(around):
            continue
        yield _spot(
            sentence,
            match,
            f"“{match[0]}”: is that better or worse? Say it in words, for a reader who cannot know.",
        )


def percentages_without_number(paper: Paper) -> Iterator[Spot]:
    """Percentages without the number of cases behind them, in their sentence or row."""
    for sentence in own_sentences(paper):
        shares = [
            value
            for value in values(sentence.text)
            if value.of is Of.PERCENTAGE and not _is_target(sentence.text, value)
        ]
        if shares and not _CASES.search(sentence.text):
            first = shares[0]
            yield Spot(
                paragraph=sentence.paragraph,
                start=sentence.start + first.start,
                end=sentence.start + first.end,
                sentence=f"{first.text} of how many? Give the number beside it: small ones swing.",
            )


def figures_without_date(paper: Paper) -> Iterator[Spot]:
    """Percentages with no day, month, quarter or year in their sentence or the one before."""
    dated, paragraph = False, None
    for sentence in own_sentences(paper):
        if sentence.paragraph is not paragraph:
            paragraph = sentence.paragraph
            dated = bool(any_of("claims", "as_at").search(paragraph.heading))
        found = values(sentence.text)
        says_when = any(value.of is Of.DATE for value in found) or bool(
            any_of("claims", "as_at").search(sentence.text)
        )
        shares = [
            value for value in found if value.of is Of.PERCENTAGE and not _is_target(sentence.text, value)
        ]
        if shares and not says_when and not dated:
            yield Spot(
                paragraph=sentence.paragraph,
                start=sentence.start + shares[0].start,
                end=sentence.start + shares[0].end,
                sentence=f"{shares[0].text} as at when? Say the day or the period.",
            )
        dated = says_when


def _with_next(paper: Paper) -> Iterator[tuple[Sentence, Sentence | None]]:
    own = own_sentences(paper)
    for at, sentence in enumerate(own):
        after = own[at + 1] if at + 1 < len(own) else None
        near = after and (after.paragraph is sentence.paragraph or sentence.text.endswith(":"))
        yield sentence, after if near else None


def _has_figure(text: str) -> bool:
    return any(value.of in _FIGURES for value in values(text))


def _is_target(text: str, value: Value) -> bool:
    """Whether a percentage is what is aimed at, which needs neither cases nor a date."""
    around = text[max(0, value.start - 30) : value.end + 20]
    return bool(any_of("claims", "target").search(around))


def _two_points(sentence: Sentence, after: Sentence | None) -> tuple[Value, Value, str] | None:
    """Two percentages and the time of the earlier one, which may stand in the next sentence."""
    found = values(sentence.text)
    shares = [value for value in found if value.of is Of.PERCENTAGE]
    times = [value for value in found if value.of is Of.DATE]
    if len(shares) == 1 and after and re.match(r"(?:This|That|It)\b", after.text):
        earlier = values(after.text)
        times = [value for value in earlier if value.of is Of.DATE]
        before = [value for value in earlier if value.of is Of.PERCENTAGE]
        if len(before) == 1 and times and any_of("claims", "since").search(after.text):
            return shares[0], shares[0], times[0].text
        return None
    if len(shares) != 2 or not times or not any_of("claims", "since").search(sentence.text):
        return None
    return shares[0], shares[1], _earlier(sentence.text, shares, times)


def _earlier(text: str, shares: list[Value], times: list[Value]) -> str:
    """The earlier time where all say their year, else the one beside the earlier percentage."""
    orders = [time.day.order for time in times if time.day]
    if None not in orders:
        return min(zip(orders, times, strict=True), key=lambda pair: pair[0] or (0, 0))[1].text
    baseline = _baseline(text, shares)
    return min(times, key=lambda time: abs(time.start - baseline.end)).text


def _baseline(text: str, shares: list[Value]) -> Value:
    """Which of two percentages is the earlier one: after "from" or "compared to", else the first."""
    for share in shares:
        if any_of("claims", "since").search(text[max(0, share.start - 16) : share.start]):
            return share
    return shares[0]


def _neighbours(sentence: Sentence) -> str:
    """A sentence with those before and after it in its paragraph."""
    text = sentence.paragraph.text
    return text[max(0, sentence.start - 200) : sentence.end + 200]


def _spot(sentence: Sentence, match: re.Match[str], said: str) -> Spot:
    return Spot(
        paragraph=sentence.paragraph,
        start=sentence.start + match.start(),
        end=sentence.start + match.end(),
        sentence=said,
    )
