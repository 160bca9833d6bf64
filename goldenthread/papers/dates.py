"""Which days, months, quarters and years does a text name, and can two names be the same time?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    "(?P<month>(?i:"
    + "|".join([*(f"{name}" for name in _MONTHS), *(f"{name[:3]}" for name in _MONTHS), "sept"])
    + r"))\b\.?"
)
_DAY = r"(?P<first>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:and|to|[-–—&/])\s*(?P<second>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?:19|20)\d{2}"
_FINANCIAL = rf"(?P<financial>{_YEAR}\s?[/–-]\s?(?:{_YEAR}|\d{{2}})|(?<![\d/])\d{{2}}/\d{{2}}(?![\d/]))"
_QUARTER = (
    r"\b(?:q(?P<q>[1-4])|quarter\s(?P<quarter>[1-4]|one|two|three|four)|"
    r"(?P<nth>first|second|third|fourth|final)\squarter)\b"
)
_PATTERNS = (
    re.compile(
        rf"(?<![\d.]){_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>{_YEAR})|\s+(?P<short>\d{{2}})(?![\d%]))?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<first>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>{_YEAR})", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},?\s+(?P<year>{_YEAR})", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}(?:\s+['’]?(?P<short>\d{{2}})(?![\d%/.])\b)"),
    re.compile(rf"{_QUARTER}(?:\s+(?:of\s+)?{_FINANCIAL})?", re.IGNORECASE),
    re.compile(_FINANCIAL),
    re.compile(rf"(?<=\b)(?:in|since|during|by|from|until|last|of|end|early|late|and|to|for|between|mid)\s+{_MONTH}(?!\s+\d)"),
    re.compile(rf"\b(?:in|since|during|by|from|until|of|to|and|between|for)\s+(?P<year>{_YEAR})\b"),
)  # fmt: skip
_LAW = re.compile(r"(?:Act|Regulations?|Order|Code|Rules|section|sections)\)?\s*$")
_NTH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
}


@dataclass(frozen=True)
class Day:
    """A time as far as a text names it; what it leaves open is None. `financial` is the year it starts in."""

    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    quarter: int | None = None
    financial: int | None = None

    def agrees(self, other: "Day") -> bool:
        """Whether both can be the same time: one may only say less than the other."""
        for one, two in (
            (self.year, other.year),
            (self.month, other.month),
            (self.quarter, other.quarter),
            (self.financial, other.financial),
        ):
            if one is not None and two is not None and one != two:
                return False
        same_days = not self.days or not other.days or self.days == other.days
        return same_days and not (self._is_quarter != other._is_quarter and not self._in(other))

    @property
    def order(self) -> tuple[int, int] | None:
        """Year and month, to tell which of two times is earlier; None where the text leaves the year open."""
        if self.financial is not None:
            month = 4 if self.quarter is None else 3 * self.quarter + 1
            return self.financial + (month > 12), (month - 1) % 12 + 1
        return None if self.year is None else (self.year, self.month or 1)

    @property
    def _is_quarter(self) -> bool:
        return self.quarter is not None

    def _in(self, other: "Day") -> bool:
        """Whether a month can lie in a quarter of a financial year that starts in April."""
        quarter, month = (self, other) if self._is_quarter else (other, self)
        return month.month is None or (month.month - 4) % 12 // 3 + 1 == quarter.quarter


def days(text: str) -> Iterator[tuple[Day, int, int]]:
    """Every time that a text names, with its place; the year of a law is none."""
    masked = text
    for pattern in _PATTERNS:
        for match in pattern.finditer(masked):
            named = match.groupdict()
            start = match.start()
            if named.get("month") and not match[0][0].isupper() and match[0][0].isalpha():
                start = match.start("month")
            elif named.get("year") and not named.get("month"):
                start = match.start("year")
            if _LAW.search(text[:start]) or not _is_name(named, text, start):
                continue
            yield _day(named), start, match.end()
            masked = masked[:start] + "\x00" * (match.end() - start) + masked[match.end() :]


def _is_name(named: dict[str, str | None], text: str, start: int) -> bool:
    """May and March are months only with a capital, and a financial year is one year after another."""
    month = named.get("month")
    if month and not month[0].isupper():
        return False
    if (
        month
        and len(month) == 3
        and month.lower() not in ("may",)
        and not named.get("year")
        and not named.get("short")
    ):
        return bool(named.get("first"))
    if financial := named.get("financial"):
        first, second = re.split(r"\s?[/–-]\s?", financial)
        return int(second[-2:]) == (int(first[-2:]) + 1) % 100
    if first := named.get("first"):
        return 1 <= int(first) <= 31
    return True


def _day(named: dict[str, str | None]) -> Day:
    year = named.get("year")
    month = named.get("month")
    quarter = named.get("q") or named.get("quarter") or named.get("nth")
    financial = named.get("financial")
    short = named.get("short")
    numbers = [int(day) for day in (named.get("first"), named.get("second")) if day]
    return Day(
        year=int(year) if year else 2000 + int(short) if short and numbers else None,
        month=None if not month else [name[:3] for name in _MONTHS].index(month[:3].lower()) + 1,
        days=tuple(numbers),
        quarter=None if not quarter else int(quarter) if quarter.isdigit() else _NTH[quarter.lower()],
        financial=None if not financial else 2000 + int(re.split(r"\s?[/–-]\s?", financial)[0][-2:]),
    )
