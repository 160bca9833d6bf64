"""What has DfE published that one of our figures can be compared with?

`published/benchmarks.csv` has the figures and `published/measures.csv` which published measure stands
beside which indicator, from when and with what difference.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from goldenthread.figures.figure import rounded

Key = tuple[str, str]  # indicator, part
NEIGHBOURS = "Statistical neighbours"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A published measure that stands beside an indicator or one of its parts."""

    ref: str
    part: str
    published_as: str
    unit: str  # %, per 10,000, days, cases, score
    covers: str  # 31 March, year to 31 March, 30 September, year to 30 September
    is_comparable: bool  # whether it may stand beside a figure of a month
    source: str
    licence: str
    difference: str

    def ends_on(self, year: int) -> date:
        """The last day that a published year covers."""
        return date(year, 9, 30) if self.covers.endswith("30 September") else date(year, 3, 31)


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One published figure."""

    measure: Measure
    area: str
    year: int
    value: Decimal

    @property
    def when(self) -> str:
        """What it covers, with its year: year to 31 March 2017."""
        return f"{self.measure.covers} {self.year}"


@cache
def measures() -> dict[Key, Measure]:
    """The published measure beside each indicator or part that has one."""
    return {
        (row["ref"], row["part"]): Measure(
            ref=row["ref"],
            part=row["part"],
            published_as=row["published_as"],
            unit=row["unit"],
            covers=row["covers"],
            is_comparable=row["is_comparable"] == "yes",
            source=row["source"],
            licence=row["licence"],
            difference=row["difference"],
        )
        for row in _rows("measures.csv")
    }


@cache
def _published() -> dict[tuple[str, str, str], dict[int, Decimal]]:
    found: dict[tuple[str, str, str], dict[int, Decimal]] = {}
    for row in _rows("benchmarks.csv"):
        key = row["ref"], row["part"], row["area"]
        found.setdefault(key, {})[int(row["year"])] = Decimal(row["value"])
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("goldenthread.figures") / "published" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def areas() -> list[str]:
    """The areas there are figures for: England first, then regions, then councils."""
    return list(dict.fromkeys(area for _, _, area in _published()))


def benchmark(ref: str, area: str, year: int, part: str = "") -> Benchmark | None:
    """The published figure of a year; None if there is none, or DfE did not show it."""
    value = _published().get((ref, part, area), {}).get(year)
    if value is None:
        return None
    return Benchmark(measure=measures()[ref, part], area=area, year=year, value=value)


def latest_benchmark(ref: str, area: str, on: date, part: str = "") -> Benchmark | None:
    """The figure of the last year that had ended by a day."""
    years = _published().get((ref, part, area), {})
    if not years:
        return None
    measure = measures()[ref, part]
    ended = [year for year in years if measure.ends_on(year) <= on]
    return benchmark(ref, area, max(ended), part) if ended else None


def comparable(ref: str, places: Sequence[str], on: date) -> dict[str, Benchmark]:
    """The latest figures of some areas that may stand beside a headline of a month."""
    measure = measures().get((ref, ""))
    if measure is None or not measure.is_comparable:
        return {}
    found = {area: latest_benchmark(ref, area, on) for area in places}
    return {area: one for area, one in found.items() if one is not None}


def average(ref: str, places: Sequence[str], on: date) -> dict[str, Benchmark]:
    """The plain average of some areas that may stand beside a headline of a month, under NEIGHBOURS.

    It is of the last year for which any of them has a figure; those without one that year are left out.
    """
    found = comparable(ref, places, on).values()
    latest = max((one.year for one in found), default=None)
    values = [one.value for one in found if one.year == latest]
    if latest is None:
        return {}
    mean = rounded(sum(values, Decimal()) / len(values))
    return {NEIGHBOURS: Benchmark(measure=measures()[ref, ""], area=NEIGHBOURS, year=latest, value=mean)}
