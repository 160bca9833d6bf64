"""Which values does a text name: sums, percentages, dates, durations, counts?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goldenthread.papers.dates import Day, days


class Of(StrEnum):
    """What kind of value it is."""

    MONEY = "money"
    PERCENTAGE = "percentage"
    POINTS = "percentage points"
    DATE = "date"
    DURATION = "duration"
    COUNT = "count"
    BODY = "body"


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value as printed, and as compared.

    `number` is an amount in pounds, a percentage, a count, or a duration in days; `step` is half of its last
    printed digit, so that 88 and 87.9 agree. `unit` is what is counted. `about` is how it is hedged:
    "about", "over", "under" or blank.
    """

    of: Of
    text: str
    start: int
    end: int
    number: Decimal | None = None
    step: Decimal = Decimal(0)
    day: Day | None = None
    unit: str = ""
    about: str = ""


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_SPOKEN = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_MONEY = re.compile(
    rf"£\s?(?P<number>{_NUMBER})(?:\s?(?P<scale>k|mn|m|bn|thousand|million|billion)\b)?", re.IGNORECASE
)
_PERCENT = re.compile(rf"(?P<number>{_NUMBER})\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
_POINTS = re.compile(
    rf"(?P<number>{_NUMBER})\s?(?:percentage points?|(?:%|per cent) points?|points?|pp)\b", re.IGNORECASE
)
_DURATION = re.compile(
    rf"\b(?P<number>{_NUMBER}|{_SPOKEN})[- ](?:(?P<working>working)[- ])?(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w.,/£-])(?P<number>{_NUMBER}|(?:{_SPOKEN})\b)\s+(?P<unit>(?:[a-z][\w'’&-]*\s+){{0,2}}[a-z][\w'’-]*)",
    re.IGNORECASE,
)
# A number after one of these is a name or a reference, not a count of anything.
_NAMES = re.compile(
    r"(?:sections?|s|paragraphs?|para|paras|appendix|item|items|phases?|stages?|themes?|tiers?|quarters?|q|steps?|"
    r"levels?|page|pages|act|regulations?|aged|age|ages|no|number|part|parts|table|figure|version|annex|"
    r"chapter|recommendation|priority|objective|ward|band|room|line|year|week|and|to|or|of|than)\.?\s*$",
    re.IGNORECASE,
)
_PLAIN_NAMES = re.compile(r"(?:and|to|or|of|than)\.?\s*$", re.IGNORECASE)
_IN_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_ABOUT = re.compile(
    r"(?P<about>approximately|around|about|roughly|nearly|almost|some|circa|c\.)"
    r"|(?P<over>over|more than|above|at least|in excess of|exceeding|greater than|just over)"
    r"|(?P<under>less than|below|up to|fewer than|no more than)",
    re.IGNORECASE,
)


def values(text: str) -> list[Value]:
    """Every value in a text, in order; none lies within another."""
    found: list[Value] = []
    masked = text
    for read in _READERS:
        for value in read(masked):
            found.append(value)
            masked = masked[: value.start] + "\x00" * (value.end - value.start) + masked[value.end :]
    return sorted(found, key=lambda value: value.start)


def spoken(word: str) -> int | None:
    """The number that a word says, up to fifty; None if it says none."""
    return _WORDS.get(word.lower())


def agree(one: Value, other: Value) -> bool:
    """Whether two values of a kind can both be right: rounded, hedged, or a month and a day within it."""
    if one.day and other.day:
        return one.day.agrees(other.day)
    assert one.number is not None and other.number is not None, "a day or a number: bodies are not compared"
    near = max(one.step, other.step)
    if "about" in (one.about, other.about):
        near = max(near, max(one.number, other.number) / 50)
    if abs(one.number - other.number) <= near:
        return True
    low, high = sorted((one, other), key=lambda value: value.number or 0)
    return low.about == "over" or high.about == "under"


def _money(text: str) -> Iterator[Value]:
    for match in _MONEY.finditer(text):
        scale = Decimal(10) ** _SCALES.get((match["scale"] or "").lower(), 0)
        number, step = _number(match["number"])
        yield _value(Of.MONEY, text, match, number * scale, step * scale)


def _percentages(text: str) -> Iterator[Value]:
    for match in _PERCENT.finditer(text):
        yield _value(Of.PERCENTAGE, text, match, *_number(match["number"]))


def _points(text: str) -> Iterator[Value]:
    for match in _POINTS.finditer(text):
        yield _value(Of.POINTS, text, match, *_number(match["number"]))


def _dates(text: str) -> Iterator[Value]:
    for day, start, end in days(text):
        yield Value(of=Of.DATE, text=text[start:end], start=start, end=end, day=day)


def _durations(text: str) -> Iterator[Value]:
    for match in _DURATION.finditer(text):
        number, _ = _number(match["number"])
        unit = match["unit"].lower()
        kind = f"working {unit}" if match["working"] else unit
        value = _value(Of.DURATION, text, match, number * _IN_DAYS[unit], Decimal(0))
        yield Value(**{**vars(value), "unit": kind})


def _counts(text: str) -> Iterator[Value]:
    for match in _COUNT.finditer(text):
        before = text[: match.start()]
        unit = match["unit"].lower()
        if _NAMES.search(before) and not (_PLAIN_NAMES.search(before)):
            continue
        number, _ = _number(match["number"])
        end = match.end("number")
        yield Value(
            of=Of.COUNT,
            text=text[match.start() : match.end()],
            start=match.start(),
            end=end,
            number=number,
            unit=unit,
            about=_hedge(before),
        )


_READERS: tuple[Callable[[str], Iterator[Value]], ...] = (
    _money,
    _points,
    _percentages,
    _dates,
    _durations,
    _counts,
)


def _value(of: Of, text: str, match: re.Match[str], number: Decimal, step: Decimal) -> Value:
    return Value(
        of=of,
        text=match[0].strip(),
        start=match.start(),
        end=match.end(),
        number=number,
        step=step,
        about=_hedge(text[: match.start()]),
    )


def _hedge(before: str) -> str:
    near = before[-20:]
    hedges = [match for match in _ABOUT.finditer(near) if not near[match.end() :].strip()]
    return (hedges[-1].lastgroup or "") if hedges else ""


def _number(said: str) -> tuple[Decimal, Decimal]:
    """A number, and half a unit of its last digit."""
    if said.lower() in _WORDS:
        return Decimal(_WORDS[said.lower()]), Decimal(0)
    number = Decimal(said.replace(",", ""))
    places = len(said.partition(".")[2])
    return number, Decimal(5) / Decimal(10) ** (places + 1)
