"""What story does an authority tell? Its size, its teams and the figures of every month, read as data."""

import calendar as weeks
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from goldenthread.synthetic import days

STORIES = ("east", "park")  # the ready ones; any other code is told as `generic`


@dataclass(frozen=True)
class Series:
    """A value that moves in straight lines between dated points."""

    points: tuple[tuple[int, float], ...]

    def at(self, day: int) -> float:
        """The value on that day; before the first and after the last point, theirs."""
        before = self.points[0]
        for point in self.points:
            if point[0] >= day:
                if point[0] == before[0]:
                    return point[1]
                part = (day - before[0]) / (point[0] - before[0])
                return before[1] + part * (point[1] - before[1])
            before = point
        return before[1]


@dataclass(frozen=True)
class Strand:
    """The path of one figure: its series, and the days on which it must come out to the decimal."""

    ref: str
    series: Series
    exact: dict[int, float] = field(default_factory=dict)
    settle_every: int = 0  # months between the days on which a snapshot is settled exactly

    def at(self, day: int) -> float:
        """The percentage on that day."""
        return self.exact.get(day, self.series.at(day))

    def chance(self, day: int) -> float:
        """The same as a number from 0 to 1."""
        return self.series.at(day) / 100


@dataclass(frozen=True)
class TeamPlan:
    """One kind of team: its work, how many there are and how many posts they have together."""

    role: str
    name: str
    service: str
    posts: dict[str, float]  # role of the post: number per 1,000 open children
    count: int = 1
    by_locality: bool = False
    before: str | None = None  # name before the restructure, `{n}` being a running number
    created_on: date | None = None  # day the last of them was created
    headcount: dict[int, int] = field(default_factory=dict)  # day: social workers in post, exactly


@dataclass(frozen=True)
class Arc:
    """The story of one authority."""

    code: str
    name: str
    la_code: str
    as_at_on: date
    children: int
    localities: dict[str, float]
    ethnicity: dict[str, float]
    flow: dict[str, Series]
    pathways: dict[str, Series]
    stock: dict[str, float]
    strands: dict[str, Strand]
    teams: tuple[TeamPlan, ...]
    restructure_on: date | None
    budget: int


def _month_end(text: str) -> int:
    if len(text) == 10:
        return date.fromisoformat(text).toordinal()
    year, number = int(text[:4]), int(text[5:])
    return date(year, number, weeks.monthrange(year, number)[1]).toordinal()


def _series(points: dict[str, float]) -> Series:
    return Series(tuple(sorted((_month_end(month), float(value)) for month, value in points.items())))


def _days(values: dict[str, Any]) -> dict[int, Any]:
    return {_month_end(day): value for day, value in values.items()}


def _strand(data: dict[str, Any]) -> Strand:
    return Strand(
        ref=data["ref"],
        series=_series(data["points"]),
        exact=_days(data.get("exact", {})),
        settle_every=data.get("settle_every", 0),
    )


def _pathways(tables: dict[str, dict[str, float]]) -> dict[str, Series]:
    names = next(iter(tables.values()))
    return {name: _series({month: table[name] for month, table in tables.items()}) for name in names}


@cache
def _story(name: str) -> dict[str, Any]:
    entry = files("goldenthread.synthetic") / "arcs" / f"{name}.toml"
    return tomllib.loads(entry.read_text("utf-8"))


def _fictitious(code: str) -> str:
    """A number of three digits that no English authority has, the same for the same code."""
    if len(code) == 3 and code.isdigit():
        return code
    return str(950 + crc32(code.encode()) % 40)


def arc(code: str) -> Arc:
    """The story of that authority; what `east` and `park` do not say is as in the generic one."""
    data = dict(_story("generic"))
    own = (
        _story(code)
        if code in STORIES
        else {"code": code, "name": code.title(), "la_code": _fictitious(code)}
    )
    data |= {key: value for key, value in own.items() if key not in ("strands", "flow")}
    flow = data["flow"] | own.get("flow", {})
    strands = data["strands"] | own.get("strands", {})
    return Arc(
        code=data["code"],
        name=data["name"],
        la_code=data["la_code"],
        as_at_on=data["as_at_on"],
        children=data["children"],
        localities=data["localities"],
        ethnicity=data["ethnicity"],
        flow={name: _series(points) for name, points in flow.items()},
        pathways=_pathways(data["pathways"]),
        stock=data["stock"],
        strands={name: _strand(strand) for name, strand in strands.items()},
        teams=tuple(
            TeamPlan(**(team | {"headcount": _days(team.get("headcount", {}))})) for team in data["teams"]
        ),
        restructure_on=data.get("restructure_on"),
        budget=data["budget"],
    )


def settle_days(strand: Strand, first: int, as_at: int) -> list[int]:
    """The days on which a snapshot figure is settled: the exact ones, and others well apart from them."""
    exact = sorted(day for day in strand.exact if first <= day <= as_at)
    found = list(exact)
    if strand.settle_every:
        gap = strand.settle_every * 30
        number = days.month(as_at + 1) - 1
        while (day := days.last_of(number)) >= first:
            if all(abs(day - other) >= gap - 1 for other in found):
                found.append(day)
            number -= strand.settle_every
    return sorted(found)
