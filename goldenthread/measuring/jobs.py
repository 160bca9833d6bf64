"""Which pieces of work are measured, on how much data, and what is the least each could take?

Each is timed in a process of its own, warm: definitions were compiled by the first, as in a store that
was loaded once. Beside each stands one reading of the same data by the bare engine, from the same run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

from goldenthread.measuring.apart import Reading, reading

# Of the children known over six years, as many are open on the last day: 5,000 of these.
OPEN_5000 = 32_750
OF_AN_AUTHORITY = 16_340  # children known over six years, where many authorities are read
ENGLAND = 153  # authorities
TOGETHER = 4  # authorities in one engine at a time: more would only take memory
GROWTH = (1, 2, 4, 8)

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A job: on how much, what it took, and what one bare reading of the same data took."""

    job: str
    what: str
    authorities: int
    children: int
    rows: int
    lines: int
    wall_seconds: float
    cpu_seconds: float
    peak_mebibytes: float
    bare_wall_seconds: float

    @property
    def ratio(self) -> float:
        """How many bare readings of the same data it takes."""
        return self.wall_seconds / self.bare_wall_seconds


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is drawn; smaller numbers say less about what a council will see."""

    children: int = OPEN_5000
    authorities: int = 33
    of_an_authority: int = OF_AN_AUTHORITY
    census_children: int = 100_000
    growth_children: int = 4_000


def measured(folder: Path, size: Size, at_once: int, england: bool, say: Say) -> Iterator[Measured]:
    """Every job in turn, each drawn into the folder first."""
    say(f"One authority of {size.children:,} children")
    yield from _one_authority(folder / "one", size.children)
    say(f"A CIN census of {size.census_children:,} children")
    yield _census(folder / "census.xml", size.census_children)
    for number in (size.authorities, *([ENGLAND] if england else [])):
        say(f"{number} authorities of {size.of_an_authority:,} children")
        yield _many(folder / f"of_{number}", number, size.of_an_authority, at_once)
    for times in GROWTH:
        say(f"One authority of {size.growth_children * times:,} children: how does the time grow?")
        yield _growing(folder / f"times_{times}", size.growth_children * times)


def exponent(found: list[Measured]) -> float | None:
    """How the time of figures grows with the children: 1 is in step, 2 is with their square.

    The slope of a line through the logarithms, by least squares.
    """
    points = [(log(one.children), log(one.cpu_seconds)) for one in found if one.job == "growth"]
    if len(points) < 2:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread


def _one_authority(folder: Path, children: int) -> Iterator[Measured]:
    drawn = reading("drawing:authorities", folder=folder, number=1, children=children, together=1).did
    own = drawn["folders"][0]
    for job, what, work in (
        ("figures", "every indicator, every month of six years, each team", "figures:by_team"),
        ("worklist", "what is due today, of every child", "figures:days_worklist"),
    ):
        reading(work, folder=own)  # compiles
        took = reading(work, folder=own)
        yield _beside(job, what, took, [own], children=children, rows=drawn["rows"])


def _many(folder: Path, number: int, children: int, at_once: int) -> Measured:
    drawn = reading("drawing:authorities", folder=folder, number=number, children=children, together=TOGETHER)
    folders = drawn.did["folders"]
    took = reading("figures:sums_by_team", folders=folders, at_once=at_once)
    job = "England" if number == ENGLAND else "region"
    what = "the same numbers as figures, for every authority"
    return _beside(
        job, what, took, folders, children=number * children, rows=drawn.did["rows"], authorities=number
    )


def _growing(folder: Path, children: int) -> Measured:
    drawn = reading("drawing:authorities", folder=folder, number=1, children=children, together=1).did
    folders = drawn["folders"]
    took = reading("figures:sums_by_team", folders=folders, at_once=1)
    what = "the same numbers as figures, on one processor"
    return _beside("growth", what, took, folders, children=children, rows=drawn["rows"])


def _beside(
    job: str, what: str, took: Reading, folders: list[str], *, children: int, rows: int, authorities: int = 1
) -> Measured:
    bare = reading("limits:scan", folders=folders, tables=took.did["tables"])
    return _measured(job, what, took, bare, children=children, rows=rows, authorities=authorities)


def _census(path: Path, children: int) -> Measured:
    path.parent.mkdir(parents=True, exist_ok=True)
    reading("drawing:census", path=path, children=children)
    took, bare = reading("censuses:whole", path=path), reading("limits:elements", path=path)
    what = "every record of a CIN census, checked and mapped"
    return _measured("census", what, took, bare, children=children, rows=took.did["rows"])


def _measured(
    job: str, what: str, took: Reading, bare: Reading, *, children: int, rows: int, authorities: int = 1
) -> Measured:
    return Measured(
        job=job,
        what=what,
        authorities=authorities,
        children=children,
        rows=rows,
        lines=took.did["lines"],
        wall_seconds=took.wall_seconds,
        cpu_seconds=took.cpu_seconds,
        peak_mebibytes=took.peak_mebibytes,
        bare_wall_seconds=bare.wall_seconds,
    )
